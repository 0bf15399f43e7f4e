package dev.instar.torch;

/** Names out of foreign files, for messages. */
final class Quoted {
  private static final int LONGEST = 200;

  private Quoted() {}

  /** {@code name} without control characters, which could deceive a terminal, and not too long. */
  static String of(String name) {
    StringBuilder shown = new StringBuilder();
    name.codePoints()
        .limit(LONGEST)
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .forEach(shown::appendCodePoint);
    return name.codePointCount(0, name.length()) > LONGEST ? shown + "..." : shown.toString();
  }
}
