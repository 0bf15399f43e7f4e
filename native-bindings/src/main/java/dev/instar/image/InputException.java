package dev.instar.image;

import java.io.IOException;

/**
 * One input record is unusable. The message says what is wrong with it; the caller knows its name.
 */
public class InputException extends IOException {
  private final Fault fault;

  public InputException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  public InputException(Fault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  /** The kind of fault, for counting and for the quarantine file. */
  public final Fault fault() {
    return fault;
  }
}
