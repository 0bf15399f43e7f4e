package dev.instar.convert;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.Detection;
import dev.instar.crop.Detector;
import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.crop.PhotographReader;
import dev.instar.crop.QualityScores;
import dev.instar.image.InputException;
import dev.instar.image.PixelBuffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Boxes what is darker than half of white in a reduced picture; takes a photograph without it for
 * empty, and one whose box is twice as wide as high for blurry.
 */
final class DarkSpotDetector implements Detector {
  static final QualityScores VALID = new QualityScores(1, 0, 0, 0, 9);
  static final QualityScores EMPTY = new QualityScores(0, 1, 0, 0, 0);
  static final QualityScores BLURRY = new QualityScores(0, 0, 1, 0, 1);

  private final PhotographReader reader = new PhotographReader();
  private final AtomicInteger looks;

  /**
   * A detector.
   *
   * @param looks counts the photographs that it is shown
   */
  DarkSpotDetector(AtomicInteger looks) {
    this.looks = looks;
  }

  @Override
  public Observation detect(Photograph photograph) throws InputException {
    looks.incrementAndGet();
    PixelBuffer picture = reader.reduced(photograph, 100);
    int left = picture.width();
    int top = picture.height();
    int right = -1;
    int bottom = -1;
    ByteBuffer bytes = picture.asByteBuffer();
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        if ((bytes.get(y * picture.stride() + 3 * x + 1) & 0xff) < 128) {
          left = Math.min(left, x);
          right = Math.max(right, x + 1);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y + 1);
        }
      }
    }
    if (right < 0) {
      return new Observation(photograph.size(), List.of(), Optional.of(EMPTY));
    }
    float scale = (float) photograph.size().width() / picture.width();
    BoundingBox box = new BoundingBox(left * scale, top * scale, right * scale, bottom * scale);
    return new Observation(
        photograph.size(),
        List.of(new Detection(box, 0.8f)),
        Optional.of(right - left > 2 * (bottom - top) ? BLURRY : VALID));
  }

  @Override
  public void close() {
    reader.close();
  }
}
