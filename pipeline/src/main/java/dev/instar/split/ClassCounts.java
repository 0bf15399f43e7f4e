package dev.instar.split;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How many records each class has among some rows, and in which row it appears first. Immutable.
 */
public final class ClassCounts {
  /** Which of two classes with equally many records comes first. */
  public enum Ties {
    /** By name: the same whatever the order of rows. */
    BY_NAME,
    /** The one that the table mentions first, as in the reference. */
    BY_APPEARANCE
  }

  private final List<String> names;
  private final int[] counts;
  private final int[] firstRows;

  private ClassCounts(List<String> names, int[] counts, int[] firstRows) {
    this.names = names;
    this.counts = counts;
    this.firstRows = firstRows;
  }

  /** Counts the rows that {@code counted} accepts. */
  public static ClassCounts of(Labelling labelling, IntPredicate counted) {
    int[] counts = new int[labelling.names().size()];
    int[] firstRows = new int[counts.length];
    for (int row = 0; row < labelling.size(); row++) {
      int label = labelling.classOf(row);
      if (label != Labelling.NONE && counted.test(row)) {
        if (counts[label]++ == 0) {
          firstRows[label] = row;
        }
      }
    }
    return new ClassCounts(labelling.names(), counts, firstRows);
  }

  /** Counts every row that has a class. */
  static ClassCounts of(Labelling labelling) {
    return of(labelling, row -> true);
  }

  int count(int label) {
    return counts[label];
  }

  /** The classes that have records, the most frequent first. */
  public int[] descending(Ties ties) {
    Comparator<Integer> byCount = Comparator.comparing(label -> -counts[label]);
    Comparator<Integer> byTie =
        ties == Ties.BY_NAME
            ? Comparator.comparing(names::get)
            : Comparator.comparing(label -> firstRows[label]);
    return IntStream.range(0, counts.length)
        .filter(label -> counts[label] > 0)
        .boxed()
        .sorted(byCount.thenComparing(byTie))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
