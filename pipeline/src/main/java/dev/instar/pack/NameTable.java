package dev.instar.pack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An append-only list of distinct names that finds the number of a name: about 40 bytes a name of
 * 15 bytes, whatever their number.
 *
 * <p>Names lie as UTF-8 in large segments, found through an open-addressing hash table. Not
 * thread-safe while names are added; afterwards any number of threads may read.
 */
public final class NameTable {
  /** What {@link #find} and {@link #add} answer for a name that is not, or already, there. */
  public static final int NONE = -1;

  private static final int SEGMENT = 1 << 20;
  private static final int UNIT_SHIFT = 2;
  private static final int LENGTH_BYTES = 2;
  private static final int LONGEST = 0xffff;

  private byte[][] segments = {};
  private long end;
  private int[] units = new int[16];
  private int[] slots = new int[32];
  private int size;

  /** The number of names. */
  public int size() {
    return size;
  }

  /**
   * Adds a name.
   *
   * @return its number, or {@link #NONE} if it was there before
   * @throws IllegalArgumentException if it has more than 65,535 UTF-8 bytes
   */
  public int add(String name) {
    return add(name.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #add(String)} for a name in UTF-8. */
  int add(byte[] name) {
    if (name.length > LONGEST) {
      throw new IllegalArgumentException("a name of " + name.length + " bytes, at most " + LONGEST);
    }
    int slot = slotOf(name);
    if (slots[slot] != 0) {
      return NONE;
    }
    append(name);
    slots[slot] = size;
    if (size > slots.length / 4 * 3) {
      rehash();
    }
    return size - 1;
  }

  /** The number of a name, or {@link #NONE} if it is not there. */
  public int find(String name) {
    return find(name.getBytes(StandardCharsets.UTF_8));
  }

  int find(byte[] name) {
    return slots[slotOf(name)] - 1;
  }

  /** The name with the number {@code index}. */
  public String get(int index) {
    byte[] segment = segment(index);
    int at = position(index);
    return new String(segment, at + LENGTH_BYTES, length(segment, at), StandardCharsets.UTF_8);
  }

  /** The length of a name in UTF-8 bytes. */
  int bytes(int index) {
    return length(segment(index), position(index));
  }

  /** Puts the UTF-8 bytes of a name into {@code target}. */
  void put(int index, ByteBuffer target) {
    byte[] segment = segment(index);
    int at = position(index);
    target.put(segment, at + LENGTH_BYTES, length(segment, at));
  }

  private void append(byte[] name) {
    int needed = LENGTH_BYTES + name.length;
    int room = SEGMENT - (int) (end & (SEGMENT - 1));
    if (needed > room) {
      end += room;
    }
    int segment = (int) (end / SEGMENT);
    if (segment >= segments.length) {
      segments = Arrays.copyOf(segments, segment + 1);
      segments[segment] = new byte[SEGMENT];
    }
    long unit = end >>> UNIT_SHIFT;
    if (unit > Integer.MAX_VALUE || size == Integer.MAX_VALUE) {
      throw new IllegalStateException("more than 8 GiB of names");
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

  private int slotOf(byte[] name) {
    int mask = slots.length - 1;
    int slot = hash(name, 0, name.length) & mask;
    while (slots[slot] != 0 && !equal(slots[slot] - 1, name)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void rehash() {
    int[] wider = new int[Math.multiplyExact(slots.length, 2)];
    int mask = wider.length - 1;
    for (int index = 0; index < size; index++) {
      byte[] segment = segment(index);
      int at = position(index);
      int slot = hash(segment, at + LENGTH_BYTES, length(segment, at)) & mask;
      while (wider[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      wider[slot] = index + 1;
    }
    slots = wider;
  }

  private boolean equal(int index, byte[] name) {
    byte[] segment = segment(index);
    int at = position(index);
    int from = at + LENGTH_BYTES;
    return length(segment, at) == name.length
        && Arrays.equals(segment, from, from + name.length, name, 0, name.length);
  }

  private byte[] segment(int index) {
    return segments[units[index] >>> (20 - UNIT_SHIFT)];
  }

  private int position(int index) {
    return (units[index] << UNIT_SHIFT) & (SEGMENT - 1);
  }

  private static int length(byte[] segment, int at) {
    return (segment[at] & 0xff) | (segment[at + 1] & 0xff) << 8;
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
