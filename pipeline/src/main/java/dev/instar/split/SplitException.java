package dev.instar.split;

import java.io.IOException;

/** A table cannot be split as asked; the message says why and what would help. */
public final class SplitException extends IOException {
  public SplitException(String message) {
    super(message);
  }
}
