package dev.instar.convert;

/** What became of the records of a run. */
public interface RunCounts {
  /** Records that this run itself worked on to the end. */
  long done();

  /** Records that were refused, by this run or an earlier one. */
  long quarantined();
}
