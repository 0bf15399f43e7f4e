package dev.instar.sweep;

/** What the exit status of a cell's process says. */
enum CellExit {
  /** There is a result, or another process works on it. */
  DONE,
  /** It was told to stop, and has saved where it stands. */
  STOPPED,
  /** A signal ended it that it did not answer, such as that of a kernel without memory. */
  KILLED,
  FAILED;

  /** Shells and Java say 128 and the number for a process that a signal ended. */
  private static final int SIGNAL = 128;

  private static final int INTERRUPT = 2;
  private static final int TERMINATE = 15;

  /** The greatest number of a signal on Linux (signal(7)). */
  private static final int LAST_SIGNAL = 64;

  static CellExit of(int status) {
    return switch (status) {
      case 0, SKIPPED_RECORDS -> DONE;
      case dev.instar.slurm.BatchScript.TRY_AGAIN, SIGNAL + INTERRUPT, SIGNAL + TERMINATE ->
          STOPPED;
      default -> status > SIGNAL && status <= SIGNAL + LAST_SIGNAL ? KILLED : FAILED;
    };
  }

  /** Done, but records were left out. */
  static final int SKIPPED_RECORDS = 3;
}
