package dev.instar.split;

import java.util.Arrays;

/**
 * The subset of every record in one experiment, a byte each. Not thread-safe while it is filled;
 * afterwards any number of threads may read.
 */
public final class SplitColumn {
  private static final Subset[] SUBSETS = Subset.values();

  private final byte[] subsets;

  /** A column in which no record is used yet. */
  SplitColumn(int records) {
    subsets = new byte[records];
    Arrays.fill(subsets, (byte) Subset.NO_SPLIT.ordinal());
  }

  /** The number of records. */
  public int size() {
    return subsets.length;
  }

  /** Where the record in row {@code row}, from 0, belongs. */
  public Subset of(int row) {
    return SUBSETS[subsets[row]];
  }

  void put(int row, Subset subset) {
    subsets[row] = (byte) subset.ordinal();
  }

  /** Whether the record is in training, validation or test. */
  public boolean uses(int row) {
    return of(row) != Subset.NO_SPLIT;
  }

  /** The number of records in {@code subset}. */
  public int count(Subset subset) {
    int count = 0;
    for (byte each : subsets) {
      count += each == subset.ordinal() ? 1 : 0;
    }
    return count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SplitColumn column && Arrays.equals(subsets, column.subsets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(subsets);
  }
}
