package dev.instar.report;

import dev.instar.sweep.Measure;
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

  /** A value of an axis, as short as it can be: {@code 0.05}, {@code 20k}, {@code 1e-4}. */
  static String tick(double value) {
    double size = Math.abs(value);
    if (size < 1e-12) {
      return "0";
    }
    if (size < 1e-3) {
      return String.format(Locale.ROOT, "%.1e", value).replace(".0e", "e").replace("e-0", "e-");
    }
    if (size >= 1e4) {
      boolean millions = size >= 1e6;
      return trimmed(value / (millions ? 1e6 : 1e3), 1) + (millions ? "M" : "k");
    }
    return trimmed(value, 3);
  }

  private static String trimmed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value)
        .replaceAll("(\\.\\d*?)0+$", "$1")
        .replaceAll("\\.$", "");
  }

  /** A measure as tables of sweeps have it: in percent without the sign, or the loss itself. */
  static String value(Measure measure, double value) {
    if (Double.isNaN(value)) {
      return Table.NONE;
    }
    return measure.isShare() ? number(100 * value, 2) : number(value, 4);
  }

  /** A mean of a measure, and its deviation where there is one. */
  static String spread(Measure measure, Spread of) {
    String mean = value(measure, of.mean());
    return of.n() < 2 ? mean : mean + " \u00b1 " + value(measure, of.deviation());
  }

  /** A difference with its sign: in percentage points, or of losses. */
  static String difference(Measure measure, double difference) {
    if (Double.isNaN(difference)) {
      return Table.NONE;
    }
    return measure.isShare()
        ? String.format(Locale.ROOT, "%+.2f", 100 * difference)
        : String.format(Locale.ROOT, "%+.4f", difference);
  }

  /** What a column of a measure is named: with its unit. */
  static String named(Measure measure) {
    return measure.isShare() ? measure.label() + " (%)" : measure.label();
  }

  /** A p-value. */
  static String chance(double p) {
    if (Double.isNaN(p)) {
      return Table.NONE;
    }
    return p < 0.0001 ? "<0.0001" : number(p, 4);
  }

  /** A time as hours, minutes and seconds. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
