package dev.instar.survey;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.Detection;
import dev.instar.crop.Detector;
import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.crop.PhotographReader;
import dev.instar.crop.QualityScores;
import dev.instar.image.InputException;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Size;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A detector for tests: the rectangle around all pixels that are dark. */
final class DarkestPart implements Detector {
  private static final int DARK = 80;

  private final PhotographReader reader = new PhotographReader();

  @Override
  public Observation detect(Photograph photograph) throws InputException {
    PixelBuffer picture = reader.reduced(photograph, 60);
    ByteBuffer pixels = picture.asByteBuffer();
    int left = picture.width();
    int top = picture.height();
    int right = 0;
    int bottom = 0;
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        if ((pixels.get(y * picture.stride() + 3 * x + 1) & 255) < DARK) {
          left = Math.min(left, x);
          top = Math.min(top, y);
          right = Math.max(right, x + 1);
          bottom = Math.max(bottom, y + 1);
        }
      }
    }
    Size size = photograph.size();
    if (right <= left) {
      return new Observation(size, List.of(), Optional.of(scores(0, 1)));
    }
    float across = (float) size.width() / picture.width();
    float down = (float) size.height() / picture.height();
    float share = (float) (right - left) * (bottom - top) / picture.size().pixels();
    BoundingBox box = new BoundingBox(left * across, top * down, right * across, bottom * down);
    return new Observation(
        size, List.of(new Detection(box, 1 - share)), Optional.of(scores(1 - share, share)));
  }

  private static QualityScores scores(float valid, float empty) {
    return new QualityScores(valid, empty, 0, 0, 1);
  }

  @Override
  public void close() {
    reader.close();
  }
}
