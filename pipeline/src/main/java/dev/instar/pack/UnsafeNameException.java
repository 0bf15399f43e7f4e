package dev.instar.pack;

import dev.instar.image.Fault;
import dev.instar.image.InputException;

/**
 * A record's name cannot become a key or a file: it could leave its folder, or other programs could
 * not spell it.
 */
public final class UnsafeNameException extends InputException {
  public UnsafeNameException(String message) {
    super(Fault.UNSAFE_NAME, message);
  }
}
