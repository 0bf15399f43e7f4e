package dev.instar.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The correction of p-values for having asked several questions: the chance that any of the true
 * null hypotheses falls stays below the level. Holm, A simple sequentially rejective multiple test
 * procedure, Scandinavian Journal of Statistics 6, 1979.
 */
final class Holm {
  private Holm() {}

  /**
   * Corrected p-values in the order of the given ones.
   *
   * @param p from 0 to 1; those that are NaN were no questions and stay
   */
  static double[] adjusted(double[] p) {
    int[] ascending =
        IntStream.range(0, p.length)
            .filter(i -> !Double.isNaN(p[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] adjusted = Arrays.copyOf(p, p.length);
    double most = 0;
    for (int rank = 0; rank < ascending.length; rank++) {
      int i = ascending[rank];
      most = Math.max(most, Math.min(1, (ascending.length - rank) * p[i]));
      adjusted[i] = most;
    }
    return adjusted;
  }
}
