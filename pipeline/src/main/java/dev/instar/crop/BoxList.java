package dev.instar.crop;

import java.util.Arrays;

/** Boxes with their scores, chained: each leads to the one before it in the same row. */
final class BoxList {
  /** Ends a chain. */
  static final int END = -1;

  private static final int CORNERS = 4;
  private static final int LOOKED_AT = 100;

  private float[] corners = new float[1 << 8];
  private float[] scores = new float[1 << 6];
  private int[] next = new int[1 << 6];
  private int size;

  /**
   * Adds a box.
   *
   * @param score NaN where none is given
   * @param before the last box of the same row, or {@link #END}
   * @return its number
   */
  int add(BoundingBox box, float score, int before) {
    if (size == scores.length) {
      int length = size + (size >> 1);
      corners = Arrays.copyOf(corners, Math.multiplyExact(length, CORNERS));
      scores = Arrays.copyOf(scores, length);
      next = Arrays.copyOf(next, length);
    }
    corners[size * CORNERS] = box.x0();
    corners[size * CORNERS + 1] = box.y0();
    corners[size * CORNERS + 2] = box.x1();
    corners[size * CORNERS + 3] = box.y1();
    scores[size] = score;
    next[size] = before;
    return size++;
  }

  /** The box before this one in its row, or {@link #END}. */
  int next(int box) {
    return next[box];
  }

  /** NaN where none is given. */
  float score(int box) {
    return scores[box];
  }

  BoundingBox box(int box) {
    int at = box * CORNERS;
    return new BoundingBox(corners[at], corners[at + 1], corners[at + 2], corners[at + 3]);
  }

  /**
   * Whether a chain has the row's box among its last ones and neither of both has a score. A table
   * may give millions of boxes the same key by mistake, so not all are looked at.
   */
  boolean hasUnscored(int chain, BoxRow row) {
    int box = chain;
    boolean found = false;
    for (int i = 0; i < LOOKED_AT && box != END && Float.isNaN(row.score()); i++) {
      found |= Float.isNaN(scores[box]) && box(box).equals(row.box().orElseThrow());
      box = next[box];
    }
    return found;
  }
}
