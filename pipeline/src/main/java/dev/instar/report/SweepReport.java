package dev.instar.report;

import dev.instar.sweep.CellResult;
import dev.instar.sweep.Sweep;
import java.io.IOException;
import java.util.List;

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
   * Reads what there is.
   *
   * @throws IOException if a result is damaged; the message names the file
   */
  public static SweepReport of(Sweep sweep) throws IOException {
    throw new UnsupportedOperationException(String.valueOf(sweep.path()));
  }

  /** The results of the cells that are done. */
  public List<CellResult> results() {
    return cells.stream().flatMap(cell -> cell.result().stream()).toList();
  }
}
