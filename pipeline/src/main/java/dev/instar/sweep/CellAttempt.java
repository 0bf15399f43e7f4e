package dev.instar.sweep;

import java.time.Instant;
import java.util.Optional;

/**
 * A time that a cell was worked on.
 *
 * @param begun by whom, where and when
 * @param end none while it lasts, and if it was killed
 */
public record CellAttempt(Holder begun, Optional<End> end) {
  /**
   * How an attempt ended.
   *
   * @param status the exit status of its process
   */
  public record End(int status, Instant when) {}

  /** Whether it ended with an error, and was not only stopped. */
  public boolean failed() {
    return end.map(End::status)
        .map(CellExit::of)
        .filter(exit -> exit == CellExit.FAILED || exit == CellExit.KILLED)
        .isPresent();
  }
}
