package dev.instar.sweep;

import java.util.Locale;

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
  DONE;

  /** Its name in tables and files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
