package dev.instar.crop;

import java.math.BigDecimal;
import java.util.function.DoublePredicate;

/** Numbers as texts: as short as the reader of a box file can do with, the same on every Java. */
final class Decimals {
  /** Powers of ten that a double multiplies exactly with what a float needs of digits. */
  private static final int MOST_DECIMALS = 9;

  private Decimals() {}

  /** The shortest decimal that reads back as this float. */
  static String of(float value) {
    return shortest(value, read -> (float) read == value);
  }

  /**
   * The decimal near {@code value} with the fewest digits behind the point that is good enough; all
   * digits of {@code value} where none of few digits is.
   *
   * @param value finite
   */
  static String shortest(double value, DoublePredicate goodEnough) {
    double power = 1;
    for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
      long digits = Math.round(value * power);
      // Both are whole and below 2^53, so this is the double that the decimal is read as.
      if (Math.abs(digits) < 1L << 53 && goodEnough.test(digits / power)) {
        return BigDecimal.valueOf(digits, decimals).toPlainString();
      }
      power *= 10;
    }
    return BigDecimal.valueOf(value).toString();
  }

  /**
   * How far the second corner lies behind the first, so that their sum is the second again; to
   * 1e-16 of the side where one corner is as good as zero beside the other.
   */
  static String side(float corner, float opposite) {
    double from = Double.parseDouble(of(corner));
    return shortest(opposite - from, side -> (float) (from + side) == opposite);
  }
}
