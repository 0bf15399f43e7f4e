package dev.instar.split;

import dev.instar.taxonomy.Rank;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The six published experiments: two tasks, three extents. In the order in which their columns are
 * made.
 */
public enum Experiment {
  LARGE_DIPTERA_FAMILY(Rank.FAMILY, Extent.LARGE),
  MEDIUM_DIPTERA_FAMILY(Rank.FAMILY, Extent.MEDIUM),
  SMALL_DIPTERA_FAMILY(Rank.FAMILY, Extent.SMALL),
  LARGE_INSECT_ORDER(Rank.ORDER, Extent.LARGE),
  MEDIUM_INSECT_ORDER(Rank.ORDER, Extent.MEDIUM),
  SMALL_INSECT_ORDER(Rank.ORDER, Extent.SMALL);

  /** How many of the records an experiment takes. */
  public enum Extent {
    /** All whose class has enough. */
    LARGE,
    /** 200,000 as published. */
    MEDIUM,
    /** 50,000 as published. */
    SMALL
  }

  private final Rank rank;
  private final Extent extent;

  Experiment(Rank rank, Extent extent) {
    this.rank = rank;
    this.extent = extent;
  }

  /** The rank whose names are the classes: the order, or the family within Diptera. */
  public Rank rank() {
    return rank;
  }

  public Extent extent() {
    return extent;
  }

  /** The experiment that this one takes its records from; a large one is its own. */
  public Experiment parent() {
    return rank == Rank.FAMILY ? LARGE_DIPTERA_FAMILY : LARGE_INSECT_ORDER;
  }

  /** Its name, and that of its column: {@code small_insect_order}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The experiment named {@code label}, if there is one. */
  public static Optional<Experiment> ofLabel(String label) {
    return Arrays.stream(values()).filter(e -> e.label().equals(label)).findFirst();
  }
}
