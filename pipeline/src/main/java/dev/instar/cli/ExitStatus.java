package dev.instar.cli;

/**
 * What the process says when it ends; part of the command line's contract, so the numbers never
 * change.
 */
final class ExitStatus {
  /** All of it was done. */
  static final int DONE = 0;

  /** It failed; one line on standard error says why. */
  static final int FAILED = 1;

  /** The command line itself is wrong. */
  static final int USAGE = 2;

  /** Done, but some records were unusable and are listed in the quarantine file. */
  static final int QUARANTINED = 3;

  /**
   * Told to stop before it was done: the same command continues. EX_TEMPFAIL of sysexits.h, so that
   * a batch script can tell when to requeue itself.
   */
  static final int STOPPED = 75;

  /** A signal ended it: this and the signal's number, as shells have it. */
  static final int SIGNALLED = 128;

  /**
   * The reader of standard output went away: 128 + SIGPIPE, which is what shells report for any
   * program.
   */
  static final int OUTPUT_CLOSED = 141;

  private ExitStatus() {}
}
