package dev.instar.report;

import java.util.Set;

/**
 * A table of a report that goes into files of its own. Immutable.
 *
 * @param name of the files, such as {@code results-test}
 * @param title above it
 * @param caption what its numbers are, and of what
 * @param best the cells that hold the best value of those that they may be compared with
 */
public record NamedTable(String name, String title, String caption, Table table, Set<Place> best) {
  /** A cell of a table; both from 0, the line of names not counted. */
  public record Place(int row, int column) {}

  public NamedTable {
    best = Set.copyOf(best);
  }

  /** A table in which nothing is best. */
  public NamedTable(String name, String title, String caption, Table table) {
    this(name, title, caption, table, Set.of());
  }
}
