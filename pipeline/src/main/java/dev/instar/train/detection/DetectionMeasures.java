package dev.instar.train.detection;

import dev.instar.crop.AveragePrecision;
import dev.instar.train.Measured;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the validation set says of a detector after an epoch: COCO's measures, from 0 to 1, or -1
 * where there is no box to find.
 *
 * @param epoch that the detector had finished, from 0
 * @param ap average precision, the mean over the IoU thresholds .50:.05:.95
 * @param ap50 at IoU .50
 * @param ap75 at IoU .75
 * @param ar average recall over the thresholds
 */
public record DetectionMeasures(int epoch, double ap, double ap50, double ap75, double ar)
    implements Measured {
  static DetectionMeasures of(int epoch, AveragePrecision measured) {
    return new DetectionMeasures(
        epoch, measured.ap(), measured.ap50(), measured.ap75(), measured.ar100());
  }

  @Override
  public Map<String, Double> scalars() {
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("ap", ap);
    scalars.put("ap50", ap50);
    scalars.put("ap75", ap75);
    scalars.put("ar", ar);
    return scalars;
  }

  @Override
  public String sentence() {
    return String.format(
        Locale.ROOT, "validation: AP %.3f  AP.50 %.3f  AP.75 %.3f  AR %.3f", ap, ap50, ap75, ar);
  }
}
