package dev.instar.taxonomy;

import java.io.IOException;

/**
 * A specimen table cannot be read or written as asked; the message names the file and what is wrong
 * with it.
 */
public final class MetadataException extends IOException {
  public MetadataException(String message) {
    super(message);
  }

  public MetadataException(String message, Throwable cause) {
    super(message, cause);
  }
}
