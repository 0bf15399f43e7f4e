package dev.instar.crop;

import java.util.ArrayList;
import java.util.List;

/**
 * COCO's detection measures of one class of things, computed as pycocotools' COCOeval does: areas
 * all/small/medium/large, at most 1, 10 and 100 detections a picture. Values are -1 where there is
 * nothing to measure.
 *
 * <p>A box's area is that of the box itself, and no truth is a crowd; there it may be that of a
 * mask.
 *
 * @param ap mean over the IoU thresholds .50:.05:.95
 * @param ap50 at IoU .50
 * @param ap75 at IoU .75
 * @param apSmall of true boxes of at most 32x32 pixels
 * @param apMedium of those up to 96x96
 * @param apLarge of those from there on
 * @param ar1 average recall over the thresholds with the best box of each picture
 * @param ar10 with at most 10 boxes a picture
 * @param ar100 with at most 100 boxes a picture
 */
public record AveragePrecision(
    double ap,
    double ap50,
    double ap75,
    double apSmall,
    double apMedium,
    double apLarge,
    double ar1,
    double ar10,
    double ar100,
    double arSmall,
    double arMedium,
    double arLarge) {
  private static final int AT_50 = 0;
  private static final int AT_75 = 5;
  private static final int MOST_FOUND = 100;

  /** COCOeval's areaRng: both ends are inside. */
  private static final Areas ALL = new Areas(0, 1e10);

  private static final Areas SMALL = new Areas(0, 32 * 32);
  private static final Areas MEDIUM = new Areas(32 * 32, 96 * 96);
  private static final Areas LARGE = new Areas(96 * 96, 1e10);

  /**
   * One picture.
   *
   * @param found in pixels of the same picture as the truth
   */
  public record Picture(List<Detection> found, List<BoundingBox> truth) {}

  /** Square pixels from and to. */
  record Areas(double from, double to) {
    boolean has(BoundingBox box) {
      return box.area() >= from && box.area() <= to;
    }
  }

  /** Measures a collection; the order of pictures decides between equal scores, as there. */
  public static AveragePrecision of(List<Picture> pictures) {
    List<Overlaps> overlaps = new ArrayList<>(pictures.size());
    for (Picture picture : pictures) {
      if (!picture.found().isEmpty() || !picture.truth().isEmpty()) {
        overlaps.add(Overlaps.of(picture, MOST_FOUND));
      }
    }
    PrecisionCurves all = PrecisionCurves.of(overlaps, ALL, MOST_FOUND);
    PrecisionCurves small = PrecisionCurves.of(overlaps, SMALL, MOST_FOUND);
    PrecisionCurves medium = PrecisionCurves.of(overlaps, MEDIUM, MOST_FOUND);
    PrecisionCurves large = PrecisionCurves.of(overlaps, LARGE, MOST_FOUND);
    return new AveragePrecision(
        all.precision(),
        all.precision(AT_50),
        all.precision(AT_75),
        small.precision(),
        medium.precision(),
        large.precision(),
        PrecisionCurves.of(overlaps, ALL, 1).recall(),
        PrecisionCurves.of(overlaps, ALL, 10).recall(),
        all.recall(),
        small.recall(),
        medium.recall(),
        large.recall());
  }
}
