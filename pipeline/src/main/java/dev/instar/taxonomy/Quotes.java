package dev.instar.taxonomy;

/** Quoted fields of RFC 4180. */
final class Quotes {
  private Quotes() {}

  /**
   * Whether {@code data[from, to)} is a field without quotes, or one quoted from end to end with
   * each inner quote doubled.
   */
  static boolean wellPlaced(byte[] data, int from, int to) {
    if (from == to || data[from] != '"') {
      return RowScanner.count(data, from, to, (byte) '"') == 0;
    }
    if (to - from < 2 || data[to - 1] != '"') {
      return false;
    }
    for (int i = from + 1; i < to - 1; i++) {
      if (data[i] == '"' && (++i >= to - 1 || data[i] != '"')) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes the text of a well-quoted field to the start of {@code into}, which has room for it.
   *
   * @return its length
   */
  static int unquote(byte[] data, int from, int to, byte[] into) {
    int length = 0;
    for (int i = from + 1; i < to - 1; i++) {
      into[length++] = data[i];
      if (data[i] == '"') {
        i++;
      }
    }
    return length;
  }
}
