package dev.instar.sweep;

import dev.instar.slurm.Resources;
import dev.instar.slurm.TaskId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Cells that were handed to Slurm as an array: task I is the cell I of {@code cells}.
 *
 * @param job the array's number
 * @param folder of its script, its list of cells and its logs; absolute
 * @param resources that each task asked for
 */
public record Submission(
    long job, Instant when, Path folder, List<String> cells, Resources resources) {
  /** The script, in a submission's folder. */
  public static final String SCRIPT = "submit.sbatch";

  /** The cells, a name a line, in a submission's folder. */
  public static final String CELLS = "cells.txt";

  /** The folder of what tasks print, in a submission's folder. */
  public static final String LOGS = "logs";

  public Submission {
    cells = List.copyOf(cells);
  }

  /** The task that is the cell, if it is one of these. */
  public Optional<TaskId> task(Cell cell) {
    int index = cells.indexOf(cell.name());
    return index < 0 ? Optional.empty() : Optional.of(new TaskId(job, index));
  }

  /** What a task prints, once it does. */
  Path log(TaskId task) {
    return folder.resolve(LOGS).resolve(task + ".log");
  }
}
