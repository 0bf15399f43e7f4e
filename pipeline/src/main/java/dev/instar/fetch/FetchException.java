package dev.instar.fetch;

import java.io.IOException;

/** A file cannot be had; the message is a sentence that says why and what to do. */
public class FetchException extends IOException {
  public FetchException(String message) {
    super(message);
  }

  public FetchException(String message, Throwable cause) {
    super(message, cause);
  }
}
