package dev.instar.sweep;

import dev.instar.slurm.BatchScript;
import dev.instar.slurm.Resources;
import dev.instar.slurm.Slurm;
import dev.instar.sweep.CellStatus.State;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * How cells of a sweep are handed to Slurm.
 *
 * @param launcher of Instar on the nodes; absolute
 * @param resources that each task asks for
 * @param stage whether tasks copy the pack and the table to their node first
 */
public record Dispatch(Sweep sweep, Path launcher, Resources resources, boolean stage) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /**
   * Cells that nobody works on or will, and that have no result; longest first.
   *
   * @param retryFailed whether those that failed are tried again
   */
  public static List<Cell> due(SweepStatus status, boolean retryFailed) {
    return status.cells().stream()
        .filter(
            cell ->
                switch (cell.state()) {
                  case PENDING, INTERRUPTED -> !cell.held();
                  case FAILED -> retryFailed;
                  case RUNNING, QUEUED, DONE -> false;
                })
        .map(CellStatus::cell)
        .toList();
  }

  /** Cells whose process is gone by Slurm's word, while their lease still says that it lives. */
  public static long abandoned(SweepStatus status) {
    return status.cells().stream()
        .filter(cell -> cell.state() == State.INTERRUPTED && cell.held())
        .count();
  }

  /**
   * The same for one of several arrays: they share a limit of tasks at a time.
   *
   * @param arrays their number
   */
  public Dispatch sharedBy(int arrays) {
    Resources of = resources;
    int atATime = of.maxRunning() == 0 ? 0 : Math.max(1, of.maxRunning() / Math.max(1, arrays));
    Resources each =
        new Resources(
            of.partition(),
            of.account(),
            of.qos(),
            of.time(),
            of.gpus(),
            of.cpus(),
            of.memory(),
            atATime,
            of.extra());
    return new Dispatch(sweep, launcher, each, stage);
  }

  /** The script of an array, as it would be submitted now. */
  public String script(CellArray array) {
    return batch(folder(Instant.now()), array).text();
  }

  /**
   * Submits an array and notes it. Failures of its cells are forgotten.
   *
   * @throws dev.instar.slurm.SlurmException if Slurm refuses; nothing is left behind then
   */
  public Submission submit(Slurm slurm, CellArray array) throws IOException, InterruptedException {
    Instant when = Instant.now();
    Path folder = newFolder(when);
    boolean success = false;
    try {
      Files.createDirectory(folder.resolve(Submission.LOGS));
      Files.write(folder.resolve(Submission.CELLS), array.names());
      Path script =
          Files.writeString(folder.resolve(Submission.SCRIPT), batch(folder, array).text());
      for (Cell cell : array.cells()) {
        // Before its task can begin, and fail again.
        sweep.folder(cell).forgetFailure();
      }
      long job = slurm.submit(script, List.of());
      success = true; // its tasks need these files, noted or not
      Submission submission = new Submission(job, when, folder, array.names(), resources);
      Submissions.add(sweep, submission);
      return submission;
    } finally {
      if (!success) {
        Files.deleteIfExists(folder.resolve(Submission.SCRIPT));
        Files.deleteIfExists(folder.resolve(Submission.CELLS));
        Files.deleteIfExists(folder.resolve(Submission.LOGS));
        Files.deleteIfExists(folder);
      }
    }
  }

  private BatchScript batch(Path folder, CellArray array) {
    return array.script(sweep, folder, launcher, resources, stage);
  }

  /** Several arrays are submitted within a second. */
  private Path newFolder(Instant when) throws IOException {
    Files.createDirectories(sweep.slurm());
    Path folder = folder(when);
    for (int i = 2; ; i++) {
      try {
        return Files.createDirectory(folder);
      } catch (FileAlreadyExistsException e) {
        folder = folder.resolveSibling(folder(when).getFileName() + "-" + i);
      }
    }
  }

  private Path folder(Instant when) {
    return sweep.slurm().resolve(sweep.name() + "-" + STAMP.format(when));
  }
}
