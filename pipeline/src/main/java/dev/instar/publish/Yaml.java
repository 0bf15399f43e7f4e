package dev.instar.publish;

/** Texts in YAML. */
final class Yaml {
  private Yaml() {}

  /**
   * {@code text} between double quotes, as YAML 1.1 and 1.2 both read it: quotes, backslashes,
   * controls and odd line separators escaped (YAML 1.2.2, 5.7).
   */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (printable(c)) {
                quoted.appendCodePoint(c);
              } else {
                quoted.append(String.format("\\u%04x", c));
              }
            });
    return quoted.append('"').toString();
  }

  private static boolean printable(int c) {
    boolean separator = c == 0x2028 || c == 0x2029 || c == 0xfeff;
    boolean noncharacter = c == 0xfffe || c == 0xffff || c >= 0xd800 && c <= 0xdfff;
    return !Character.isISOControl(c) && !separator && !noncharacter;
  }
}
