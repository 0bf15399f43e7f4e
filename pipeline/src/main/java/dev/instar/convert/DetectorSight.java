package dev.instar.convert;

import dev.instar.crop.Detection;
import dev.instar.crop.Detector;
import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.crop.QualityScores;
import dev.instar.image.InputException;
import dev.instar.image.JpegCodec;
import dev.instar.image.JpegIndex;

/**
 * Looks at each photograph. A JPEG is given an index, so that the crop need not read again what the
 * detector's own small decode has read.
 */
final class DetectorSight implements Sight {
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
    long index = JpegIndex.bytesOf(photograph.content().bytes().size(), photograph.stored());
    return detector.memoryFor(photograph) + index;
  }

  @Override
  public void close() {
    index.close();
    detector.close();
  }
}
