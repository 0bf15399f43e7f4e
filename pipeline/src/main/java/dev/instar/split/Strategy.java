package dev.instar.split;

/** How a subset shares its records between the classes. */
public enum Strategy {
  /** Equally, until a class has no more: the published rule. */
  BALANCED {
    @Override
    double weight(int available) {
      return 1;
    }
  },
  /** In proportion to what the classes have. */
  PROPORTIONAL {
    @Override
    double weight(int available) {
      return available;
    }
  },
  /** In proportion to the square root of it: between the other two. */
  SQRT {
    @Override
    double weight(int available) {
      return Math.sqrt(available);
    }
  };

  abstract double weight(int available);

  /**
   * Shares {@code target} records out, one by one, each to the class that has most reason to have
   * one more: its weight over what it has and a half (the divisor method of Webster and
   * Sainte-Lague), and a class without any before all others. So a larger target never takes a
   * record away from a class, and no class is left out while others have two.
   *
   * @param available what each class has, the rarest first, which settles equal claims
   * @param target at most their sum
   * @return what each class gives, in the same order
   */
  int[] share(int[] available, int target) {
    int[] given = new int[available.length];
    for (int i = 0; i < target; i++) {
      int next = -1;
      double strongest = 0;
      for (int c = 0; c < given.length; c++) {
        double claim =
            given[c] == 0 ? Double.POSITIVE_INFINITY : weight(available[c]) / (given[c] + 0.5);
        if (given[c] < available[c] && claim > strongest) {
          strongest = claim;
          next = c;
        }
      }
      given[next]++;
    }
    return given;
  }
}
