package dev.instar.split;

import dev.instar.split.Experiment.Extent;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which experiments to make, and how; equal plans give equal splits of the same records.
 *
 * @param experiments whose columns are wanted
 * @param remade those of them that are made even where the table has them
 * @param seed of the draws
 * @param reference whether to do as the reference does, faults included
 * @param grouping what must not be in both training and test, if anything
 * @param strategy how medium and small experiments share their records between classes
 * @param small records of a small experiment
 * @param medium records of a medium experiment
 */
public record SplitPlan(
    Set<Experiment> experiments,
    Set<Experiment> remade,
    long seed,
    boolean reference,
    Optional<Grouping> grouping,
    Strategy strategy,
    int small,
    int medium) {
  /** Records of a published small experiment. */
  public static final int SMALL = 50_000;

  /** Records of a published medium experiment. */
  public static final int MEDIUM = 200_000;

  public SplitPlan {
    experiments = Set.copyOf(experiments);
    remade = Set.copyOf(remade);
    if (reference && grouping.isPresent()) {
      throw new IllegalArgumentException("the reference has no groups; leave one of the two out");
    }
    if (reference && strategy != Strategy.BALANCED) {
      throw new IllegalArgumentException(
          "the reference only makes balanced subsets; leave one of the two out");
    }
    if (Math.min(small, medium) < Quota.FEWEST) {
      throw new IllegalArgumentException(
          "a subset of " + Math.min(small, medium) + " records, it needs 3 or more");
    }
  }

  /** All six experiments as published, the faults mended. */
  public static SplitPlan standard(long seed) {
    return new SplitPlan(
        Set.of(Experiment.values()),
        Set.of(),
        seed,
        false,
        Optional.empty(),
        Strategy.BALANCED,
        SMALL,
        MEDIUM);
  }

  /**
   * This plan for a table that has the columns {@code present} already. What was taken from a
   * remade experiment is remade with it, and what is remade is wanted, so that the table never
   * holds a subset of a set that is gone.
   */
  SplitPlan forTableWith(Set<Experiment> present) {
    Set<Experiment> following = EnumSet.noneOf(Experiment.class);
    following.addAll(remade);
    if (remade.contains(Experiment.LARGE_DIPTERA_FAMILY)) {
      following.add(Experiment.LARGE_INSECT_ORDER);
    }
    for (Experiment experiment : Experiment.values()) {
      if (following.contains(experiment.parent())) {
        following.add(experiment);
      }
    }
    Set<Experiment> wanted = EnumSet.noneOf(Experiment.class);
    wanted.addAll(following);
    wanted.retainAll(present);
    wanted.addAll(remade);
    wanted.addAll(experiments);
    return new SplitPlan(wanted, following, seed, reference, grouping, strategy, small, medium);
  }

  int records(Extent extent) {
    return extent == Extent.SMALL ? small : medium;
  }
}
