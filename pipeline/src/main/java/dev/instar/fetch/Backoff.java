package dev.instar.fetch;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: twice as long each time, with jitter, so that many jobs
 * that failed together do not come back together.
 *
 * @param first the longest wait after the first failure
 * @param longest the longest wait of all
 */
record Backoff(Duration first, Duration longest) {
  static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private static final int LAST_DOUBLING = 20;

  /**
   * The wait after {@code failures} failures in a row: between half of the full wait and all of it.
   */
  Duration delay(int failures) {
    long full =
        Math.min(longest.toNanos(), first.toNanos() << Math.min(failures - 1, LAST_DOUBLING));
    return Duration.ofNanos(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
  }

  /**
   * What a {@code Retry-After} field says, in either of its forms (RFC 9110, section 10.2.3); empty
   * if it says nothing that can be read.
   */
  static Optional<Duration> retryAfter(String field, Clock clock) {
    String value = field.strip();
    if (value.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Instant time = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), time);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
