package dev.instar.evaluate;

import dev.instar.evaluate.ConfusionMatrix.Over;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How good predictions are. Formulas and their sources are in {@code docs/evaluation.md}.
 *
 * <p>A class is absent if no sample is of it. Macro averages leave absent classes out unless they
 * say otherwise. Immutable; it keeps 36 bytes a sample.
 */
public final class Evaluation {
  private final Outcomes outcomes;
  private final ConfusionMatrix confusion;

  private Evaluation(int classes, Outcomes outcomes) {
    this.outcomes = outcomes;
    confusion = ConfusionMatrix.of(classes, outcomes.labels(), outcomes.predicted());
  }

  /**
   * Scores {@code predictions}, all of whose labels are known.
   *
   * @throws IllegalArgumentException if there are none, or a label is not known
   */
  public static Evaluation of(Predictions predictions) {
    if (predictions.size() == 0) {
      throw new IllegalArgumentException("there is nothing to evaluate: no sample");
    }
    return new Evaluation(predictions.classes(), Outcomes.of(predictions));
  }

  public int size() {
    return outcomes.size();
  }

  public int classes() {
    return confusion.classes();
  }

  public ConfusionMatrix confusion() {
    return confusion;
  }

  /** The part of the samples whose class is among the {@code k} highest scores. */
  public double top(int k) {
    return (double) topCount(k) / size();
  }

  /** The number of samples whose class is among the {@code k} highest scores. */
  public long topCount(int k) {
    return IntStream.of(outcomes.places()).filter(place -> place < k).count();
  }

  /** The number of each class's samples that {@link #topCount} counts. */
  public int[] topCounts(int k) {
    int[] counts = new int[classes()];
    for (int i = 0; i < size(); i++) {
      if (outcomes.places()[i] < k) {
        counts[outcomes.labels()[i]]++;
      }
    }
    return counts;
  }

  /** The mean over classes of their own {@link #top}; absent classes are left out. */
  public double macroTop(int k) {
    return sumOfClassTops(k) / presentClasses();
  }

  /** As {@link #macroTop}, absent classes counting as 0: what the reference does (epoch.py:155). */
  public double macroTopOverAll(int k) {
    return sumOfClassTops(k) / classes();
  }

  /** The number of classes that have a sample. */
  public int presentClasses() {
    return (int)
        IntStream.range(0, classes()).filter(label -> confusion.support(label) > 0).count();
  }

  private double sumOfClassTops(int k) {
    int[] counts = topCounts(k);
    double sum = 0;
    for (int c = 0; c < counts.length; c++) {
      sum += counts[c] == 0 ? 0 : (double) counts[c] / confusion.support(c);
    }
    return sum;
  }

  /** The mean cross-entropy of the samples. */
  public double loss() {
    return DoubleStream.of(outcomes.losses()).sum() / size();
  }

  /**
   * The mean focal loss (Lin et al. 2017, eq. 4, without alpha), which runs of the reference report
   * that were trained with it.
   */
  public double focalLoss(double gamma) {
    return DoubleStream.of(outcomes.losses())
            .map(loss -> Math.pow(-Math.expm1(-loss), gamma) * loss)
            .sum()
        / size();
  }

  /**
   * The loss as the reference reports it (epoch.py:43): the sum of the batches' means over the
   * number of batches less one; none for a single batch, where the reference divides by zero.
   */
  public OptionalDouble referenceLoss(int batch) {
    int batches = (size() + batch - 1) / batch;
    double sum = 0;
    for (int b = 0; b < batches; b++) {
      int from = b * batch;
      int to = Math.min(from + batch, size());
      sum += DoubleStream.of(Arrays.copyOfRange(outcomes.losses(), from, to)).sum() / (to - from);
    }
    return batches == 1 ? OptionalDouble.empty() : OptionalDouble.of(sum / (batches - 1));
  }

  /** Whether probabilities mean what they say, in {@code bins} bins of equal width. */
  public Calibration calibration(int bins) {
    return Calibration.of(outcomes, bins);
  }

  /** The unweighted mean of the F1 of the classes that have samples. */
  public double macroF1() {
    return confusion.macroF1(Over.PRESENT);
  }

  Outcomes outcomes() {
    return outcomes;
  }
}
