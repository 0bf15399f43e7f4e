package dev.instar.split;

import dev.instar.split.ClassCounts.Ties;
import java.util.Arrays;
import java.util.Locale;

/** Takes a medium or small experiment out of its large one, set by set. */
final class SubsetSampling {
  private final Strategy strategy;
  private final boolean reference;

  private SubsetSampling(Strategy strategy, boolean reference) {
    this.strategy = strategy;
    this.reference = reference;
  }

  /** Subsets of exactly the size asked for, shared between classes by {@code strategy}. */
  static SubsetSampling by(Strategy strategy) {
    return new SubsetSampling(strategy, false);
  }

  /** Subsets as the reference makes them, faults included. */
  static SubsetSampling asTheReference() {
    return new SubsetSampling(Strategy.BALANCED, true);
  }

  /**
   * Makes the column of {@code experiment}.
   *
   * @param labelling the classes of the experiment
   * @param parent the column of its large experiment
   * @param order the rows in the order in which a class gives them
   * @param records how many to take in all
   * @throws SplitException if the parent has too few
   */
  SplitColumn sample(
      Experiment experiment, Labelling labelling, SplitColumn parent, int[] order, int records)
      throws SplitException {
    SplitColumn child = new SplitColumn(parent.size());
    for (Subset subset : Subset.USED) {
      int[] shares = shares(experiment, labelling, parent, subset, records);
      for (int row : order) {
        int label = labelling.classOf(row);
        if (label != Labelling.NONE && parent.of(row) == subset && shares[label] > 0) {
          shares[label]--;
          child.put(row, subset);
        }
      }
    }
    return child;
  }

  /** What each class gives to {@code subset}, by class number. */
  private int[] shares(
      Experiment experiment, Labelling labelling, SplitColumn parent, Subset subset, int records)
      throws SplitException {
    ClassCounts counts = ClassCounts.of(labelling, row -> parent.of(row) == subset);
    int[] labels = counts.descending(reference ? Ties.BY_APPEARANCE : Ties.BY_NAME);
    if (!reference) {
      reverse(labels);
    }
    int[] available = Arrays.stream(labels).map(counts::count).toArray();
    double exact = subset.share() * records;
    int target = reference ? (int) exact : Quota.of(records).of(subset);
    int there = Arrays.stream(available).sum();
    if (target > there) {
      throw new SplitException(
          String.format(
              Locale.ROOT,
              "%s of %,d records needs %,d for %s, and %s has %,d: ask for fewer (--%s N), or leave it out (--experiments)",
              experiment.label(),
              records,
              target,
              subset.label(),
              experiment.parent().label(),
              there,
              experiment.extent().name().toLowerCase(Locale.ROOT)));
    }
    int[] given =
        reference ? ReferenceSampling.share(available, exact) : strategy.share(available, target);
    int[] shares = new int[labelling.names().size()];
    for (int i = 0; i < labels.length; i++) {
      shares[labels[i]] = given[i];
    }
    return shares;
  }

  private static void reverse(int[] values) {
    for (int i = 0, j = values.length - 1; i < j; i++, j--) {
      int kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }
}
