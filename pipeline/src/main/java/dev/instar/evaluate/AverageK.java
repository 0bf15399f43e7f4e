package dev.instar.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Average-k accuracy (Garcin et al. 2021, Pl@ntNet-300K): every class whose probability reaches a
 * threshold is an answer, and the threshold is such that a sample of the validation set has {@code
 * k} answers on average. Sure samples get one, doubtful ones several.
 *
 * @param k the mean number of answers, below the number of classes
 * @param threshold a probability
 */
public record AverageK(int k, double threshold) {
  /**
   * The thresholds of the original: midway between the {@code n*k}-th and the next of all {@code n}
   * samples' probabilities, from the greatest on.
   *
   * @param ks each below the number of classes
   */
  public static List<AverageK> of(Predictions validation, List<Integer> ks) {
    int classes = validation.classes();
    float[] pooled = new float[Math.multiplyExact(validation.size(), classes)];
    double[] probabilities = new double[classes];
    for (int i = 0; i < validation.size(); i++) {
      validation.probabilities(i, probabilities);
      for (int c = 0; c < classes; c++) {
        pooled[i * classes + c] = (float) probabilities[c];
      }
    }
    Arrays.sort(pooled);
    List<AverageK> thresholds = new ArrayList<>();
    for (int k : ks) {
      requireFewer(k, classes);
      int next = pooled.length - 1 - validation.size() * k;
      thresholds.add(new AverageK(k, ((double) pooled[next] + pooled[next + 1]) / 2));
    }
    return thresholds;
  }

  /**
   * The thresholds as the reference computes them: midway between the {@code k}-th probability of
   * the first sample and that of the last (epoch.py:111). They depend on the order of the samples
   * and mean nothing; they are here to compare with published numbers.
   *
   * @param ks each below the number of classes
   */
  public static List<AverageK> asReference(Predictions validation, List<Integer> ks) {
    double[] first = new double[validation.classes()];
    double[] last = new double[validation.classes()];
    validation.probabilities(0, first);
    validation.probabilities(validation.size() - 1, last);
    Arrays.sort(first);
    Arrays.sort(last);
    List<AverageK> thresholds = new ArrayList<>();
    for (int k : ks) {
      requireFewer(k, validation.classes());
      int at = validation.classes() - k;
      thresholds.add(new AverageK(k, ((double) (float) first[at] + (float) last[at]) / 2));
    }
    return thresholds;
  }

  private static void requireFewer(int k, int classes) {
    if (k < 1 || k >= classes) {
      throw new IllegalArgumentException(
          "average-" + k + " accuracy of " + classes + " classes is not defined");
    }
  }

  /** The part of the samples whose class is an answer. */
  public double accuracy(Evaluation evaluation) {
    return (double) count(evaluation) / evaluation.size();
  }

  /** The number of samples whose class is an answer. */
  public long count(Evaluation evaluation) {
    return Arrays.stream(counts(evaluation)).asLongStream().sum();
  }

  /** The number of each class's samples whose class is an answer. */
  public int[] counts(Evaluation evaluation) {
    Outcomes outcomes = evaluation.outcomes();
    int[] counts = new int[evaluation.classes()];
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.truths()[i] >= threshold) {
        counts[outcomes.labels()[i]]++;
      }
    }
    return counts;
  }
}
