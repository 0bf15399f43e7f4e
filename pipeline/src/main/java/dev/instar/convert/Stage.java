package dev.instar.convert;

import java.util.Locale;

/** The steps of a conversion whose time is accounted for. */
public enum Stage {
  READ,
  /** Looking for the insect, with the decode that this takes. */
  DETECT,
  DECODE,
  RESIZE,
  ENCODE,
  WRITE,
  /** Idle: a worker waits for the writer, or for memory. */
  WAIT;

  /** The name in reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
