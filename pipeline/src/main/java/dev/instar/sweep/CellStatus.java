package dev.instar.sweep;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where a cell stands, by its folder and by Slurm.
 *
 * @param host where it runs, or ran last; empty if unknown
 * @param job its task in Slurm, as {@code 123_4}; empty if it has none
 * @param held whether somebody holds its lease, alive or not yet known to be dead
 * @param progress how far its training has come, if it was begun
 * @param failure why its last attempt failed, if it did
 * @param reason why it waits, was interrupted or failed, in a sentence; empty if there is none
 * @param log what its last attempt has printed; the file may not exist
 * @param secondsLeft until it is done, once it runs; empty if nothing is known
 */
public record CellStatus(
    Cell cell,
    State state,
    String host,
    String job,
    boolean held,
    Optional<CellProgress> progress,
    Optional<CellFailure> failure,
    String reason,
    Path log,
    OptionalDouble secondsLeft) {

  /** {@link CellState}, and what only Slurm knows; in the order in which people ask for them. */
  public enum State {
    /** Somebody works on it, or its task has begun. */
    RUNNING,
    /** It is in Slurm's queue. */
    QUEUED,
    /** Somebody began it and is gone, or its task ended without a result; it continues. */
    INTERRUPTED,
    /** Its last attempt ended with an error. */
    FAILED,
    /** Nobody has begun it. */
    PENDING,
    /** It has a valid result. */
    DONE;

    /** Its name in tables and files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  CellStatus withSecondsLeft(OptionalDouble left) {
    return new CellStatus(cell, state, host, job, held, progress, failure, reason, log, left);
  }
}
