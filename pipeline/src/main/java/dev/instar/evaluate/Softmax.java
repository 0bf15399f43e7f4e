package dev.instar.evaluate;

/** Probabilities from scores. */
public final class Softmax {
  private Softmax() {}

  /**
   * Fills {@code into} with the softmax of as many scores from {@code from} on, less their maximum
   * before the exponential so that nothing overflows.
   *
   * @return the logarithm of the sum of the exponentials of the scores
   */
  public static double of(float[] logits, int from, double[] into) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < into.length; c++) {
      greatest = Math.max(greatest, logits[from + c]);
    }
    double sum = 0;
    for (int c = 0; c < into.length; c++) {
      into[c] = Math.exp(logits[from + c] - greatest);
      sum += into[c];
    }
    for (int c = 0; c < into.length; c++) {
      into[c] /= sum;
    }
    return greatest + Math.log(sum);
  }
}
