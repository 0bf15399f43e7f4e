package dev.instar.sweep;

import dev.instar.slurm.TaskId;
import dev.instar.slurm.TaskState;
import dev.instar.sweep.CellStatus.State;
import dev.instar.sweep.Sweep.PlannedCell;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Where a sweep stands, by its folders and by Slurm. Immutable.
 *
 * @param path of the sweep
 * @param when it stood so
 * @param cancelled whether everybody was told to stop
 * @param cells those that were asked for, longest first
 * @param secondsLeft until all of them are done if as many as now run at a time, one if none does;
 *     empty if nothing is known of how long cells take
 */
public record SweepStatus(
    Path path,
    Instant when,
    boolean cancelled,
    List<CellStatus> cells,
    OptionalDouble secondsLeft) {
  public SweepStatus {
    cells = List.copyOf(cells);
  }

  /**
   * Looks at every cell's folder.
   *
   * @param only cells that are asked for
   * @param tasks what Slurm says of those of {@link #jobs}; empty where there is no Slurm
   * @throws IllegalArgumentException if {@code only} names an axis that the sweep has not
   */
  public static SweepStatus of(Sweep sweep, CellFilter only, Map<TaskId, TaskState> tasks)
      throws IOException {
    List<Submission> submissions = Submissions.of(sweep);
    List<CellStatus> cells = new ArrayList<>();
    List<Double> planned = new ArrayList<>();
    for (PlannedCell of : sweep.cells()) {
      if (only.accepts(of.cell())) {
        CellFolder folder = sweep.folder(of.cell());
        cells.add(CellSight.of(of.cell(), folder, submissions).status(tasks));
        planned.add(of.seconds());
      }
    }
    TimeLeft left = TimeLeft.of(cells, planned);
    return new SweepStatus(
        sweep.path(), Instant.now(), sweep.cancelled(), left.cells(), left.ofAll());
  }

  /** The jobs of Slurm that may have something to say of a cell that is not done. */
  public static Collection<Long> jobs(Sweep sweep) throws IOException {
    List<Long> jobs = new ArrayList<>();
    for (Submission submission : Submissions.of(sweep)) {
      for (PlannedCell of : sweep.cells()) {
        if (submission.task(of.cell()).isPresent()
            && sweep.folder(of.cell()).state(of.cell()) != CellState.DONE) {
          jobs.add(submission.job());
          break;
        }
      }
    }
    return jobs;
  }

  /** How many cells stand so. */
  public long count(State state) {
    return cells.stream().filter(cell -> cell.state() == state).count();
  }

  /** Whether somebody works on a cell, or Slurm will. */
  public boolean moving() {
    return count(State.RUNNING) + count(State.QUEUED) > 0;
  }

  /** Whether nothing is left to do but what has failed. */
  public boolean settled() {
    return count(State.DONE) + count(State.FAILED) == cells.size();
  }
}
