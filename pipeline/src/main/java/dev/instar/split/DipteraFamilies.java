package dev.instar.split;

import dev.instar.split.ClassCounts.Ties;

/** The classes of the family experiments: the most frequent families of the order Diptera. */
final class DipteraFamilies {
  /** How many families are considered. */
  static final int MOST = 40;

  private static final String ORDER = "Diptera";

  /**
   * What published tables write where the family is not known; a class of its own only to a reader
   * that reads as the reference does.
   */
  private static final String NOT_CLASSIFIED = "not_classified";

  private DipteraFamilies() {}

  /** The families of flies; no class for other records. */
  static Labelling all(Labelling orders, Labelling families) {
    int diptera = orders.find(ORDER);
    int unknown = families.find(NOT_CLASSIFIED);
    return families.only(
        row ->
            diptera != Labelling.NONE
                && orders.classOf(row) == diptera
                && families.classOf(row) != unknown);
  }

  /** Of {@code flies}, the {@link #MOST} most frequent families; no class for other records. */
  static Labelling mostFrequent(Labelling flies, Ties ties) {
    int[] descending = ClassCounts.of(flies).descending(ties);
    boolean[] chosen = new boolean[flies.names().size()];
    for (int i = 0; i < Math.min(MOST, descending.length); i++) {
      chosen[descending[i]] = true;
    }
    return flies.only(row -> flies.classOf(row) != Labelling.NONE && chosen[flies.classOf(row)]);
  }
}
