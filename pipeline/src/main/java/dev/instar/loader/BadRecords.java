package dev.instar.loader;

/** What becomes of a record that cannot be decoded. */
public enum BadRecords {
  /** The epoch fails, naming the record. */
  FAIL,
  /** It is left out of its batch, counted, and named once. */
  SKIP
}
