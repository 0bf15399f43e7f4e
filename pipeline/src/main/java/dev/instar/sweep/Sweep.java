package dev.instar.sweep;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.pack.FolderLock;
import dev.instar.taxonomy.AtomicText;
import dev.instar.train.Spelling;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  /** The plan, with every path in full. */
  static final String PLAN = "sweep.yaml";

  /** The file that tells everybody to stop. */
  static final String CANCELLED = "cancelled";

  private static final String CELLS = "cells";
  private static final String LOCK = ".planning";

  private final Path path;
  private final CellList list;

  /**
   * A cell and what it is expected to take.
   *
   * @param seconds on the machine that planned it, 0 if nothing was estimated
   */
  public record PlannedCell(Cell cell, double seconds) {}

  private Sweep(Path path, CellList list) {
    this.path = path;
    this.list = list;
  }

  /**
   * Makes the folder, or extends one of an earlier form of the plan: cells that are done or begun
   * stay if they are unchanged. Those that the plan has no more leave the list; their folders stay,
   * and they are back when a plan has them again.
   *
   * @param cells in the order in which they are to be run
   * @throws IOException if the folder holds something else, or cells that were begun with other
   *     settings; the message says what differs and what to do
   */
  @SuppressWarnings("try") // the lock acts by being held
  public static Sweep create(Path path, SweepPlan plan, List<PlannedCell> cells)
      throws IOException {
    Path folder = path.toAbsolutePath().normalize();
    requireSweepOrNothing(folder);
    List<Cell> order = ordered(plan, cells);
    try (FolderLock lock = FolderLock.take(folder, LOCK)) {
      Optional<CellList> earlier =
          Files.exists(folder.resolve(CellList.FILE))
              ? Optional.of(CellList.read(folder))
              : Optional.empty();
      CellList list =
          earlier.isPresent()
              ? Revision.of(folder.resolve(CELLS), earlier.get(), plan, cells, order)
              : new CellList(plan.name(), cells, order, List.of());
      Files.createDirectories(folder.resolve(CELLS));
      AtomicText.write(folder.resolve(PLAN), plan.yaml());
      list.write(folder);
      return new Sweep(folder, list);
    }
  }

  private static List<Cell> ordered(SweepPlan plan, List<PlannedCell> cells) throws IOException {
    List<Cell> order = plan.cells();
    Map<Cell, Integer> places = new HashMap<>();
    order.forEach(cell -> places.put(cell, places.size()));
    return cells.stream()
        .map(PlannedCell::cell)
        .sorted(Comparator.comparing(cell -> places.getOrDefault(cell, places.size())))
        .toList();
  }

  private static void requireSweepOrNothing(Path folder) throws IOException {
    if (!Files.isDirectory(folder) || Files.exists(folder.resolve(PLAN))) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!file.getFileName().toString().equals(LOCK)) {
          throw new IOException(
              folder + " holds other files and no sweep: choose another folder with -o");
        }
      }
    }
  }

  /** Whether the folder is that of a sweep, as {@link #open} takes it. */
  public static boolean isSweep(Path path) {
    return Files.exists(path.resolve(PLAN));
  }

  /**
   * Opens the folder of a sweep.
   *
   * @throws dev.instar.image.InputException if it is none, or damaged; the message says what to do
   */
  public static Sweep open(Path path) throws IOException {
    Path folder = path.toAbsolutePath().normalize();
    return new Sweep(folder, CellList.read(folder));
  }

  /** The folder; absolute. */
  public Path path() {
    return path;
  }

  /** Its name, which is that of its plan. */
  public String name() {
    return list.sweep();
  }

  /** The cells, longest first. */
  public List<PlannedCell> cells() {
    return list.cells();
  }

  /** The cells in the order of the plan's axes, those that it includes at the end. */
  public List<Cell> cellsOfPlan() {
    return list.order();
  }

  /** Cells that were begun, of earlier forms of the plan, and that it has no more. */
  public List<PlannedCell> former() {
    return list.former();
  }

  /**
   * The cell of that name.
   *
   * @throws InputException if there is none
   */
  public Cell cell(String name) throws IOException {
    return list.cells().stream()
        .map(PlannedCell::cell)
        .filter(cell -> cell.name().equals(name))
        .findFirst()
        .orElseThrow(() -> noCell(name));
  }

  private InputException noCell(String name) {
    List<String> names = list.cells().stream().map(each -> each.cell().name()).toList();
    String meant = Spelling.meant(name, names);
    return new InputException(
        Fault.UNREADABLE,
        path
            + " has no cell '"
            + name
            + "'; "
            + (meant.startsWith("there are") ? "'instar sweep status' lists them" : meant));
  }

  /** The folder of a cell; it may not exist yet. */
  public CellFolder folder(Cell cell) {
    return folder(path, cell);
  }

  /** As above, of a sweep whose folder may not exist yet. */
  static CellFolder folder(Path path, Cell cell) {
    return new CellFolder(path.resolve(CELLS).resolve(cell.name()));
  }

  /** Where everything about Slurm lies. */
  public Path slurm() {
    return path.resolve("slurm");
  }

  /** Tells every runner and cell, on any host, to stop after its step. */
  public void cancel() throws IOException {
    AtomicText.write(path.resolve(CANCELLED), Instant.now() + "\n");
  }

  /** Takes {@link #cancel} back, for what begins from now on. */
  public void resume() throws IOException {
    Files.deleteIfExists(path.resolve(CANCELLED));
  }

  /** Whether {@link #cancel} was called and not taken back. */
  public boolean cancelled() {
    return Files.exists(path.resolve(CANCELLED));
  }
}
