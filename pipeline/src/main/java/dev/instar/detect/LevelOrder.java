package dev.instar.detect;

import java.util.Arrays;

/**
 * The pixels of a plane by the first of {@link ComponentTree#LEVELS} that they reach, row by row
 * within a level; those that reach none are left out. Not thread-safe.
 */
final class LevelOrder {
  private final int[] begins = new int[ComponentTree.LEVELS.length + 1];
  private final int[] next = new int[ComponentTree.LEVELS.length];
  private int[] order = {};
  private byte[] levels = {};

  void take(float[] plane, int pixels) {
    if (order.length < pixels) {
      order = new int[pixels];
      levels = new byte[pixels];
    }
    Arrays.fill(begins, 0);
    float lowest = ComponentTree.LEVELS[ComponentTree.LEVELS.length - 1];
    for (int i = 0; i < pixels; i++) {
      levels[i] = -1;
      if (plane[i] >= lowest) {
        int level = 0;
        while (plane[i] < ComponentTree.LEVELS[level]) {
          level++;
        }
        levels[i] = (byte) level;
        begins[level + 1]++;
      }
    }
    for (int level = 0; level < next.length; level++) {
      begins[level + 1] += begins[level];
      next[level] = begins[level];
    }
    for (int i = 0; i < pixels; i++) {
      if (levels[i] >= 0) {
        order[next[levels[i]]++] = i;
      }
    }
  }

  /** The place of the first pixel of a level. */
  int begin(int level) {
    return begins[level];
  }

  /** The place after the last pixel of a level. */
  int end(int level) {
    return begins[level + 1];
  }

  int pixel(int place) {
    return order[place];
  }
}
