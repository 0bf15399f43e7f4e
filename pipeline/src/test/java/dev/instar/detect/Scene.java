package dev.instar.detect;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.Detection;
import dev.instar.crop.QualityScores;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Size;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A grey picture to draw on: an insect is a dark body with six legs.
 *
 * @param values luma from 0 to 255, rows packed
 */
record Scene(int width, int height, double[] values) {
  static Scene well(int width, int height) {
    double[] values = new double[width * height];
    Arrays.fill(values, 190);
    return new Scene(width, height, values);
  }

  /** Draws an insect of {@code length} pixels in the middle of its square box; returns the box. */
  BoundingBox insect(double centreX, double centreY, double length) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double across = (x + 0.5 - centreX) / length;
        double down = (y + 0.5 - centreY) / length;
        boolean body = Math.hypot(across / 0.18, down / 0.42) < 1;
        boolean leg =
            Math.abs(across) < 0.5
                && Math.abs(Math.abs(down) % 0.25 - 0.12 - 0.1 * Math.abs(across)) < 0.6 / length;
        if (body || leg && Math.abs(down) < 0.4) {
          values[y * width + x] = body ? 60 : 90;
        }
      }
    }
    return new BoundingBox(
        (float) Math.max(0, centreX - length / 2),
        (float) Math.max(0, centreY - length / 2),
        (float) Math.min(width, centreX + length / 2),
        (float) Math.min(height, centreY + length / 2));
  }

  /** Every pixel the mean of the square around it, three times over: nearly a Gaussian. */
  Scene blurred(int radius) {
    double[] from = values;
    for (int pass = 0; pass < 3; pass++) {
      double[] to = new double[from.length];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double sum = 0;
          for (int v = -radius; v <= radius; v++) {
            int row = Math.max(0, Math.min(height - 1, y + v)) * width;
            for (int u = -radius; u <= radius; u++) {
              sum += from[row + Math.max(0, Math.min(width - 1, x + u))];
            }
          }
          to[y * width + x] = sum / ((2 * radius + 1) * (2 * radius + 1));
        }
      }
      from = to;
    }
    return new Scene(width, height, from);
  }

  /** Every pixel four times. */
  Scene doubled() {
    double[] to = new double[4 * values.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = values[i / (2 * width) / 2 * width + i % (2 * width) / 2];
    }
    return new Scene(2 * width, 2 * height, to);
  }

  Size size() {
    return new Size(width, height);
  }

  /** A picture of the same luma; whoever asks for it closes it. */
  PixelBuffer pixels() {
    PixelBuffer pixels = new PixelBuffer(size());
    ByteBuffer bytes = pixels.asByteBuffer();
    for (double value : values) {
      byte level = (byte) Math.max(0, Math.min(255, Math.round(value)));
      bytes.put(level).put(level).put(level);
    }
    return pixels;
  }

  QualityScores judged(QualityFilter filter, BoundingBox... boxes) {
    try (PixelBuffer pixels = pixels()) {
      List<Detection> detections =
          Arrays.stream(boxes).map(box -> new Detection(box, 0.5f)).toList();
      return filter.judge(pixels, size(), detections);
    }
  }
}
