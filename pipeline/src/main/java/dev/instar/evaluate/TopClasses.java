package dev.instar.evaluate;

/** The likeliest of some classes. */
public final class TopClasses {
  private TopClasses() {}

  /**
   * The {@code most} likeliest classes, the likeliest first; of equal ones that with the smaller
   * number comes first.
   */
  public static int[] of(double[] probabilities, int most) {
    int[] top = new int[Math.min(most, probabilities.length)];
    int filled = 0;
    for (int c = 0; c < probabilities.length; c++) {
      int at = filled;
      while (at > 0 && probabilities[c] > probabilities[top[at - 1]]) {
        at--;
      }
      if (at < top.length) {
        filled = Math.min(filled + 1, top.length);
        System.arraycopy(top, at, top, at + 1, filled - at - 1);
        top[at] = c;
      }
    }
    return top;
  }

  /** The likeliest class; of equal ones, that with the smaller number. */
  static int best(double[] probabilities) {
    return of(probabilities, 1)[0];
  }
}
