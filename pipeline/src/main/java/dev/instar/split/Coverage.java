package dev.instar.split;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes a grouped split over for those classes that it brought into all three sets. */
final class Coverage {
  private Coverage() {}

  /**
   * Copies the records of covered classes from {@code dealt} into {@code column}.
   *
   * @return the classes that are not covered, the most frequent first
   */
  static List<DroppedClass> keep(
      Labelling labelling,
      Groups groups,
      SplitColumn dealt,
      SplitColumn column,
      Grouping grouping) {
    int[][] held = new int[labelling.names().size()][Subset.values().length];
    for (int row = 0; row < labelling.size(); row++) {
      if (labelling.classOf(row) != Labelling.NONE) {
        held[labelling.classOf(row)][dealt.of(row).ordinal()]++;
      }
    }
    for (int row = 0; row < labelling.size(); row++) {
      if (labelling.classOf(row) != Labelling.NONE && covered(held[labelling.classOf(row)])) {
        column.put(row, dealt.of(row));
      }
    }
    int[] groupsOf = groups.perClass(labelling);
    ClassCounts counts = ClassCounts.of(labelling);
    List<DroppedClass> dropped = new ArrayList<>();
    for (int label : counts.descending(ClassCounts.Ties.BY_NAME)) {
      if (!covered(held[label])) {
        String reason =
            String.format(
                Locale.ROOT,
                "its %ss (%,d) do not reach all three sets",
                grouping.label(),
                groupsOf[label]);
        dropped.add(new DroppedClass(labelling.names().get(label), counts.count(label), reason));
      }
    }
    return dropped;
  }

  private static boolean covered(int[] held) {
    return Subset.USED.stream().allMatch(subset -> held[subset.ordinal()] > 0);
  }
}
