package dev.instar.detect;

import java.util.Arrays;

/**
 * The pixels of a plane by the highest of {@link ComponentTree#LEVELS} that they reach, row by row
 * within a level; those that reach none are left out. Not thread-safe.
 */
final class LevelOrder {
  private final int[] begins = new int[ComponentTree.LEVELS.length + 1];
  private final int[] next = new int[ComponentTree.LEVELS.length];
  private int[] order = {};

  /** The pixels that reach a level, as they come. */
  private int[] reached = {};

  /**
   * @param steps how many levels each pixel reaches
   */
  void take(int[] steps, int pixels) {
    if (order.length < pixels) {
      order = new int[pixels];
      reached = new int[pixels];
    }
    Arrays.fill(begins, 0);
    int reaching = 0;
    for (int i = 0; i < pixels; i++) {
      if (steps[i] > 0) {
        reached[reaching++] = i;
        begins[next.length - steps[i] + 1]++;
      }
    }
    for (int level = 0; level < next.length; level++) {
      begins[level + 1] += begins[level];
      next[level] = begins[level];
    }
    for (int k = 0; k < reaching; k++) {
      order[next[next.length - steps[reached[k]]]++] = reached[k];
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
