package dev.instar.sweep;

import dev.instar.slurm.Slurm;
import dev.instar.slurm.TaskId;
import dev.instar.slurm.TaskState;
import dev.instar.slurm.TaskState.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What became of a sweep's tasks in Slurm that were to end.
 *
 * @param taken from the queue before they began
 * @param stopped that ran, saved where they stood, and ended
 * @param killed that did not end in time
 */
public record Cancellation(List<TaskId> taken, List<TaskId> stopped, List<TaskId> killed) {
  private static final long LOOK_MILLIS = 1000;

  /** Nothing was in Slurm. */
  public static final Cancellation NONE = new Cancellation(List.of(), List.of(), List.of());

  public Cancellation {
    taken = List.copyOf(taken);
    stopped = List.copyOf(stopped);
    killed = List.copyOf(killed);
  }

  /**
   * Cancels the tasks of cells, and waits until they are gone: those that run are asked to save
   * first, and killed only after {@code grace}.
   *
   * @param only cells that are asked for
   * @param log told what is waited for
   */
  public static Cancellation of(
      Sweep sweep, CellFilter only, Slurm slurm, Duration grace, Consumer<String> log)
      throws IOException, InterruptedException {
    Set<TaskId> ours = tasks(sweep, only);
    Set<Long> jobs = new TreeSet<>();
    ours.forEach(task -> jobs.add(task.job()));
    if (jobs.isEmpty()) {
      return NONE;
    }
    Set<TaskId> taken = new LinkedHashSet<>();
    Set<TaskId> asked = new LinkedHashSet<>();
    List<TaskId> left = List.of();
    long end = System.nanoTime() + grace.toNanos();
    do {
      Map<TaskId, TaskState> states = slurm.states(jobs);
      List<TaskId> waiting = in(Phase.WAITING, ours, states);
      slurm.cancel(waiting);
      taken.addAll(waiting);
      left = in(Phase.RUNNING, ours, states);
      List<TaskId> unasked = left.stream().filter(asked::add).toList();
      if (!unasked.isEmpty()) {
        log.accept(unasked.size() + " that run are saving where they stand");
        slurm.signal(unasked, "TERM");
      }
      if (left.isEmpty() && waiting.isEmpty()) {
        break;
      }
      Thread.sleep(LOOK_MILLIS);
    } while (System.nanoTime() < end);
    slurm.cancel(left);
    // One that was asked may have gone back to the queue, and was taken from there.
    taken.removeAll(asked);
    asked.removeAll(left);
    return new Cancellation(List.copyOf(taken), List.copyOf(asked), left);
  }

  private static Set<TaskId> tasks(Sweep sweep, CellFilter only) throws IOException {
    Set<TaskId> tasks = new LinkedHashSet<>();
    for (Submission submission : Submissions.of(sweep)) {
      sweep.cells().stream()
          .map(Sweep.PlannedCell::cell)
          .filter(only::accepts)
          .map(submission::task)
          .flatMap(Optional::stream)
          .forEach(tasks::add);
    }
    return tasks;
  }

  private static List<TaskId> in(Phase phase, Set<TaskId> ours, Map<TaskId, TaskState> states) {
    List<TaskId> tasks = new ArrayList<>();
    for (TaskId task : ours) {
      TaskState state = states.get(task);
      if (state != null && state.queued() && state.phase() == phase) {
        tasks.add(task);
      }
    }
    return tasks;
  }
}
