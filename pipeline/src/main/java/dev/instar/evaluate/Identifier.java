package dev.instar.evaluate;

import dev.instar.evaluate.Identification.Guess;
import dev.instar.evaluate.Identification.Taxon;
import dev.instar.loader.ClassName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Turns scores into names. Immutable. */
public final class Identifier {
  private final List<ClassName> classes;
  private final String rank;
  private final List<WiderRank> widerRanks;
  private final int[] allowed;
  private final int most;
  private final OptionalDouble confidence;

  /**
   * Names what the scores of a model mean.
   *
   * @param rank of the classes
   * @param subset the classes that are possible; probabilities are of these alone
   * @param most guesses that are given
   * @param confidence the probability that a taxon must reach, if one is to be named
   */
  public Identifier(
      List<ClassName> classes, String rank, Subset subset, int most, OptionalDouble confidence) {
    this.classes = List.copyOf(classes);
    this.rank = rank;
    this.most = most;
    this.confidence = confidence;
    widerRanks = WiderRank.of(classes);
    allowed = subset.classes().stream().mapToInt(c -> c).toArray();
  }

  /** What the scores of the sample {@code index} of a batch say. */
  public Identification identify(float[] logits, int index) {
    double[] probabilities = probabilities(logits, index * classes.size());
    List<Guess> guesses = new ArrayList<>();
    for (int c : TopClasses.of(probabilities, Math.min(most, allowed.length))) {
      guesses.add(new Guess(classes.get(c).name(), probabilities[c]));
    }
    return new Identification(
        guesses,
        confidence.isPresent()
            ? narrowest(probabilities, confidence.getAsDouble())
            : Optional.empty());
  }

  private double[] probabilities(float[] logits, int from) {
    float[] scores = new float[allowed.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = logits[from + allowed[i]];
    }
    double[] shares = new double[scores.length];
    Softmax.of(scores, 0, shares);
    double[] probabilities = new double[classes.size()];
    for (int i = 0; i < shares.length; i++) {
      probabilities[allowed[i]] = shares[i];
    }
    return probabilities;
  }

  private Optional<Taxon> narrowest(double[] probabilities, double least) {
    int best = TopClasses.best(probabilities);
    if (probabilities[best] >= least) {
      return Optional.of(new Taxon(rank, classes.get(best).name(), probabilities[best]));
    }
    for (WiderRank wider : widerRanks) {
      double[] sums = wider.sums(probabilities);
      int taxon = TopClasses.best(sums);
      if (sums[taxon] >= least) {
        return Optional.of(
            new Taxon(wider.rank(), wider.taxa().get(taxon), Math.min(1, sums[taxon])));
      }
    }
    return Optional.empty();
  }
}
