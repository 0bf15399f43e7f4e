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
 * Judges what a photograph is good for by the best box that was found in it, and by how sharp it is
 * there. A photograph without a box is mostly empty. Neither the box's score nor other boxes count,
 * so the judgement means the same for every detector.
 *
 * <p>The scores come from a logistic regression to which rarer qualities counted more, so they are
 * no frequencies; {@code docs/detection.md} says how often the likeliest one is right. The focus is
 * that of the best box, or of the whole picture where there is none: the root mean square spatial
 * frequency, from 0 to 2.83 radian per pixel of a picture of 240 x 180 pixels. Not thread-safe.
 */
public final class QualityFilter implements AutoCloseable {
  /** Pixels that the shorter side of a picture to judge should have. */
  public static final int SHORTER_SIDE = 240;

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
   * @param picture upright and reduced, its shorter side at least {@value #SHORTER_SIDE} pixels
   *     where the photograph has them
   * @param photograph the size that the boxes are in pixels of
   * @param detections by falling score
   */
  public QualityScores judge(PixelBuffer picture, Size photograph, List<Detection> detections) {
    plane.take(picture);
    Optional<BoundingBox> box = best(photograph, detections);
    double focus =
        Focus.of(
            plane,
            box.map(found -> Appearance.region(plane, found))
                .orElseGet(() -> new Region(0, 0, plane.width(), plane.height())));
    double[] scores =
        box.map(found -> model.of(appearance.of(plane, found, focus))).orElseGet(model::withoutBox);
    return new QualityScores(
        (float) scores[0], (float) scores[1], (float) scores[2], (float) scores[3], (float) focus);
  }

  /**
   * What the judgement of a photograph rests on, for fitting the weights anew; nothing where there
   * is no box. The arguments are those of {@link #judge}.
   */
  public Optional<double[]> features(
      PixelBuffer picture, Size photograph, List<Detection> detections) {
    plane.take(picture);
    return best(photograph, detections)
        .map(box -> appearance.of(plane, box, Focus.of(plane, Appearance.region(plane, box))));
  }

  /** The best box, in pixels of the plane. */
  private Optional<BoundingBox> best(Size photograph, List<Detection> detections) {
    double across = (double) plane.width() / photograph.width();
    double down = (double) plane.height() / photograph.height();
    return detections.stream().findFirst().map(best -> best.box().scaled(across, down));
  }

  @Override
  public void close() {
    plane.close();
  }
}
