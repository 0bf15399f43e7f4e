package dev.instar.pack;

/**
 * Text from outside as it may stand in a message: one line, of bounded length, without control
 * characters.
 */
final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  static String of(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length() && i < LONGEST; i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\uFFFD' : c);
    }
    return text.length() > LONGEST ? line + "..." : line.toString();
  }
}
