package dev.instar.taxonomy;

/** How one wanted column is collected from the threads that scan a table. */
interface ColumnPlan {
  /** Makes room for the values of {@code stretches} stretches. */
  void begin(int stretches);

  /** The part of one more thread; called before the threads start. */
  ColumnScan newScan();
}
