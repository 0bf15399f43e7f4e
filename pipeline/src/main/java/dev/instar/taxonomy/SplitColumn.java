package dev.instar.taxonomy;

import java.util.ArrayList;
import java.util.List;

/**
 * A column that says which split of an experiment a record belongs to.
 *
 * @param column its name, which is the experiment's
 * @param label what the experiment's classes are
 */
public record SplitColumn(String column, Field label) {
  /** The value of records that the experiment leaves out. */
  public static final String NO_SPLIT = "no_split";

  /** The six of BIOSCAN-1M, and the one of BIOSCAN-5M. */
  public static final List<SplitColumn> KNOWN =
      List.of(
          new SplitColumn("large_insect_order", Field.ORDER),
          new SplitColumn("medium_insect_order", Field.ORDER),
          new SplitColumn("small_insect_order", Field.ORDER),
          new SplitColumn("large_diptera_family", Field.FAMILY),
          new SplitColumn("medium_diptera_family", Field.FAMILY),
          new SplitColumn("small_diptera_family", Field.FAMILY),
          new SplitColumn("split", Field.SPECIES));

  /** Those that a table has, together with the column of their classes. */
  public static List<SplitColumn> in(Header header) throws MetadataException {
    List<SplitColumn> found = new ArrayList<>();
    for (SplitColumn column : KNOWN) {
      if (header.find(column.column).isPresent() && header.find(column.label).isPresent()) {
        found.add(column);
      }
    }
    return List.copyOf(found);
  }
}
