package dev.instar.split;

import java.util.Arrays;

/**
 * The rows of each group that have a class, in drawn order. Groups are numbered by their first
 * draw. Immutable.
 */
final class GroupIndex {
  private final int[] starts;
  private final int[] rows;

  private GroupIndex(int[] starts, int[] rows) {
    this.starts = starts;
    this.rows = rows;
  }

  /**
   * Sorts rows by group.
   *
   * @param groups in which every row has one
   * @param order all rows, in drawn order
   */
  static GroupIndex of(Labelling labelling, Groups groups, int[] order) {
    int[] numbers = new int[groups.count()];
    Arrays.fill(numbers, Labelling.NONE);
    int[] sizes = new int[groups.count()];
    int found = 0;
    for (int row : order) {
      if (labelling.classOf(row) != Labelling.NONE) {
        int group = groups.of()[row];
        if (numbers[group] == Labelling.NONE) {
          numbers[group] = found++;
        }
        sizes[numbers[group]]++;
      }
    }
    int[] starts = new int[found + 1];
    for (int group = 0; group < found; group++) {
      starts[group + 1] = starts[group] + sizes[group];
    }
    int[] rows = new int[starts[found]];
    int[] next = starts.clone();
    for (int row : order) {
      if (labelling.classOf(row) != Labelling.NONE) {
        rows[next[numbers[groups.of()[row]]]++] = row;
      }
    }
    return new GroupIndex(starts, rows);
  }

  int count() {
    return starts.length - 1;
  }

  int size(int group) {
    return starts[group + 1] - starts[group];
  }

  /** The row of the group's record drawn as number {@code drawn}, from 0. */
  int row(int group, int drawn) {
    return rows[starts[group] + drawn];
  }

  /** The number of records that the group has of class {@code label}. */
  int homeSize(int group, int label, Labelling labelling) {
    int size = 0;
    for (int i = starts[group]; i < starts[group + 1]; i++) {
      size += labelling.classOf(rows[i]) == label ? 1 : 0;
    }
    return size;
  }

  /**
   * For each class the groups most of whose records it has, the largest first, equal ones as drawn.
   */
  int[][] byHome(Labelling labelling) {
    int classes = labelling.names().size();
    int[] homes = new int[count()];
    int[] perClass = new int[classes];
    int[] tally = new int[classes];
    for (int group = 0; group < homes.length; group++) {
      homes[group] = home(group, labelling, tally);
      perClass[homes[group]]++;
    }
    long[][] packed = new long[classes][];
    for (int label = 0; label < classes; label++) {
      packed[label] = new long[perClass[label]];
    }
    for (int group = homes.length - 1; group >= 0; group--) {
      int label = homes[group];
      packed[label][--perClass[label]] = (long) -size(group) << Integer.SIZE | group;
    }
    int[][] sorted = new int[classes][];
    for (int label = 0; label < classes; label++) {
      Arrays.sort(packed[label]);
      sorted[label] = Arrays.stream(packed[label]).mapToInt(each -> (int) each).toArray();
    }
    return sorted;
  }

  /**
   * The class that most records of the group have; of equally many the first by name. {@code tally}
   * is all zero before and after.
   */
  private int home(int group, Labelling labelling, int[] tally) {
    int best = labelling.classOf(row(group, 0));
    for (int i = starts[group]; i < starts[group + 1]; i++) {
      int label = labelling.classOf(rows[i]);
      tally[label]++;
      boolean more =
          tally[label] > tally[best]
              || tally[label] == tally[best]
                  && labelling.names().get(label).compareTo(labelling.names().get(best)) < 0;
      best = more ? label : best;
    }
    for (int i = starts[group]; i < starts[group + 1]; i++) {
      tally[labelling.classOf(rows[i])] = 0;
    }
    return best;
  }
}
