package dev.instar.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How often a class was taken for another, and what follows from these counts alone. Holds only the
 * cells that are not empty, so thousands of classes are no burden. Immutable.
 */
public final class ConfusionMatrix {
  /**
   * Samples of one class that were taken for one class.
   *
   * @param label the true class
   */
  public record Cell(int label, int predicted, int count) {}

  /** Which classes a macro average is over; what is undefined (0/0) counts as 0. */
  public enum Over {
    /** Classes that have samples. */
    PRESENT,
    /** Those, and classes that were predicted: scikit-learn's default. */
    SEEN,
    /** All that the network knows. */
    ALL
  }

  private final List<Cell> cells;
  private final int[] hits;
  private final int[] support;
  private final int[] predicted;
  private final long size;

  private ConfusionMatrix(int classes, List<Cell> cells) {
    this.cells = List.copyOf(cells);
    hits = new int[classes];
    support = new int[classes];
    predicted = new int[classes];
    for (Cell cell : cells) {
      support[cell.label()] += cell.count();
      predicted[cell.predicted()] += cell.count();
      if (cell.label() == cell.predicted()) {
        hits[cell.label()] = cell.count();
      }
    }
    size = IntStream.of(support).asLongStream().sum();
  }

  /** Counts pairs of a true and a predicted class. */
  public static ConfusionMatrix of(int classes, int[] labels, int[] predicted) {
    long[] pairs = new long[labels.length];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = (long) labels[i] * classes + predicted[i];
    }
    Arrays.sort(pairs);
    List<Cell> cells = new ArrayList<>();
    for (int from = 0, to; from < pairs.length; from = to) {
      to = from + 1;
      while (to < pairs.length && pairs[to] == pairs[from]) {
        to++;
      }
      long pair = pairs[from];
      cells.add(new Cell((int) (pair / classes), (int) (pair % classes), to - from));
    }
    return new ConfusionMatrix(classes, cells);
  }

  /**
   * Of counts that are known already; those of the same cell are added.
   *
   * @throws IllegalArgumentException if a cell is of no class, has no sample, or there are more
   *     than 2^31 samples
   */
  public static ConfusionMatrix of(int classes, List<Cell> cells) {
    Map<Long, Long> counts = new TreeMap<>();
    long samples = 0;
    for (Cell cell : cells) {
      if (Math.min(cell.label(), cell.predicted()) < 0
          || Math.max(cell.label(), cell.predicted()) >= classes
          || cell.count() < 1) {
        throw new IllegalArgumentException(cell + " in a matrix of " + classes + " classes");
      }
      samples += cell.count();
      long place = (long) cell.label() * classes + cell.predicted();
      counts.merge(place, (long) cell.count(), Long::sum);
    }
    if (samples > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a matrix of " + samples + " samples");
    }
    List<Cell> sums = new ArrayList<>();
    counts.forEach(
        (place, count) ->
            sums.add(new Cell((int) (place / classes), (int) (place % classes), count.intValue())));
    return new ConfusionMatrix(classes, sums);
  }

  public int classes() {
    return support.length;
  }

  /** The samples. */
  public long size() {
    return size;
  }

  /** The cells that are not empty, by true class, then by predicted class. */
  public List<Cell> cells() {
    return cells;
  }

  /** The most frequent mistakes, the most frequent first. */
  public List<Cell> worst(int most) {
    return cells.stream()
        .filter(cell -> cell.label() != cell.predicted())
        .sorted((a, b) -> Integer.compare(b.count(), a.count()))
        .limit(most)
        .toList();
  }

  /** The samples of class {@code label}. */
  public int support(int label) {
    return support[label];
  }

  /** The samples that were taken for class {@code label}. */
  public int predicted(int label) {
    return predicted[label];
  }

  /** The samples of class {@code label} that were taken for it. */
  public int hits(int label) {
    return hits[label];
  }

  /** The part of what was taken for {@code label} that is of it. */
  public double precision(int label) {
    return ratio(hits[label], predicted[label]);
  }

  /** The part of {@code label} that was taken for it. */
  public double recall(int label) {
    return ratio(hits[label], support[label]);
  }

  /** The harmonic mean of precision and recall. */
  public double f1(int label) {
    return ratio(2.0 * hits[label], (double) support[label] + predicted[label]);
  }

  /** The part of all samples that were taken for what they are; micro F1 is the same number. */
  public double accuracy() {
    return ratio(IntStream.of(hits).asLongStream().sum(), size);
  }

  public double macroPrecision(Over over) {
    return macro(over, this::precision);
  }

  /** The mean recall; over {@link Over#PRESENT} it is the balanced accuracy. */
  public double macroRecall(Over over) {
    return macro(over, this::recall);
  }

  public double macroF1(Over over) {
    return macro(over, this::f1);
  }

  public double weightedPrecision() {
    return weighted(this::precision);
  }

  public double weightedF1() {
    return weighted(this::f1);
  }

  /** The correlation of truth and prediction, of Matthews for many classes (Gorodkin 2004). */
  public double matthews() {
    double agreed = (double) IntStream.of(hits).asLongStream().sum() * size - expected();
    double spread =
        Math.sqrt(squareOf(size) - sumOfSquares(support))
            * Math.sqrt(squareOf(size) - sumOfSquares(predicted));
    return ratio(agreed, spread);
  }

  /** Agreement beyond chance (Cohen 1960). */
  public double kappa() {
    double chance = expected() / squareOf(size);
    return ratio(accuracy() - chance, 1 - chance);
  }

  private double expected() {
    double sum = 0;
    for (int c = 0; c < support.length; c++) {
      sum += (double) support[c] * predicted[c];
    }
    return sum;
  }

  private static double sumOfSquares(int[] counts) {
    return IntStream.of(counts).mapToDouble(ConfusionMatrix::squareOf).sum();
  }

  private static double squareOf(double value) {
    return value * value;
  }

  private double macro(Over over, IntToDoubleFunction measure) {
    IntPredicate counted =
        switch (over) {
          case PRESENT -> c -> support[c] > 0;
          case SEEN -> c -> support[c] > 0 || predicted[c] > 0;
          case ALL -> c -> true;
        };
    return IntStream.range(0, classes()).filter(counted).mapToDouble(measure).average().orElse(0);
  }

  private double weighted(IntToDoubleFunction measure) {
    double sum = 0;
    for (int c = 0; c < support.length; c++) {
      sum += support[c] * measure.applyAsDouble(c);
    }
    return ratio(sum, size);
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
