package dev.instar.split;

import java.util.Arrays;

/**
 * Which records belong together.
 *
 * @param of the group of each row, from 0, or {@link Labelling#NONE}; not copied
 * @param count of the groups
 */
record Groups(int[] of, int count) {
  /** The same groups, and one of its own for each record that has none. */
  Groups withSingles() {
    int[] groups = of.clone();
    int next = count;
    for (int row = 0; row < groups.length; row++) {
      if (groups[row] == Labelling.NONE) {
        groups[row] = next++;
      }
    }
    return new Groups(groups, next);
  }

  /** How many groups have records of each class. */
  int[] perClass(Labelling labelling) {
    long[] pairs = new long[of.length];
    int size = 0;
    for (int row = 0; row < of.length; row++) {
      if (of[row] != Labelling.NONE && labelling.classOf(row) != Labelling.NONE) {
        pairs[size++] = (long) labelling.classOf(row) << Integer.SIZE | of[row];
      }
    }
    Arrays.parallelSort(pairs, 0, size);
    int[] groups = new int[labelling.names().size()];
    for (int i = 0; i < size; i++) {
      if (i == 0 || pairs[i] != pairs[i - 1]) {
        groups[(int) (pairs[i] >>> Integer.SIZE)]++;
      }
    }
    return groups;
  }
}
