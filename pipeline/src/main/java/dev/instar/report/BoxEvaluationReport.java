package dev.instar.report;

import dev.instar.crop.AveragePrecision;
import dev.instar.crop.BoxPairs;
import dev.instar.evaluate.BoxEvaluation;
import dev.instar.evaluate.ConfusionMatrix;
import dev.instar.evaluate.ConfusionMatrix.Over;
import dev.instar.evaluate.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How good boxes are, as it is shown.
 *
 * @param pairing what was compared, and what could not be
 * @param measures in the order in which they are shown
 */
public record BoxEvaluationReport(BoxPairs pairing, BoxEvaluation boxes, List<Measure> measures) {
  /** How a value is shown. */
  public enum Unit {
    NUMBER,
    SHARE
  }

  /**
   * One measure.
   *
   * @param name for people
   * @param key for programs
   * @param value nothing where there is nothing to measure
   */
  public record Measure(
      String name, String key, Unit unit, Optional<Double> value, Optional<Interval> interval) {}

  /**
   * Measures the boxes of all pairs.
   *
   * @param replicates sets that are drawn for each interval that is not a proportion's, 0 for no
   *     such interval
   */
  public static BoxEvaluationReport of(BoxPairs pairing, int replicates, long seed) {
    BoxEvaluation boxes = BoxEvaluation.of(pairing);
    List<Measure> measures = new ArrayList<>();
    int boxed = boxes.boxed();
    measures.add(
        new Measure(
            "mean IoU",
            "mean_iou",
            Unit.NUMBER,
            boxed == 0 ? Optional.empty() : Optional.of(boxes.meanIou()),
            boxed == 0 || replicates == 0
                ? Optional.empty()
                : Optional.of(boxes.meanIou(replicates, seed))));
    measures.add(share("recall at IoU .50", "recall_50", boxes.reaching(0.5), boxed));
    measures.add(share("recall at IoU .75", "recall_75", boxes.reaching(0.75), boxed));
    measures.add(share("insects without a box", "missed", boxes.missed(), boxed));
    measures.add(
        share("empty ones without a box", "left_empty", boxes.leftEmpty(), boxes.size() - boxed));
    AveragePrecision coco = boxes.averagePrecision();
    measures.add(coco("AP", "ap", coco.ap()));
    measures.add(coco("AP50", "ap50", coco.ap50()));
    measures.add(coco("AP75", "ap75", coco.ap75()));
    measures.add(coco("AP small", "ap_small", coco.apSmall()));
    measures.add(coco("AP medium", "ap_medium", coco.apMedium()));
    measures.add(coco("AP large", "ap_large", coco.apLarge()));
    measures.add(coco("AR, 1 box", "ar1", coco.ar1()));
    measures.add(coco("AR, 10 boxes", "ar10", coco.ar10()));
    measures.add(coco("AR, 100 boxes", "ar100", coco.ar100()));
    measures.add(coco("AR small", "ar_small", coco.arSmall()));
    measures.add(coco("AR medium", "ar_medium", coco.arMedium()));
    measures.add(coco("AR large", "ar_large", coco.arLarge()));
    boxes
        .qualities()
        .ifPresent(qualities -> addQualities(measures, boxes, qualities, replicates, seed));
    return new BoxEvaluationReport(pairing, boxes, List.copyOf(measures));
  }

  private static void addQualities(
      List<Measure> measures,
      BoxEvaluation boxes,
      ConfusionMatrix qualities,
      int replicates,
      long seed) {
    measures.add(
        share(
            "quality, accuracy",
            "quality_accuracy",
            Math.round(qualities.accuracy() * qualities.size()),
            qualities.size()));
    measures.add(
        new Measure(
            "quality, macro F1",
            "quality_macro_f1",
            Unit.SHARE,
            Optional.of(qualities.macroF1(Over.PRESENT)),
            replicates == 0 ? Optional.empty() : Optional.of(boxes.macroF1(replicates, seed))));
  }

  private static Measure share(String name, String key, long hits, long of) {
    return new Measure(
        name,
        key,
        Unit.SHARE,
        of == 0 ? Optional.empty() : Optional.of((double) hits / of),
        of == 0 ? Optional.empty() : Optional.of(Interval.wilson(hits, of)));
  }

  private static Measure coco(String name, String key, double value) {
    return new Measure(
        name,
        key,
        Unit.NUMBER,
        value < 0 ? Optional.empty() : Optional.of(value),
        Optional.empty());
  }
}
