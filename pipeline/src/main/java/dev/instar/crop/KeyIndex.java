package dev.instar.crop;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers distinct texts 0, 1, 2... in the order they come. Open addressing over one array of UTF-8
 * bytes: about 12 bytes a key beside its own, so that the boxes of millions of photographs fit in a
 * small heap. Safe for reading threads once nothing is added any more.
 */
final class KeyIndex {
  private byte[] text = new byte[1 << 12];
  private int[] ends = new int[1 << 8];
  private int[] slots = new int[1 << 9];
  private int size;

  /** The number of keys. */
  int size() {
    return size;
  }

  /** The number of {@code key}, or -1 where it was never added. */
  int find(String key) {
    return slots[slotOf(key.getBytes(StandardCharsets.UTF_8))] - 1;
  }

  /** Adds a key and returns its number, or -1 where it is there already. */
  int add(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    int slot = slotOf(bytes);
    if (slots[slot] != 0) {
      return -1;
    }
    int start = start(size);
    if (bytes.length > text.length - start) {
      text = Arrays.copyOf(text, grown(text.length, Math.addExact(start, bytes.length)));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, grown(size, size + 1));
    }
    System.arraycopy(bytes, 0, text, start, bytes.length);
    ends[size] = start + bytes.length;
    slots[slot] = ++size;
    if (size > slots.length / 2) {
      rehash();
    }
    return size - 1;
  }

  /** A capacity of at least {@code needed} that keeps appending cheap. */
  static int grown(int capacity, int needed) {
    return (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, capacity * 3L / 2));
  }

  private int start(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  private int slotOf(byte[] key) {
    int slot = hash(key, 0, key.length) & (slots.length - 1);
    while (slots[slot] != 0) {
      int number = slots[slot] - 1;
      if (Arrays.equals(text, start(number), ends[number], key, 0, key.length)) {
        return slot;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void rehash() {
    int[] wider = new int[slots.length * 2];
    for (int number = 0; number < size; number++) {
      int slot = hash(text, start(number), ends[number]) & (wider.length - 1);
      while (wider[slot] != 0) {
        slot = (slot + 1) & (wider.length - 1);
      }
      wider[slot] = number + 1;
    }
    slots = wider;
  }

  /** 32-bit FNV-1a, finished with MurmurHash3's mixer so that its low bits may choose a slot. */
  private static int hash(byte[] bytes, int from, int to) {
    int hash = 0x811c9dc5;
    for (int i = from; i < to; i++) {
      hash = (hash ^ bytes[i]) * 0x01000193;
    }
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }
}
