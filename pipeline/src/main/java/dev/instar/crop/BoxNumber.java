package dev.instar.crop;

/** What a number in a box file may be. */
final class BoxNumber {
  /** The farthest coordinate and the longest side that are believed, in pixels. */
  static final int LARGEST = 1 << 28;

  private static final int LONGEST_QUOTE = 40;

  private BoxNumber() {}

  static double checked(double value, String name, String file, long line) throws BoxFileException {
    if (!(Math.abs(value) <= LARGEST)) {
      throw new BoxFileException(
          file,
          line,
          name + " is " + value + ", it must lie between -" + LARGEST + " and " + LARGEST);
    }
    return value;
  }

  /** A score or a probability. */
  static float share(double value, String name, String file, long line) throws BoxFileException {
    if (!(value >= 0 && value <= 1)) {
      throw new BoxFileException(
          file, line, name + " is " + value + ", it must lie between 0 and 1");
    }
    return (float) value;
  }

  /** As much of a text as fits in a message. */
  static String shortened(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
  }
}
