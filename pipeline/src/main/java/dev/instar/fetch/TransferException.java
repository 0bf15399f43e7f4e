package dev.instar.fetch;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A transfer broke off in a way that another attempt may get over. */
class TransferException extends IOException {
  private final transient Optional<Duration> retryAfter;

  TransferException(String message) {
    this(message, Optional.empty());
  }

  TransferException(String message, Throwable cause) {
    super(message, cause);
    retryAfter = Optional.empty();
  }

  TransferException(String message, Optional<Duration> retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** How long the server wants to be left alone. */
  final Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** The host was not reached at all. */
  static final class NoConnection extends TransferException {
    NoConnection(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
