package dev.instar.pack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An append-only list of names, which may repeat: about 8 bytes beside the name itself, whatever
 * their number.
 *
 * <p>Names lie as UTF-8 in large segments. Not thread-safe while names are added; afterwards any
 * number of threads may read.
 */
final class NameList {
  private static final int SEGMENT_SHIFT = 20;
  private static final int SEGMENT = 1 << SEGMENT_SHIFT;
  private static final int UNIT_SHIFT = 2;
  private static final int LENGTH_BYTES = 2;
  private static final int LONGEST = 0xffff;

  private byte[][] segments = {};
  private long end;
  private int[] units = new int[16];
  private int size;

  int size() {
    return size;
  }

  /**
   * Adds a name in UTF-8.
   *
   * @throws IllegalArgumentException if it has more than 65,535 bytes
   */
  void add(byte[] name) {
    if (name.length > LONGEST) {
      throw new IllegalArgumentException("a name of " + name.length + " bytes, at most " + LONGEST);
    }
    int needed = LENGTH_BYTES + name.length;
    int room = SEGMENT - (int) (end & (SEGMENT - 1));
    if (needed > room) {
      end += room;
    }
    long unit = end >>> UNIT_SHIFT;
    if (unit > Integer.MAX_VALUE || size == Integer.MAX_VALUE - 8) {
      throw new IllegalStateException("more than 8 GiB of names");
    }
    int segment = (int) (end >>> SEGMENT_SHIFT);
    if (segment >= segments.length) {
      segments = Arrays.copyOf(segments, segment + 1);
      segments[segment] = new byte[SEGMENT];
    }
    int at = (int) (end & (SEGMENT - 1));
    segments[segment][at] = (byte) name.length;
    segments[segment][at + 1] = (byte) (name.length >>> 8);
    System.arraycopy(name, 0, segments[segment], at + LENGTH_BYTES, name.length);
    if (size == units.length) {
      units = Arrays.copyOf(units, size + (size >> 1));
    }
    units[size++] = (int) unit;
    end = (end + needed + 3) & ~3L;
  }

  /** The name with the number {@code index}. */
  String get(int index) {
    return new String(segment(index), first(index), bytes(index), StandardCharsets.UTF_8);
  }

  /** The length of a name in UTF-8 bytes. */
  int bytes(int index) {
    byte[] segment = segment(index);
    int at = first(index) - LENGTH_BYTES;
    return (segment[at] & 0xff) | (segment[at + 1] & 0xff) << 8;
  }

  /** Puts the UTF-8 bytes of a name into {@code target}. */
  void put(int index, ByteBuffer target) {
    target.put(segment(index), first(index), bytes(index));
  }

  boolean equal(int index, byte[] name) {
    int from = first(index);
    return bytes(index) == name.length
        && Arrays.equals(segment(index), from, from + name.length, name, 0, name.length);
  }

  int hash(int index) {
    return hash(segment(index), first(index), bytes(index));
  }

  static int hash(byte[] name) {
    return hash(name, 0, name.length);
  }

  private byte[] segment(int index) {
    return segments[units[index] >>> (SEGMENT_SHIFT - UNIT_SHIFT)];
  }

  private int first(int index) {
    return ((units[index] << UNIT_SHIFT) & (SEGMENT - 1)) + LENGTH_BYTES;
  }

  private static int hash(byte[] bytes, int from, int length) {
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    // The finalizer of MurmurHash3.
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }
}
