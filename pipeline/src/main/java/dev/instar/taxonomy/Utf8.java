package dev.instar.taxonomy;

/**
 * UTF-8 as the Unicode standard defines it (table 3-7): no overlong forms, no surrogates, nothing
 * above U+10FFFF.
 */
final class Utf8 {
  private Utf8() {}

  static boolean isValid(byte[] data, int from, int to) {
    int i = from;
    while (i < to) {
      int lead = data[i++];
      if (lead >= 0) {
        continue;
      }
      lead &= 0xff;
      int following = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
      if (lead < 0xc2 || lead > 0xf4 || i + following > to) {
        return false;
      }
      int second = data[i] & 0xff;
      int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
      int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
      if (second < least || second > most) {
        return false;
      }
      for (int k = 1; k < following; k++) {
        if ((data[i + k] & 0xc0) != 0x80) {
          return false;
        }
      }
      i += following;
    }
    return true;
  }
}
