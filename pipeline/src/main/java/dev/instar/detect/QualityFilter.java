package dev.instar.detect;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.Detection;
import dev.instar.crop.QualityScores;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import dev.instar.image.Size;
import java.util.List;
import java.util.Optional;

/**
 * Judges what a photograph is good for by the best box that was found in it, and how sharp it is
 * there. A photograph without a box is mostly empty. Only the place of the best box counts, neither
 * its score nor other boxes: so the judgement means the same for every detector.
 *
 * <p>The scores come from a logistic regression in which rarer qualities weighed more, so they are
 * no frequencies: {@code docs/detection.md} says how often they are right. The focus is that of the
 * best box, of the whole picture where there is none, in radian per pixel of a picture of about 320
 * x 240 pixels, between 0 and 2.83. Not thread-safe.
 */
public final class QualityFilter implements AutoCloseable {
  private final QualityModel model = QualityModel.embedded();
  private final LumaPlane plane = new LumaPlane();
  private final Appearance appearance = new Appearance();

  /** The names of {@link #features}, in their order. */
  public static List<String> featureNames() {
    return Appearance.FEATURES;
  }

  /**
   * Judges one photograph.
   *
   * @param picture upright and reduced, its shorter side at least 240 pixels where the photograph's
   *     has them
   * @param photograph the size that the boxes are in pixels of
   * @param detections by falling score
   */
  public QualityScores judge(PixelBuffer picture, Size photograph, List<Detection> detections) {
    plane.take(picture);
    Focus focus = focus(photograph, detections);
    double[] scores =
        best(detections)
            .map(box -> model.of(appearance.of(plane, box, photograph, focus)))
            .orElseGet(model::withoutBox);
    return new QualityScores(
        (float) scores[0],
        (float) scores[1],
        (float) scores[2],
        (float) scores[3],
        (float) focus.measure());
  }

  /**
   * What the judgement of a photograph with a box rests on, for fitting the weights anew; nothing
   * where there is no box. The arguments are those of {@link #judge}.
   */
  public Optional<double[]> features(
      PixelBuffer picture, Size photograph, List<Detection> detections) {
    plane.take(picture);
    return best(detections)
        .map(box -> appearance.of(plane, box, photograph, focus(photograph, detections)));
  }

  private static Optional<BoundingBox> best(List<Detection> detections) {
    return detections.stream().findFirst().map(Detection::box);
  }

  private Focus focus(Size photograph, List<Detection> detections) {
    return Focus.of(
        plane,
        best(detections)
            .map(box -> Appearance.region(plane, box, photograph))
            .orElse(new Region(0, 0, plane.width(), plane.height())));
  }

  @Override
  public void close() {
    plane.close();
  }
}
