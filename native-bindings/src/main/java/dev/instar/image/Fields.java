package dev.instar.image;

import dev.instar.memory.Bytes;

/**
 * Numbers at places of a file that nobody has checked: a place outside it is a {@link
 * CorruptImageException}, never an index error.
 */
final class Fields {
  private final Bytes bytes;
  private final String what;
  private final boolean bigEndian;

  /** Big-endian fields of {@code bytes}; {@code what} names them in messages. */
  Fields(Bytes bytes, String what) {
    this(bytes, what, true);
  }

  private Fields(Bytes bytes, String what, boolean bigEndian) {
    this.bytes = bytes;
    this.what = what;
    this.bigEndian = bigEndian;
  }

  /** The same bytes read with the lowest byte first. */
  Fields littleEndian() {
    return new Fields(bytes, what, false);
  }

  /** A part of them, in the same order of bytes. */
  Fields part(int offset, int length, String name) throws CorruptImageException {
    check(offset, length);
    return new Fields(bytes.slice(offset, length), name, bigEndian);
  }

  int size() {
    return bytes.size();
  }

  /** Whether these bytes stand at {@code offset}; false where they do not fit. */
  boolean startsWith(int offset, int... expected) {
    if (bytes.size() - offset < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (bytes.get(offset + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  int u8(long offset) throws CorruptImageException {
    check(offset, 1);
    return bytes.get((int) offset);
  }

  int u16(long offset) throws CorruptImageException {
    check(offset, 2);
    int at = (int) offset;
    return bigEndian
        ? bytes.get(at) << 8 | bytes.get(at + 1)
        : bytes.get(at + 1) << 8 | bytes.get(at);
  }

  long u32(long offset) throws CorruptImageException {
    int first = u16(offset);
    int second = u16(offset + 2);
    return bigEndian ? (long) first << 16 | second : (long) second << 16 | first;
  }

  private void check(long offset, int length) throws CorruptImageException {
    if (offset < 0 || length < 0 || offset > bytes.size() - length) {
      throw new CorruptImageException(
          Fault.TRUNCATED, what + " ends after " + bytes.size() + " bytes, inside its header");
    }
  }
}
