package dev.instar.crop;

import java.util.List;

/**
 * COCO's detection measures of one class of things, computed as pycocotools' COCOeval does: areas
 * all/small/medium/large, at most 1, 10 and 100 detections a picture. Values are -1 where there is
 * nothing to measure.
 *
 * @param ap mean over the IoU thresholds .50:.05:.95
 * @param ap50 at IoU .50
 * @param ap75 at IoU .75
 * @param ar100 average recall over the thresholds with at most 100 boxes a picture
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
  /**
   * One picture.
   *
   * @param found in pixels of the same picture as the truth
   */
  public record Picture(List<Detection> found, List<BoundingBox> truth) {}

  /** Measures a collection; the order of pictures decides between equal scores, as there. */
  public static AveragePrecision of(List<Picture> pictures) {
    throw new UnsupportedOperationException();
  }
}
