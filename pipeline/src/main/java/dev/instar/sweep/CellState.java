package dev.instar.sweep;

/** Where a cell stands, as the files of its folder say it. */
public enum CellState {
  /** Nobody has begun it. */
  PENDING,
  /** Somebody holds its lease and gives signs of life. */
  RUNNING,
  /** Somebody began it and is gone; it continues from its last checkpoint. */
  INTERRUPTED,
  /** Its last attempt ended with an error; it is not tried again unless that is asked for. */
  FAILED,
  /** It has a valid result. */
  DONE
}
