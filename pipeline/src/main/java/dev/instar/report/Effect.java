package dev.instar.report;

import dev.instar.sweep.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What a change of one factor does to a measure.
 *
 * <p>What does the test count? Seeds repeat a condition (a combination of the other factors); they
 * are no conditions of their own. To take every pair of runs for independent would be to call an
 * effect sure that was seen in few conditions, each repeated: pseudo-replication (Hurlbert,
 * Pseudoreplication and the design of ecological field experiments, Ecological Monographs 54, 1984;
 * of classifiers Demšar, JMLR 7, 2006, section 3: the size of the sample is the number of data
 * sets, not of repeats). So differences are averaged over the seeds of a condition first, and
 * conditions are tested. Where there is one condition, its seeds are all there is, and they are
 * tested; what follows is said of that condition only.
 *
 * @param unit what the test counts
 * @param conditions that have a pair
 * @param runs pairs of runs in all of them
 * @param holmT the t-test's p-value, corrected for all contrasts of the measure; NaN without one
 * @param holmWilcoxon that of Wilcoxon's test
 */
record Effect(
    Contrast contrast,
    Part part,
    Measure measure,
    Unit unit,
    int conditions,
    int runs,
    PairedTest test,
    double holmT,
    double holmWilcoxon) {
  /** What a tested difference is of. */
  enum Unit {
    CONDITION,
    SEED;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The effects on a measure, corrected together; those without a pair that has it are absent.
   *
   * @param pairs of each contrast
   */
  static List<Effect> of(Map<Contrast, List<Contrast.Pair>> pairs, Part part, Measure measure) {
    List<Effect> effects = new ArrayList<>();
    pairs.forEach((contrast, of) -> of(contrast, of, part, measure).ifPresent(effects::add));
    double[] t = corrected(effects, Effect::holmT);
    double[] wilcoxon = corrected(effects, Effect::holmWilcoxon);
    for (int i = 0; i < t.length; i++) {
      effects.set(i, effects.get(i).with(t[i], wilcoxon[i]));
    }
    return List.copyOf(effects);
  }

  private static Optional<Effect> of(
      Contrast contrast, List<Contrast.Pair> pairs, Part part, Measure measure) {
    Map<Map<String, String>, List<Double>> byCondition = new LinkedHashMap<>();
    for (Contrast.Pair pair : pairs) {
      double difference = pair.difference(part, measure);
      if (Double.isFinite(difference)) {
        byCondition.computeIfAbsent(pair.condition(), key -> new ArrayList<>()).add(difference);
      }
    }
    if (byCondition.isEmpty()) {
      return Optional.empty();
    }
    double[] runs = byCondition.values().stream().flatMapToDouble(Effect::doubles).toArray();
    double[] means =
        byCondition.values().stream()
            .mapToDouble(seeds -> Spread.of(doubles(seeds).toArray()).mean())
            .toArray();
    Unit unit = means.length > 1 ? Unit.CONDITION : Unit.SEED;
    PairedTest test = PairedTest.of(unit == Unit.CONDITION ? means : runs);
    return Optional.of(
        new Effect(
            contrast,
            part,
            measure,
            unit,
            means.length,
            runs.length,
            test,
            test.t(),
            test.wilcoxon()));
  }

  private static DoubleStream doubles(List<Double> values) {
    return values.stream().mapToDouble(value -> value);
  }

  private static double[] corrected(List<Effect> effects, ToDoubleFunction<Effect> p) {
    return Holm.adjusted(effects.stream().mapToDouble(p).toArray());
  }

  private Effect with(double correctedT, double correctedWilcoxon) {
    return new Effect(
        contrast, part, measure, unit, conditions, runs, test, correctedT, correctedWilcoxon);
  }
}
