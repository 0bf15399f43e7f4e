package dev.instar.train;

/** What a recipe's numbers may be; NaN and infinities are never among them. */
public final class Range {
  private Range() {}

  public static void atLeast(String key, double value, double least) {
    require(value >= least, key, value, "at least " + text(least));
  }

  public static void atMost(String key, double value, double most) {
    require(value <= most, key, value, "at most " + text(most));
  }

  public static void above(String key, double value, double limit) {
    require(value > limit, key, value, "above " + text(limit));
  }

  /** From 0 on, below 1. */
  public static void fraction(String key, double value) {
    require(value >= 0 && value < 1, key, value, "from 0 on and below 1");
  }

  private static void require(boolean holds, String key, double value, String rule) {
    if (!holds || Double.isInfinite(value)) {
      throw new IllegalArgumentException(key + " is " + text(value) + "; it must be " + rule);
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
