package dev.instar.synth;

import java.util.stream.IntStream;

/**
 * Whole numbers in proportion to weights, with a given sum (largest remainders, after Hamilton).
 */
final class Apportionment {
  private Apportionment() {}

  /** Shares {@code total} out; equal remainders are settled in favour of the first. */
  static int[] of(int total, double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    int[] shares = new int[weights.length];
    double[] remainders = new double[weights.length];
    int left = total;
    for (int i = 0; i < shares.length; i++) {
      double exact = total * weights[i] / sum;
      // What is whole but for a rounding error is whole.
      shares[i] = (int) Math.floor(exact + 1e-9);
      remainders[i] = exact - shares[i];
      left -= shares[i];
    }
    int[] byRemainder =
        IntStream.range(0, shares.length)
            .boxed()
            .sorted((a, b) -> Double.compare(remainders[b], remainders[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; i < left; i++) {
      shares[byRemainder[i]]++;
    }
    return shares;
  }
}
