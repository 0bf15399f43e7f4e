package dev.instar.slurm;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A job script for sbatch that a person can read, keep and change.
 *
 * @param name of the job
 * @param comment what it does, at the top of the script, a line each
 * @param tasks of the array, numbered from 0; 0 for a job without an array
 * @param logs the folder of the logs; it must exist before submission. Absolute
 * @param variables of the shell that {@code command} uses, by name; quoted by the script
 * @param stage variables among them that name files to copy to node-local storage first, verified
 *     by their checksum, where {@code $SLURM_TMPDIR} is set; the variable then names the copy
 * @param command lines of bash before the last, which is the command itself, run in the background
 *     so that signals reach it
 */
public record BatchScript(
    String name,
    List<String> comment,
    int tasks,
    Resources resources,
    Path logs,
    Map<String, String> variables,
    List<String> stage,
    List<String> command) {
  /** The exit status of a command that stopped before its end and wants to be run again. */
  public static final int TRY_AGAIN = 75;

  /**
   * The script. It asks for SIGUSR1 two minutes before the time is up, forwards it, and SIGTERM, to
   * the command, and requeues this task alone if the command ends with {@link #TRY_AGAIN}.
   */
  public String text() {
    throw new UnsupportedOperationException();
  }
}
