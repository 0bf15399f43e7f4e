package dev.instar.report;

import dev.instar.sweep.Cell;
import java.nio.file.Path;

/** What a cell's network is asked: which records of which pack, and what about them. */
record Questions(Path pack, Path metadata, String splitColumn, String target) {
  static Questions of(Cell cell) {
    return new Questions(cell.pack(), cell.metadata(), cell.splitColumn(), cell.target());
  }
}
