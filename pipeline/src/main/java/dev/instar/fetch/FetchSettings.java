package dev.instar.fetch;

import java.time.Duration;

/**
 * How files are fetched.
 *
 * @param parallel the most files at a time
 * @param retries attempts at one source without progress before it is given up
 * @param silence the longest time without an answer or a byte
 */
public record FetchSettings(int parallel, int retries, Duration silence) {
  public FetchSettings {
    if (parallel < 1 || retries < 0 || silence.isNegative() || silence.isZero()) {
      throw new IllegalArgumentException(
          "at least one file at a time, no fewer than 0 retries, and some time to answer");
    }
  }
}
