package dev.instar.detect;

import dev.instar.crop.Photograph;
import dev.instar.image.InputException;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.pack.Content;
import java.util.SplittableRandom;

/**
 * A coloured picture to draw on.
 *
 * @param rgb three bytes a pixel, rows packed
 */
record Drawing(int width, int height, byte[] rgb) {
  static final int BRIGHT = 0xD2D4D8;
  static final int BROWN = 0x5A3C28;

  static Drawing ground(int width, int height, int colour) {
    Drawing drawing = new Drawing(width, height, new byte[3 * width * height]);
    for (int i = 0; i < width * height; i++) {
      drawing.set(i, colour);
    }
    return drawing;
  }

  /** Every channel of every pixel any value. */
  static Drawing noise(int width, int height, long seed) {
    Drawing drawing = ground(width, height, 0);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < drawing.rgb.length; i++) {
      drawing.rgb[i] = (byte) random.nextInt(256);
    }
    return drawing;
  }

  private void set(int pixel, int colour) {
    rgb[3 * pixel] = (byte) (colour >> 16);
    rgb[3 * pixel + 1] = (byte) (colour >> 8);
    rgb[3 * pixel + 2] = (byte) colour;
  }

  Drawing ellipse(double x, double y, double across, double down, int colour) {
    return ring(x, y, across, down, 0, colour);
  }

  /** An ellipse without its inner part, which reaches to a share of the radii. */
  Drawing ring(double x, double y, double across, double down, double inner, int colour) {
    for (int i = 0; i < width * height; i++) {
      double distance = Math.hypot((i % width + 0.5 - x) / across, (i / width + 0.5 - y) / down);
      if (distance >= inner && distance < 1) {
        set(i, colour);
      }
    }
    return this;
  }

  /** The same seen from behind. */
  Drawing mirrored() {
    Drawing to = ground(width, height, 0);
    for (int i = 0; i < rgb.length; i++) {
      int pixel = i / 3;
      int across = width - 1 - pixel % width;
      to.rgb[3 * (pixel / width * width + across) + i % 3] = rgb[i];
    }
    return to;
  }

  Photograph photograph() {
    try {
      return Photograph.of(
          new Content.Pixels(Bytes.copyOf(rgb), new Size(width, height)), Long.MAX_VALUE);
    } catch (InputException e) {
      throw new AssertionError(e);
    }
  }

  /** A picture of the same pixels; whoever asks for it closes it. */
  PixelBuffer pixels() {
    PixelBuffer pixels = new PixelBuffer(new Size(width, height));
    pixels.asByteBuffer().put(rgb);
    return pixels;
  }

  /** Its contrast, at its own size. */
  ContrastMap contrast() {
    try (PixelBuffer pixels = pixels();
        SmallPicture small = new SmallPicture(1 << 20, false)) {
      small.take(pixels);
      ContrastMap map = new ContrastMap();
      map.take(small);
      return map;
    }
  }
}
