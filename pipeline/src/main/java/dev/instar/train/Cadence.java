package dev.instar.train;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often something is done: after so much time, or after so many steps.
 *
 * @param time at most this long after the last, or zero to go by steps
 * @param steps at most so many after the last, or 0 to go by time
 */
public record Cadence(Duration time, long steps) {
  /** What a job that is killed may lose without anybody minding. */
  public static final Cadence USUAL = new Cadence(Duration.ofMinutes(10), 0);

  private static final Pattern FORM =
      Pattern.compile("([1-9][0-9]{0,8})\\s*(s|m|min|h|steps?)", Pattern.CASE_INSENSITIVE);

  public Cadence {
    if (time.isNegative() || steps < 0 || time.isZero() == (steps == 0)) {
      throw new IllegalArgumentException("either a time or a number of steps, not " + time);
    }
  }

  /**
   * Reads {@code 10m}, {@code 90s}, {@code 2h} or {@code 500 steps}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Cadence parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "'; write 10m, 90s, 2h or 500steps");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
      case "s" -> new Cadence(Duration.ofSeconds(number), 0);
      case "m", "min" -> new Cadence(Duration.ofMinutes(number), 0);
      case "h" -> new Cadence(Duration.ofHours(number), 0);
      default -> new Cadence(Duration.ZERO, number);
    };
  }

  /**
   * Whether it is time again.
   *
   * @param nanos since the last time
   * @param steps since the last time
   */
  boolean due(long nanos, long steps) {
    return this.steps > 0 ? steps >= this.steps : nanos >= time.toNanos();
  }
}
