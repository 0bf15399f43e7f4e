package dev.instar.taxonomy;

/** Takes the values of one column on one thread, stretch by stretch. */
interface ColumnScan {
  /**
   * Takes one value: {@code data[from, to)}, with {@link RowScanner#PADDING} readable bytes behind
   * it.
   *
   * @param appearance grows with the row's place in the file
   */
  void add(byte[] data, int from, int to, long appearance);

  /** Puts the values since the last call away as those of stretch {@code stretch}. */
  void endStretch(int stretch);
}
