package dev.instar.publish;

/** Names from outside as parts of file names that every system takes. */
final class SafeText {
  /** The most characters kept: with an extension it fits a tar header's 100 bytes. */
  static final int LONGEST = 80;

  private SafeText() {}

  /** {@code text} with everything but ASCII letters, digits, hyphen and underscore replaced. */
  static String word(String text) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < text.length() && word.length() < LONGEST; i++) {
      char c = text.charAt(i);
      boolean kept = c < 128 && Character.isLetterOrDigit(c) || c == '-' || c == '_';
      word.append(kept ? c : '_');
    }
    return word.isEmpty() ? "_" : word.toString();
  }

  /** A file name without its last extension. */
  static String stem(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot > 0 ? fileName.substring(0, dot) : fileName;
  }
}
