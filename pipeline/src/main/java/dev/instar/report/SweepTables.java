package dev.instar.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The tables of a sweep: means and deviations over seeds in the shape of the paper's Tables A3 and
 * A4 with published numbers beside them, the effect of each factor, every cell. Immutable.
 */
public final class SweepTables {
  private SweepTables() {}

  public static SweepTables of(SweepReport report) {
    throw new UnsupportedOperationException(report.name());
  }

  /** The tables for people, rounded; the first is the most wanted. */
  public List<NamedTable> tables() {
    throw new UnsupportedOperationException();
  }

  /** All numbers, unrounded, as JSON; the same for the same results, byte for byte. */
  public String json() {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes each table as {@code NAME.csv} (unrounded), {@code NAME.md} and {@code NAME.tex}, and
   * {@code report.json}, atomically each.
   *
   * @return the files
   */
  public List<Path> write(Path folder) throws IOException {
    throw new UnsupportedOperationException(String.valueOf(folder));
  }
}
