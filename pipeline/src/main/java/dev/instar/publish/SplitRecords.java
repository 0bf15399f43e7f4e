package dev.instar.publish;

/**
 * The records of one split, in the order of the table.
 *
 * @param name the split's name
 * @param first the place of its first record among the records of all splits
 * @param rows the row of each
 * @param records the record of each in the collection
 */
record SplitRecords(String name, int first, int[] rows, int[] records) {
  int size() {
    return rows.length;
  }
}
