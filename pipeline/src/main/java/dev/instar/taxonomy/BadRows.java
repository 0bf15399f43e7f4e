package dev.instar.taxonomy;

import java.util.List;

/**
 * The rows of a table that were kept out.
 *
 * @param count how many
 * @param first the first of them in the order of the file, at most {@link #NAMED}
 */
public record BadRows(long count, List<BadRow> first) {
  /** The most rows that are named. */
  public static final int NAMED = 100;

  /** No bad row. */
  public static final BadRows NONE = new BadRows(0, List.of());

  public BadRows {
    first = List.copyOf(first);
  }
}
