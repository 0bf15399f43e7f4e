package dev.instar.train;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** What follows from how many training records each class has. Immutable. */
final class ClassFrequencies {
  private final int[] counts;

  ClassFrequencies(List<Integer> counts) {
    if (counts.isEmpty()) {
      throw new IllegalArgumentException("a loss needs at least one class");
    }
    if (counts.stream().anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("a class has fewer than no records: " + counts);
    }
    this.counts = counts.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The weights that a recipe asks for; empty where it asks for none. */
  Optional<ClassVector> weights(Recipe.Loss.ClassWeights rule, double beta) {
    return switch (rule) {
      case NONE -> Optional.empty();
      case INVERSE_FREQUENCY -> Optional.of(normalised(count -> 1 / count));
      case SQUARE_ROOT -> Optional.of(normalised(count -> 1 / Math.sqrt(count)));
      case EFFECTIVE_NUMBER -> Optional.of(byEffectiveNumber(beta));
    };
  }

  /** Weights of {@code (1 - beta) / (1 - beta^n)}, as in Cui et al. 2019, eq. 2 and section 4.1. */
  ClassVector byEffectiveNumber(double beta) {
    // 1 - beta^n loses its digits where beta is near 1; expm1 keeps them.
    return normalised(count -> -(1 - beta) / Math.expm1(count * Math.log(beta)));
  }

  /**
   * The margins of LDAM, {@code n^(-1/4)}, scaled so that the rarest class has {@code greatest}
   * (Cao et al. 2019, eq. 11 and 13).
   */
  ClassVector margins(double greatest) {
    double[] margins = Arrays.stream(counts).mapToDouble(n -> Math.pow(n, -0.25)).toArray();
    double rarest = Arrays.stream(margins).filter(Double::isFinite).max().orElse(1);
    return new ClassVector(
        Arrays.stream(margins).map(m -> greatest * Math.min(1, m / rarest)).toArray());
  }

  /** {@code tau * log(n / N)}, what logit adjustment adds (Menon et al. 2021, eq. 10). */
  ClassVector logPriors(double tau) {
    double all = Arrays.stream(counts).asLongStream().map(n -> Math.max(n, 1)).sum();
    return new ClassVector(
        Arrays.stream(counts).mapToDouble(n -> tau * Math.log(Math.max(n, 1) / all)).toArray());
  }

  /** Weights whose mean is 1, over the classes that have records and so over all. */
  private ClassVector normalised(DoubleUnaryOperator weight) {
    double mean =
        Arrays.stream(counts)
            .filter(n -> n > 0)
            .mapToDouble(weight::applyAsDouble)
            .average()
            .orElse(1);
    return new ClassVector(
        Arrays.stream(counts)
            .mapToDouble(n -> n > 0 ? weight.applyAsDouble(n) / mean : 1)
            .toArray());
  }
}
