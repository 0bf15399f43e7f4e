package dev.instar.pack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An append-only list of distinct names that finds the number of a name: about 35 bytes a name of
 * 15 bytes, whatever their number.
 *
 * <p>Names lie in a few large arrays, found through an open-addressing hash table. Not thread-safe
 * while names are added; afterwards any number of threads may read.
 */
public final class NameTable {
  /** What {@link #find} answers for a name that is not there, and {@link #add} for one that is. */
  public static final int NONE = -1;

  private final NameList names = new NameList();
  private int[] slots = new int[32];

  /** The number of names. */
  public int size() {
    return names.size();
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

  int add(byte[] name) {
    int slot = slotOf(name);
    if (slots[slot] != 0) {
      return NONE;
    }
    names.add(name);
    slots[slot] = names.size();
    if (names.size() > slots.length / 4 * 3) {
      rehash();
    }
    return names.size() - 1;
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
    return names.get(index);
  }

  /** The length of a name in UTF-8 bytes. */
  int bytes(int index) {
    return names.bytes(index);
  }

  /** Puts the UTF-8 bytes of a name into {@code target}. */
  void put(int index, ByteBuffer target) {
    names.put(index, target);
  }

  private int slotOf(byte[] name) {
    int mask = slots.length - 1;
    int slot = NameList.hash(name) & mask;
    while (slots[slot] != 0 && !names.equal(slots[slot] - 1, name)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void rehash() {
    slots = new int[Math.multiplyExact(slots.length, 2)];
    int mask = slots.length - 1;
    for (int index = 0; index < names.size(); index++) {
      int slot = names.hash(index) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = index + 1;
    }
  }
}
