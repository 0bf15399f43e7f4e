package dev.instar.convert;

import dev.instar.crop.Detection;
import dev.instar.crop.Detector;
import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.crop.QualityScores;
import dev.instar.image.InputException;
import dev.instar.image.JpegCodec;
import dev.instar.image.JpegIndex;
import dev.instar.image.PixelBuffer;

/**
 * Looks at each photograph. A JPEG is given an index, so that the crop need not read again what the
 * detector's own small decode has read.
 */
final class DetectorSight implements Sight {
  /** What a detector holds for each byte of the reduced picture: planes in float32 beside it. */
  private static final int COPIES = 6;

  /** Detectors reduce a photograph to no less than this many pixels along its shorter side. */
  private static final int SHORTER_SIDE = 240;

  private final Detector detector;
  private final double minScore;
  private final JpegIndex index;

  /**
   * Takes a detector, which is closed with this sight.
   *
   * @param minScore boxes of lower scores do not count
   */
  DetectorSight(Detector detector, double minScore) {
    this.detector = detector;
    this.minScore = minScore;
    try (JpegCodec codec = JpegCodec.best()) {
      index = codec.newIndex();
    }
  }

  @Override
  public Photograph prepared(Photograph photograph) {
    return photograph.isJpeg() ? photograph.with(index) : photograph;
  }

  @Override
  public Sighting of(String name, Photograph photograph) throws InputException {
    Observation observation = detector.detect(photograph);
    return new Sighting(
        observation.best().filter(best -> best.score() >= minScore).map(Detection::box),
        observation.quality().map(QualityScores::verdict));
  }

  @Override
  public long memoryFor(Photograph photograph) {
    long source = PixelBuffer.bytesOf(photograph.stored());
    long shorter = Math.min(photograph.stored().width(), photograph.stored().height());
    long denominator = Math.max(1, Math.min(8, Long.highestOneBit(shorter / SHORTER_SIDE)));
    long reduced = source / (denominator * denominator);
    // Whole where it is no JPEG, or one that keeps all its coefficients.
    long whole = photograph.isJpeg() && !photograph.isProgressive() ? 0 : 2 * source;
    long index = JpegIndex.bytesOf(photograph.content().bytes().size(), photograph.stored());
    return whole + index + COPIES * reduced;
  }

  @Override
  public void close() {
    index.close();
    detector.close();
  }
}
