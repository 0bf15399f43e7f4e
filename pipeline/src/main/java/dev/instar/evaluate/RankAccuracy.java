package dev.instar.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * How good predictions are at a wider rank: a wrong family in the right order is half a success.
 * Only samples count whose class is known at that rank.
 *
 * @param rank its label
 * @param taxa the number of taxa among the classes
 * @param samples that count
 * @param hits samples whose predicted class is of the right taxon
 * @param hitsOfSums samples whose right taxon has the greatest sum of its classes' probabilities;
 *     of equal sums the taxon that the classes mention first counts
 * @param mistakes samples whose class was not found
 */
public record RankAccuracy(
    String rank, int taxa, int samples, int hits, int hitsOfSums, int mistakes) {
  /** One for each rank, in their order; ranks at which no sample counts are left out. */
  public static List<RankAccuracy> of(
      Predictions predictions, Evaluation evaluation, List<WiderRank> ranks) {
    List<RankAccuracy> accuracies = new ArrayList<>();
    for (WiderRank rank : ranks) {
      RankAccuracy accuracy = of(predictions, evaluation.outcomes(), rank);
      if (accuracy.samples > 0) {
        accuracies.add(accuracy);
      }
    }
    return List.copyOf(accuracies);
  }

  private static RankAccuracy of(Predictions predictions, Outcomes outcomes, WiderRank rank) {
    double[] probabilities = new double[predictions.classes()];
    int samples = 0;
    int hits = 0;
    int hitsOfSums = 0;
    int mistakes = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      int taxon = rank.taxonOf(outcomes.labels()[i]);
      if (taxon != WiderRank.NONE) {
        samples++;
        mistakes += outcomes.predicted()[i] == outcomes.labels()[i] ? 0 : 1;
        hits += rank.taxonOf(outcomes.predicted()[i]) == taxon ? 1 : 0;
        predictions.probabilities(i, probabilities);
        hitsOfSums += TopClasses.best(rank.sums(probabilities)) == taxon ? 1 : 0;
      }
    }
    return new RankAccuracy(rank.rank(), rank.taxa().size(), samples, hits, hitsOfSums, mistakes);
  }

  /** The part of the samples whose predicted class is of the right taxon. */
  public double accuracy() {
    return (double) hits / samples;
  }

  /** The part of the mistakes that are of the right taxon all the same, 0 without mistakes. */
  public double mistakesInside() {
    // A class that is right is of the right taxon, so the other hits are mistakes.
    return mistakes == 0 ? 0 : (double) (hits - (samples - mistakes)) / mistakes;
  }
}
