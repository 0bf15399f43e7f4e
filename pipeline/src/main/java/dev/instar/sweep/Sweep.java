package dev.instar.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of a sweep. Thread-safe; any number of processes on any hosts may have it open.
 *
 * <pre>
 * sweep.yaml     the plan, as it was given but with absolute paths
 * cells.json     the cells, longest first, with what each was estimated to take
 * cells/NAME/    a {@link CellFolder} each
 * slurm/         scripts, what was submitted, and logs of jobs
 * cancelled      if there: runners and cells that began before it was made stop
 * </pre>
 */
public final class Sweep {
  private final Path path;
  private final List<PlannedCell> cells;

  /**
   * A cell and what it is expected to take.
   *
   * @param seconds on the machine that planned it, 0 if nothing was estimated
   */
  public record PlannedCell(Cell cell, double seconds) {}

  private Sweep(Path path, List<PlannedCell> cells) {
    this.path = path;
    this.cells = List.copyOf(cells);
  }

  /**
   * Makes the folder, or extends one of an earlier form of the plan: cells that are done or begun
   * stay if they are unchanged.
   *
   * @param cells in the order in which they are to be run
   * @throws IOException if the folder holds cells of the same name with other settings; the message
   *     says what differs and what to do
   */
  public static Sweep create(Path path, SweepPlan plan, List<PlannedCell> cells)
      throws IOException {
    if (cells.isEmpty()) {
      throw new UnsupportedOperationException(plan.name());
    }
    return new Sweep(path, cells);
  }

  /**
   * Opens the folder of a sweep.
   *
   * @throws dev.instar.image.InputException if it is none, or damaged; the message says what to do
   */
  public static Sweep open(Path path) throws IOException {
    throw new UnsupportedOperationException(String.valueOf(path));
  }

  /** The folder; absolute. */
  public Path path() {
    return path;
  }

  /** The cells, longest first. */
  public List<PlannedCell> cells() {
    return cells;
  }

  /** The cell of that name. */
  public Cell cell(String name) throws IOException {
    throw new UnsupportedOperationException(name);
  }

  /** The folder of a cell; it may not exist yet. */
  public CellFolder folder(Cell cell) {
    return new CellFolder(path.resolve("cells").resolve(cell.name()));
  }

  /** Where everything about Slurm lies. */
  public Path slurm() {
    return path.resolve("slurm");
  }

  /** Tells every runner and cell, on any host, to stop after its step. */
  public void cancel() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Takes {@link #cancel} back, for what begins from now on. */
  public void resume() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Whether {@link #cancel} was called and not taken back. */
  public boolean cancelled() {
    throw new UnsupportedOperationException();
  }
}
