package dev.instar.train;

/** A loss or gradient became NaN or infinite: going on would spoil the weights. */
final class NotFiniteException extends Exception {
  private static final long serialVersionUID = 1;

  NotFiniteException(String message) {
    super(message);
  }
}
