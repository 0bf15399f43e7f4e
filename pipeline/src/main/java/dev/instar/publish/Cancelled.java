package dev.instar.publish;

/** The watch asked to stop; what is finished stays. */
final class Cancelled extends Exception {
  private static final long serialVersionUID = 1L;

  Cancelled() {
    super("stopped; the same command continues");
  }
}
