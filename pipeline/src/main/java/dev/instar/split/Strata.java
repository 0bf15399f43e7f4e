package dev.instar.split;

import java.util.ArrayList;
import java.util.List;

/**
 * The classes that groups are dealt within: the families of the family experiments, and what is
 * left of each order.
 */
final class Strata {
  private Strata() {}

  /**
   * The stratum of every record.
   *
   * @param families those of the family experiments
   * @param groups a family that has records in fewer than three is no stratum of its own
   */
  static Labelling of(Labelling orders, Labelling families, Groups groups) {
    int[] groupsOf = groups.perClass(families);
    ClassCounts counts = ClassCounts.of(families);
    int shift = orders.names().size();
    int[] strata = new int[orders.size()];
    for (int row = 0; row < strata.length; row++) {
      int family = families.classOf(row);
      boolean own =
          family != Labelling.NONE
              && groupsOf[family] >= GroupedSplit.FEWEST_GROUPS
              && counts.count(family) >= Quota.FEWEST;
      strata[row] = own ? shift + family : orders.classOf(row);
    }
    List<String> names = new ArrayList<>(orders.names());
    families.names().forEach(family -> names.add("family " + family));
    return new Labelling(strata, names);
  }
}
