package dev.instar.split;

/**
 * How many records of a class, or of a whole subset experiment, go to each set.
 *
 * <p>The published rule: 70, 10 and 20 per cent, each rounded half to even; what is then missing or
 * too many comes from training. Of 3 to 5 records one is for validation and one for test; of fewer
 * nothing can be made.
 *
 * @param train records to learn from
 * @param validation records to choose by
 * @param test records to judge by
 */
record Quota(int train, int validation, int test) {
  /** The fewest records that a class can be split with. */
  static final int FEWEST = 3;

  private static final int SMALL = 5;
  private static final Quota NOTHING = new Quota(0, 0, 0);

  /** The quota of {@code records} records: all zero if they are fewer than {@link #FEWEST}. */
  static Quota of(int records) {
    if (records < FEWEST) {
      return NOTHING;
    }
    int validation = records <= SMALL ? 1 : rounded(Subset.VALIDATION, records);
    int test = records <= SMALL ? 1 : rounded(Subset.TEST, records);
    return new Quota(records - validation - test, validation, test);
  }

  // Math.rint rounds half to even, as Python's round does.
  private static int rounded(Subset subset, int records) {
    return (int) Math.rint(subset.share() * records);
  }

  int total() {
    return train + validation + test;
  }

  int of(Subset subset) {
    return switch (subset) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
      case NO_SPLIT -> 0;
    };
  }

  /** Where the record drawn as number {@code drawn}, from 0, belongs. */
  Subset subsetOf(int drawn) {
    if (drawn < train) {
      return Subset.TRAIN;
    }
    if (drawn < train + validation) {
      return Subset.VALIDATION;
    }
    return drawn < total() ? Subset.TEST : Subset.NO_SPLIT;
  }
}
