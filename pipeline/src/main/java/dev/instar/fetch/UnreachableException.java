package dev.instar.fetch;

/** Not one of the hosts that have a file answers: there is no network, or no way through it. */
public final class UnreachableException extends FetchException {
  public UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
