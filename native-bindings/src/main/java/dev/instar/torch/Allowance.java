package dev.instar.torch;

import dev.instar.image.InputException;

/**
 * How much work one foreign pickle, or the tree that came out of it, may still cause: a few bytes
 * of it can ask for the same long list to be copied a million times. Not thread-safe.
 */
final class Allowance {
  /** Each step makes at most about 100 bytes of objects beside the file's own bytes. */
  private static final int STEPS = 2_000_000;

  private static final int BYTES_PER_STEP = 16;

  private final Refusal refusal;
  private long left = STEPS;

  Allowance(Refusal refusal) {
    this.refusal = refusal;
  }

  /** How to refuse the file, for other reasons. */
  Refusal refusal() {
    return refusal;
  }

  /**
   * Takes {@code steps} away.
   *
   * @throws InputException if there are no more
   */
  void spend(long steps) throws InputException {
    left -= steps;
    if (left < 0) {
      throw refusal.tooLarge("has a pickle of more than " + STEPS + " steps");
    }
  }

  /** Takes away what a copy of {@code bytes} bytes costs. */
  void spendBytes(long bytes) throws InputException {
    spend(bytes / BYTES_PER_STEP);
  }
}
