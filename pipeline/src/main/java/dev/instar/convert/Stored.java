package dev.instar.convert;

import java.util.Optional;

/** What an output has already, by which a {@link WorkList} is drawn up. */
public interface Stored {
  /** Whether there is nothing left to do for the record of this name. */
  boolean contains(String name);

  /**
   * The name under which a record called {@code name} is kept; two records that share it cannot
   * both be kept.
   */
  default String keyOf(String name) {
    return name;
  }

  /** Why the record at {@code location} was left out on purpose, if it was. */
  default Optional<String> leftOut(String location) {
    return Optional.empty();
  }
}
