package dev.instar.convert;

import dev.instar.image.InputException;

/**
 * What became of one record that was worked on.
 *
 * @param <R> what is made of a record
 */
sealed interface Outcome<R> {
  /** The size of its photograph, in bytes. */
  long bytesRead();

  /**
   * It was worked on.
   *
   * @param memory what it still holds of the budget, to be given back once it is settled
   */
  record Made<R>(R result, long bytesRead, long memory) implements Outcome<R> {}

  /** It is unusable. */
  record Refused<R>(InputException cause, long bytesRead) implements Outcome<R> {}
}
