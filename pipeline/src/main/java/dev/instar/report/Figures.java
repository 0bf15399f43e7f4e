package dev.instar.report;

import java.util.Locale;

/** Numbers as people read them. */
final class Figures {
  private Figures() {}

  /** A whole number with commas between thousands. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A number with {@code decimals} digits behind the point, and commas. */
  static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** An accuracy of 0 to 1 in percent with two digits behind the point, as they are published. */
  static String accuracy(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }

  /**
   * A share of 0 to 1 in percent; where it is neither nothing nor all, it is never rounded to 0.0
   * or 100.0.
   */
  static String percent(double share) {
    if (share > 0 && share < 0.0005) {
      return "<0.1%";
    }
    if (share < 1 && share > 0.9995) {
      return ">99.9%";
    }
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }
}
