package dev.instar.split;

import java.util.Map;

/**
 * What a split is made from: some columns of a table, by row.
 *
 * @param orders the order of every record
 * @param families the family of every record
 * @param draws the draw of every record, see {@link Draws}
 * @param drawn the rows in the order of their draws
 * @param groups the records that have a barcode or BIN in common, where the table has them
 * @param published the split columns that the table has already
 */
record Records(
    Labelling orders,
    Labelling families,
    long[] draws,
    int[] drawn,
    Map<Grouping, Groups> groups,
    Map<Experiment, SplitColumn> published) {
  int size() {
    return draws.length;
  }
}
