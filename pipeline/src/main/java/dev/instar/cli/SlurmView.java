package dev.instar.cli;

import dev.instar.slurm.Slurm;
import dev.instar.slurm.TaskId;
import dev.instar.slurm.TaskState;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/**
 * What Slurm says, where there is one; where it is silent that is said once, and nothing is known
 * of tasks. Not thread-safe.
 */
final class SlurmView {
  /** Slurm's own limit unless the cluster has another. */
  private static final int USUAL_MOST_TASKS = 1001;

  private boolean complained;

  /** The states of tasks, as far as they are known. */
  Map<TaskId, TaskState> states(Collection<Long> jobs) throws InterruptedException {
    if (jobs.isEmpty()) {
      return Map.of();
    }
    try {
      return Slurm.find().states(jobs);
    } catch (IOException e) {
      complain(e);
      return Map.of();
    }
  }

  /** The most tasks of an array. */
  int mostTasks() throws InterruptedException {
    try {
      return Slurm.find().mostTasks();
    } catch (IOException e) {
      complain(e);
      return USUAL_MOST_TASKS;
    }
  }

  private void complain(IOException failure) {
    if (!complained) {
      System.err.println("instar: without Slurm's word: " + Complaint.of(failure));
      complained = true;
    }
  }
}
