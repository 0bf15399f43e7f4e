package dev.instar.sweep;

import dev.instar.slurm.BatchScript;

/** What the exit status of a cell's process says. */
enum CellExit {
  /** There is a result, or another process works on it. */
  DONE,
  /** It was told to stop, and has saved where it stands. */
  STOPPED,
  /** A signal ended it that it could not answer, such as that of a kernel short of memory. */
  KILLED,
  FAILED;

  /** Done, but records were left out. */
  static final int SKIPPED_RECORDS = 3;

  /** Shells and Java add the number of the signal that ended a process. */
  private static final int SIGNAL = 128;

  private static final int INTERRUPT = 2;
  private static final int TERMINATE = 15;

  /** Of Linux (signal(7)). */
  private static final int LAST_SIGNAL = 64;

  static CellExit of(int status) {
    return switch (status) {
      case 0, SKIPPED_RECORDS -> DONE;
      case BatchScript.TRY_AGAIN, SIGNAL + INTERRUPT, SIGNAL + TERMINATE -> STOPPED;
      default -> status > SIGNAL && status <= SIGNAL + LAST_SIGNAL ? KILLED : FAILED;
    };
  }

  /** How a process ended that did not say why, as a sentence goes on after its name. */
  static String words(int status) {
    return of(status) == KILLED
        ? "was killed by signal " + (status - SIGNAL) + (status == SIGNAL + 9 ? KERNEL : "")
        : "ended with status " + status;
  }

  private static final String KERNEL = ", which is also what the kernel does for want of memory";
}
