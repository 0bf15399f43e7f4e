package dev.instar.split;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * The class of every record: a number into {@code names}, or {@link #NONE}.
 *
 * @param classes by row, in the order of the table; not copied
 * @param names of the classes, distinct
 */
public record Labelling(int[] classes, List<String> names) {
  /** The record has no class. */
  public static final int NONE = -1;

  int size() {
    return classes.length;
  }

  int classOf(int row) {
    return classes[row];
  }

  /** The same classes for the rows that {@code kept} accepts, and none for others. */
  Labelling only(IntPredicate kept) {
    int[] fewer = new int[classes.length];
    for (int row = 0; row < fewer.length; row++) {
      fewer[row] = kept.test(row) ? classes[row] : NONE;
    }
    return new Labelling(fewer, names);
  }

  /** The number of {@code name}, or {@link #NONE}. */
  int find(String name) {
    return names.indexOf(name);
  }
}
