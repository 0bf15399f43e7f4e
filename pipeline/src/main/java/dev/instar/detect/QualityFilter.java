package dev.instar.detect;

import dev.instar.crop.Detection;
import dev.instar.crop.QualityScores;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Size;
import java.util.List;

/**
 * Judges what a photograph is good for by what was found in it and how sharp it is there. Not
 * thread-safe.
 */
public final class QualityFilter implements AutoCloseable {
  /**
   * Judges one photograph.
   *
   * @param picture upright and reduced, its shorter side at least 240 pixels where the photograph's
   *     has them
   * @param photograph the size that the boxes are in pixels of
   * @param detections by falling score
   */
  public QualityScores judge(PixelBuffer picture, Size photograph, List<Detection> detections) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
