package dev.instar.evaluate;

import java.util.List;
import java.util.Optional;

/**
 * What a network says of one picture.
 *
 * @param guesses the likeliest classes, the likeliest first
 * @param taxon the narrowest taxon that is sure enough; empty if none is, or if none was asked for
 */
public record Identification(List<Guess> guesses, Optional<Taxon> taxon) {
  /** A class and its probability. */
  public record Guess(String name, double probability) {}

  /**
   * A taxon of any rank and its probability, the sum over its classes.
   *
   * @param rank its label
   */
  public record Taxon(String rank, String name, double probability) {}

  public Identification {
    guesses = List.copyOf(guesses);
  }
}
