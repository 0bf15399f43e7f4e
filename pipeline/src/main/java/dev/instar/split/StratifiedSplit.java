package dev.instar.split;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits every class by itself, 70/10/20, so that each set has each class in the same proportion.
 */
final class StratifiedSplit {
  private StratifiedSplit() {}

  /**
   * Puts each record that has a class into a set; the others stay as they are.
   *
   * @param order all rows, in the order in which they are drawn
   * @return the classes that have too few records, the most frequent first
   */
  static List<DroppedClass> split(Labelling labelling, int[] order, SplitColumn into) {
    ClassCounts counts = ClassCounts.of(labelling);
    Quota[] quotas = new Quota[labelling.names().size()];
    for (int label = 0; label < quotas.length; label++) {
      quotas[label] = Quota.of(counts.count(label));
    }
    int[] drawn = new int[quotas.length];
    for (int row : order) {
      int label = labelling.classOf(row);
      if (label != Labelling.NONE) {
        into.put(row, quotas[label].subsetOf(drawn[label]++));
      }
    }
    return tooFew(labelling, counts);
  }

  private static List<DroppedClass> tooFew(Labelling labelling, ClassCounts counts) {
    List<DroppedClass> dropped = new ArrayList<>();
    for (int label : counts.descending(ClassCounts.Ties.BY_NAME)) {
      if (counts.count(label) < Quota.FEWEST) {
        dropped.add(
            new DroppedClass(
                labelling.names().get(label), counts.count(label), Quota.FEWEST + " are needed"));
      }
    }
    return dropped;
  }
}
