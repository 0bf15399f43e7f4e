package dev.instar.report;

import dev.instar.sweep.Cell;
import dev.instar.sweep.CellFolder;
import dev.instar.sweep.CellResult;
import dev.instar.sweep.CellState;
import dev.instar.sweep.Sweep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that is known of a sweep's cells.
 *
 * @param name of the sweep
 * @param cells in the order of the plan's axes, whatever the order they were run in
 */
public record SweepReport(String name, List<CellReport> cells) {
  public SweepReport {
    cells = List.copyOf(cells);
  }

  /**
   * Reads what there is. A cell with a damaged result is reported as interrupted, which it is.
   *
   * @throws IOException if a file cannot be read; the message names it
   */
  public static SweepReport of(Sweep sweep) throws IOException {
    List<CellReport> cells = new ArrayList<>();
    for (Cell cell : sweep.cellsOfPlan()) {
      cells.add(of(cell, sweep.folder(cell)));
    }
    return new SweepReport(sweep.name(), cells);
  }

  /**
   * One training as a report of one cell: scores on the validation set from the training itself, or
   * those that {@code instar evaluate} left in the folder, which it needs for the test set.
   *
   * @param run the folder of a classifier's training
   * @throws dev.instar.image.InputException if it is none, or damaged; the message names it
   */
  public static SweepReport ofRun(Path run) throws IOException {
    CellReport cell = SingleRun.read(run);
    return new SweepReport(cell.cell().name(), List.of(cell));
  }

  private static CellReport of(Cell cell, CellFolder folder) throws IOException {
    CellState state = folder.state(cell);
    Optional<CellResult> result = state == CellState.DONE ? folder.result() : Optional.empty();
    return new CellReport(cell, state, result, folder.failure(), folder.run());
  }

  /** The results of the cells that are done. */
  public List<CellResult> results() {
    return cells.stream().flatMap(cell -> cell.result().stream()).toList();
  }

  /** How many cells are in which state; of a single one what it is. */
  public String headline() {
    if (cells.size() == 1) {
      Cell only = cells.get(0).cell();
      return String.format(
          "one training, of %s on %s: %s",
          only.model(), only.splitColumn(), word(cells.get(0).state()));
    }
    Map<CellState, Integer> states = new EnumMap<>(CellState.class);
    cells.forEach(cell -> states.merge(cell.state(), 1, Integer::sum));
    return Figures.count(cells.size())
        + " cells: "
        + states.entrySet().stream()
            .map(entry -> Figures.count(entry.getValue()) + " " + word(entry.getKey()))
            .collect(Collectors.joining(", "));
  }

  /** A state as people say it. */
  static String word(CellState state) {
    return state == CellState.PENDING ? "not begun" : state.label();
  }
}
