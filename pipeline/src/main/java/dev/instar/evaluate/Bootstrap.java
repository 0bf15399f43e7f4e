package dev.instar.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * How far measures would vary with another sample of the same size: percentile intervals (Efron
 * 1979) over sets that are drawn from the samples with replacement. Immutable.
 *
 * <p>The same samples, seed and number of replicates give the same intervals. A class that a
 * replicate misses is left out of its macro averages, as anywhere.
 *
 * @param replicates sets that were drawn
 * @param top of top-k accuracy, by k
 * @param macroTop of macro top-k accuracy, by k
 */
public record Bootstrap(
    int replicates,
    long seed,
    Map<Integer, Interval> top,
    Map<Integer, Interval> macroTop,
    Interval macroF1,
    Interval loss) {
  /** Draws {@code replicates} sets, which takes some 5 ns for each sample of each. */
  public static Bootstrap of(Evaluation evaluation, List<Integer> ks, int replicates, long seed) {
    int[] places = ks.stream().mapToInt(k -> k).sorted().toArray();
    Cells cells = Cells.of(evaluation, places);
    double[][] tops = new double[places.length][replicates];
    double[][] macros = new double[places.length][replicates];
    double[] f1 = new double[replicates];
    double[] losses = new double[replicates];
    SplittableRandom random = new SplittableRandom(seed);
    Tally tally = new Tally(evaluation.classes(), places.length);
    for (int r = 0; r < replicates; r++) {
      losses[r] = cells.draw(random, tally);
      for (int k = 0; k < places.length; k++) {
        tops[k][r] = tally.top(k);
        macros[k][r] = tally.macroTop(k);
      }
      f1[r] = tally.macroF1();
    }
    Map<Integer, Interval> top = new LinkedHashMap<>();
    Map<Integer, Interval> macroTop = new LinkedHashMap<>();
    for (int k = 0; k < places.length; k++) {
      top.put(places[k], middle(tops[k]));
      macroTop.put(places[k], middle(macros[k]));
    }
    return new Bootstrap(replicates, seed, top, macroTop, middle(f1), middle(losses));
  }

  /** From the 2.5% to the 97.5% quantile of what replicates gave, which is sorted in place. */
  static Interval middle(double[] values) {
    Arrays.sort(values);
    return new Interval(quantile(values, 0.025), quantile(values, 0.975));
  }

  /** Between two values linearly (Hyndman & Fan 1996, type 7), as NumPy does. */
  static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /**
   * Samples with the same truth, prediction and place of the truth: no measure but the loss tells
   * them apart, so a replicate only counts how many of each it drew.
   *
   * @param cellOf the cell of each sample
   * @param labels of each cell
   * @param predicted of each cell
   * @param firstK how many of the ks, from the smallest on, miss the cell's samples
   */
  private record Cells(int[] cellOf, int[] labels, int[] predicted, int[] firstK, double[] losses) {
    static Cells of(Evaluation evaluation, int[] ks) {
      Outcomes outcomes = evaluation.outcomes();
      Map<List<Integer>, Integer> numbers = new LinkedHashMap<>();
      int[] cellOf = new int[outcomes.size()];
      for (int i = 0; i < cellOf.length; i++) {
        int missed = 0;
        while (missed < ks.length && outcomes.places()[i] >= ks[missed]) {
          missed++;
        }
        List<Integer> cell = List.of(outcomes.labels()[i], outcomes.predicted()[i], missed);
        Integer number = numbers.putIfAbsent(cell, numbers.size());
        cellOf[i] = number == null ? numbers.size() - 1 : number;
      }
      List<List<Integer>> cells = new ArrayList<>(numbers.keySet());
      return new Cells(
          cellOf,
          cells.stream().mapToInt(cell -> cell.get(0)).toArray(),
          cells.stream().mapToInt(cell -> cell.get(1)).toArray(),
          cells.stream().mapToInt(cell -> cell.get(2)).toArray(),
          outcomes.losses());
    }

    /** Draws as many samples as there are; returns their mean loss. */
    double draw(SplittableRandom random, Tally tally) {
      int[] counts = new int[labels.length];
      double loss = 0;
      for (int i = 0; i < cellOf.length; i++) {
        int sample = random.nextInt(cellOf.length);
        counts[cellOf[sample]]++;
        loss += losses[sample];
      }
      tally.clear();
      for (int cell = 0; cell < counts.length; cell++) {
        tally.add(labels[cell], predicted[cell], firstK[cell], counts[cell]);
      }
      return loss / cellOf.length;
    }
  }

  /** The counts of one replicate. */
  private static final class Tally {
    private final int[] support;
    private final int[] predicted;
    private final int[] hits;
    private final int[][] tops;

    Tally(int classes, int ks) {
      support = new int[classes];
      predicted = new int[classes];
      hits = new int[classes];
      tops = new int[ks][classes];
    }

    void clear() {
      Arrays.fill(support, 0);
      Arrays.fill(predicted, 0);
      Arrays.fill(hits, 0);
      for (int[] top : tops) {
        Arrays.fill(top, 0);
      }
    }

    void add(int label, int guess, int firstK, int count) {
      support[label] += count;
      predicted[guess] += count;
      hits[label] += label == guess ? count : 0;
      for (int k = firstK; k < tops.length; k++) {
        tops[k][label] += count;
      }
    }

    double top(int k) {
      return (double) Arrays.stream(tops[k]).sum() / Arrays.stream(support).sum();
    }

    double macroTop(int k) {
      return macro(label -> (double) tops[k][label] / support[label]);
    }

    double macroF1() {
      return macro(label -> 2.0 * hits[label] / (support[label] + predicted[label]));
    }

    private double macro(IntToDoubleFunction measure) {
      double sum = 0;
      int present = 0;
      for (int c = 0; c < support.length; c++) {
        if (support[c] > 0) {
          sum += measure.applyAsDouble(c);
          present++;
        }
      }
      return sum / present;
    }
  }
}
