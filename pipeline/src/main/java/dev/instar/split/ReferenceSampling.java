package dev.instar.split;

/**
 * The published sampling of subsets, faults included: passes over all classes, from the rarest to
 * the most frequent, until the target is reached at the end of a pass; the surplus is then cut from
 * the most frequent class alone, which loses everything where the surplus is larger than it is, or
 * below one record (reference bioscan_datasplit.py:154-180, 243-247).
 */
final class ReferenceSampling {
  private ReferenceSampling() {}

  /**
   * What each class gives.
   *
   * @param available what each class has, the most frequent first
   * @param target how many records are wanted, as the reference computes it: not always whole
   * @return in the same order
   */
  static int[] share(int[] available, double target) {
    int[] given = new int[available.length];
    int taken = 0;
    while (taken < (int) target) {
      for (int c = 0; c < given.length; c++) {
        if (given[c] < available[c]) {
          given[c]++;
          taken++;
        }
      }
    }
    if (taken > target) {
      int surplus = (int) (taken - target);
      given[0] = surplus == 0 ? 0 : Math.max(0, given[0] - surplus);
    }
    return given;
  }
}
