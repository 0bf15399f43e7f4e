package dev.instar.fetch;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The user's wish to end, asked for during every wait.
 *
 * @param requested answers at any time, from any thread
 */
record Cancellation(BooleanSupplier requested) {
  /** No wait is longer without asking. */
  static final Duration SLICE = Duration.ofMillis(100);

  /**
   * @throws StoppedException if the user wants to end
   */
  void check() throws StoppedException {
    if (requested.getAsBoolean()) {
      throw new StoppedException();
    }
  }

  /** Waits for {@code duration}, or until the user wants to end. */
  void sleep(Duration duration) throws StoppedException, InterruptedIOException {
    long end = System.nanoTime() + duration.toNanos();
    try {
      for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
        check();
        TimeUnit.NANOSECONDS.sleep(Math.min(left, SLICE.toNanos()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    check();
  }
}
