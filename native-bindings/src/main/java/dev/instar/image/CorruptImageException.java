package dev.instar.image;

/** The bytes are no picture, not a whole one, or one of a kind that is not read. */
public final class CorruptImageException extends InputException {
  public CorruptImageException(Fault fault, String message) {
    super(fault, message);
  }
}
