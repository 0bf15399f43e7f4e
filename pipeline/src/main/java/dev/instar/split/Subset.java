package dev.instar.split;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which set of an experiment a record belongs to. */
public enum Subset {
  TRAIN(0.7),
  VALIDATION(0.1),
  TEST(0.2),
  NO_SPLIT(0);

  /** The three sets that an experiment works with. */
  public static final List<Subset> USED = List.of(TRAIN, VALIDATION, TEST);

  private final double share;

  Subset(double share) {
    this.share = share;
  }

  /** The part of a class that goes here, as published: 0.7, 0.1 or 0.2. */
  public double share() {
    return share;
  }

  /**
   * How published tables spell it: {@code train}, {@code validation}, {@code test}, {@code
   * no_split}.
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The subset that a table spells {@code label}, if any is spelt so. */
  public static Optional<Subset> ofLabel(String label) {
    for (Subset subset : values()) {
      if (subset.label().equals(label)) {
        return Optional.of(subset);
      }
    }
    return Optional.empty();
  }
}
