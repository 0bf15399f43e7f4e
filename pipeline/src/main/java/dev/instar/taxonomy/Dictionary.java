package dev.instar.taxonomy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Distinct byte strings, numbered as they come, with the place where each was first seen. Not
 * thread-safe.
 */
final class Dictionary {
  // The hash in the upper half, the number plus one in the lower, 0 for an empty slot.
  private long[] slots = new long[64];
  private int[] starts = new int[17];
  private long[] firstSeen = new long[16];
  private byte[] text = new byte[256];
  private int size;
  private int last;

  /**
   * The number of {@code data[from, to)}, new or known; {@link RowScanner#PADDING} readable bytes
   * follow it.
   */
  int number(byte[] data, int from, int to, long appearance) {
    // Neighbouring rows often have the same value.
    if (size > 0 && equal(last, data, from, to)) {
      return last;
    }
    int hash = hash(data, from, to);
    int mask = slots.length - 1;
    int slot = hash & mask;
    for (long entry = slots[slot]; entry != 0; entry = slots[slot]) {
      int known = (int) entry - 1;
      if ((int) (entry >>> 32) == hash && equal(known, data, from, to)) {
        last = known;
        return known;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = (long) hash << 32 | (size + 1L);
    append(data, from, to, appearance);
    if (size * 2 > slots.length) {
      rehash();
    }
    last = size - 1;
    return last;
  }

  private static int hash(byte[] data, int from, int to) {
    long hash = (long) to - from;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      hash = mixed(hash ^ RowScanner.word(data, i));
    }
    hash = mixed(hash ^ RowScanner.word(data, i) & low(to - i));
    return (int) (hash >>> 32);
  }

  private static long mixed(long value) {
    long product = value * 0x9E3779B97F4A7C15L;
    return product ^ product >>> 32;
  }

  /** A mask of the lowest {@code bytes} bytes, less than eight. */
  private static long low(int bytes) {
    return (1L << (bytes * 8)) - 1;
  }

  private boolean equal(int known, byte[] data, int from, int to) {
    int start = starts[known];
    int length = to - from;
    if (starts[known + 1] - start != length) {
      return false;
    }
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      if (RowScanner.word(text, start + i) != RowScanner.word(data, from + i)) {
        return false;
      }
    }
    long difference = RowScanner.word(text, start + i) ^ RowScanner.word(data, from + i);
    return (difference & low(length - i)) == 0;
  }

  private void append(byte[] data, int from, int to, long appearance) {
    if (size == firstSeen.length) {
      firstSeen = Arrays.copyOf(firstSeen, size * 2);
      starts = Arrays.copyOf(starts, size * 2 + 1);
    }
    int start = starts[size];
    int end = Math.addExact(start, to - from);
    int room = Math.addExact(end, RowScanner.PADDING);
    if (room > text.length) {
      text = Arrays.copyOf(text, (int) Math.max(room, Math.min(Integer.MAX_VALUE - 8, room * 2L)));
    }
    System.arraycopy(data, from, text, start, to - from);
    firstSeen[size] = appearance;
    starts[++size] = end;
  }

  private void rehash() {
    long[] old = slots;
    slots = new long[old.length * 2];
    int mask = slots.length - 1;
    for (long entry : old) {
      if (entry != 0) {
        int slot = (int) (entry >>> 32) & mask;
        while (slots[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        slots[slot] = entry;
      }
    }
  }

  int size() {
    return size;
  }

  String text(int number) {
    return new String(
        text, starts[number], starts[number + 1] - starts[number], StandardCharsets.UTF_8);
  }

  /** The appearance that came with the string when it was new. */
  long firstSeen(int number) {
    return firstSeen[number];
  }
}
