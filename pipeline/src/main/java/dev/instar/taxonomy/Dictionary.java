package dev.instar.taxonomy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Distinct byte strings, numbered as they come, with the place where each was first seen. Not
 * thread-safe.
 */
final class Dictionary {
  private int[] slots = new int[64];
  private long[] hashes = new long[16];
  private int[] starts = new int[17];
  private long[] firstSeen = new long[16];
  private byte[] text = new byte[256];
  private int size;

  /** The number of {@code data[from, to)}, new or known. */
  int number(byte[] data, int from, int to, long appearance) {
    long hash = Hash64.of(data, from, to, 0);
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    while (slots[slot] != 0) {
      int known = slots[slot] - 1;
      if (hashes[known] == hash
          && Arrays.equals(text, starts[known], starts[known + 1], data, from, to)) {
        return known;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = size + 1;
    append(data, from, to, hash, appearance);
    if (size * 2 > slots.length) {
      rehash();
    }
    return size - 1;
  }

  private void append(byte[] data, int from, int to, long hash, long appearance) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
      firstSeen = Arrays.copyOf(firstSeen, size * 2);
      starts = Arrays.copyOf(starts, size * 2 + 1);
    }
    int start = starts[size];
    int end = Math.addExact(start, to - from);
    if (end > text.length) {
      text = Arrays.copyOf(text, (int) Math.max(end, Math.min(Integer.MAX_VALUE - 8, end * 2L)));
    }
    System.arraycopy(data, from, text, start, to - from);
    hashes[size] = hash;
    firstSeen[size] = appearance;
    starts[++size] = end;
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int number = 0; number < size; number++) {
      int slot = (int) hashes[number] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = number + 1;
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
