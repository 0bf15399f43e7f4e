package dev.instar.slurm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Slurm's commands. Thread-safe; each call runs a program, for a minute at most. */
public final class Slurm {
  private Slurm() {}

  /**
   * Slurm, if sbatch, squeue and scancel are on the PATH.
   *
   * @throws SlurmException that says what is missing
   */
  public static Slurm find() throws SlurmException {
    throw new UnsupportedOperationException();
  }

  /**
   * Submits a script.
   *
   * @param after jobs that must have ended well first; of an array, all tasks
   * @return the number of the job
   * @throws SlurmException with sbatch's own words if it refuses
   */
  public long submit(Path script, Collection<Long> after) throws IOException, InterruptedException {
    throw new UnsupportedOperationException(script + " " + after);
  }

  /** The most tasks that an array may have here. */
  public int mostTasks() throws IOException, InterruptedException {
    throw new UnsupportedOperationException();
  }

  /**
   * What is known of all tasks of jobs: by squeue of those in the queue, by sacct of those that
   * ended, by scontrol where sacct is missing or the cluster keeps no accounts.
   */
  public Map<TaskId, TaskState> states(Collection<Long> jobs)
      throws IOException, InterruptedException {
    throw new UnsupportedOperationException(String.valueOf(jobs));
  }

  /** Cancels tasks; those that have ended are no error. */
  public void cancel(Collection<TaskId> tasks) throws IOException, InterruptedException {
    throw new UnsupportedOperationException(String.valueOf(tasks));
  }

  /** The task that this process is part of, by the environment. */
  public static Optional<TaskId> self(Map<String, String> environment) {
    throw new UnsupportedOperationException(String.valueOf(environment));
  }

  /** What this machine has of Slurm, for {@code instar doctor}. */
  public static List<String> versions() {
    throw new UnsupportedOperationException();
  }
}
