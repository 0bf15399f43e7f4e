package dev.instar.crop;

import dev.instar.crop.AveragePrecision.Areas;
import dev.instar.crop.Overlaps.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Precision at 101 recalls and the recall of all boxes, at each of ten IoU thresholds: COCOeval's
 * accumulate.
 *
 * @param precisions by threshold, then by recall; empty where there is no true box
 * @param recalls by threshold
 */
record PrecisionCurves(double[][] precisions, double[] recalls) {
  private static final int THRESHOLDS = 10;
  private static final int RECALLS = 101;

  /** NumPy's spacing(1), which COCOeval adds to what it divides by. */
  private static final double SPACING = Math.ulp(1.0);

  /** A found box of any picture. */
  private record Ranked(float score, Outcome[] outcomes) {}

  static PrecisionCurves of(List<Overlaps> pictures, Areas areas, int mostFound) {
    int counted = pictures.stream().mapToInt(picture -> picture.counted(areas)).sum();
    if (counted == 0) {
      return new PrecisionCurves(new double[0][], new double[0]);
    }
    List<Ranked> ranked = new ArrayList<>();
    for (Overlaps picture : pictures) {
      Outcome[][] outcomes = new Outcome[THRESHOLDS][];
      for (int t = 0; t < THRESHOLDS; t++) {
        outcomes[t] = picture.outcomes(areas, threshold(t));
      }
      for (int d = 0; d < Math.min(mostFound, picture.found().size()); d++) {
        int place = d;
        ranked.add(
            new Ranked(
                picture.found().get(d).score(),
                Arrays.stream(outcomes).map(of -> of[place]).toArray(Outcome[]::new)));
      }
    }
    // A stable sort, so that equal scores stay in the order of pictures.
    ranked.sort(Comparator.comparingDouble(box -> -box.score()));
    double[][] precisions = new double[THRESHOLDS][];
    double[] recalls = new double[THRESHOLDS];
    for (int t = 0; t < THRESHOLDS; t++) {
      double[] recall = new double[ranked.size()];
      double[] precision = new double[ranked.size()];
      follow(ranked, t, counted, recall, precision);
      recalls[t] = recall.length == 0 ? 0 : recall[recall.length - 1];
      precisions[t] = atRecalls(recall, precision);
    }
    return new PrecisionCurves(precisions, recalls);
  }

  /** NumPy's linspace(.5, .95, 10). */
  private static double threshold(int t) {
    return t == THRESHOLDS - 1 ? 0.95 : t * ((0.95 - 0.5) / (THRESHOLDS - 1)) + 0.5;
  }

  /** Fills in recall and precision after each box; ignored ones change neither. */
  private static void follow(
      List<Ranked> ranked, int t, int counted, double[] recall, double[] precision) {
    double hits = 0;
    double wrong = 0;
    for (int i = 0; i < recall.length; i++) {
      Outcome outcome = ranked.get(i).outcomes()[t];
      hits += outcome == Outcome.HIT ? 1 : 0;
      wrong += outcome == Outcome.FALSE ? 1 : 0;
      recall[i] = hits / counted;
      precision[i] = hits / (wrong + hits + SPACING);
    }
    for (int i = precision.length - 1; i > 0; i--) {
      precision[i - 1] = Math.max(precision[i - 1], precision[i]);
    }
  }

  /** The precision at the first box that reaches each recall; 0 where none does. */
  private static double[] atRecalls(double[] recall, double[] precision) {
    double[] at = new double[RECALLS];
    int box = 0;
    for (int r = 0; r < RECALLS; r++) {
      double wanted = r == RECALLS - 1 ? 1 : r * 0.01;
      while (box < recall.length && recall[box] < wanted) {
        box++;
      }
      at[r] = box < precision.length ? precision[box] : 0;
    }
    return at;
  }

  /** The mean over all thresholds, -1 where there is no true box. */
  double precision() {
    return Arrays.stream(precisions).flatMapToDouble(Arrays::stream).average().orElse(-1);
  }

  /** The mean at one threshold, -1 where there is no true box. */
  double precision(int threshold) {
    return precisions.length == 0
        ? -1
        : Arrays.stream(precisions[threshold]).average().orElseThrow();
  }

  /** The mean over all thresholds, -1 where there is no true box. */
  double recall() {
    return Arrays.stream(recalls).average().orElse(-1);
  }
}
