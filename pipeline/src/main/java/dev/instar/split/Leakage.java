package dev.instar.split;

import java.util.BitSet;

/**
 * How much of a test set the training set gives away.
 *
 * @param shared test records whose barcode, or BIN, a training record has too
 * @param test records of the test set
 */
public record Leakage(int shared, int test) {
  static Leakage of(SplitColumn column, Groups groups) {
    BitSet trained = new BitSet(groups.count());
    for (int row = 0; row < column.size(); row++) {
      int group = groups.of()[row];
      if (group != Labelling.NONE && column.of(row) == Subset.TRAIN) {
        trained.set(group);
      }
    }
    int shared = 0;
    for (int row = 0; row < column.size(); row++) {
      int group = groups.of()[row];
      if (group != Labelling.NONE && column.of(row) == Subset.TEST && trained.get(group)) {
        shared++;
      }
    }
    return new Leakage(shared, column.count(Subset.TEST));
  }
}
