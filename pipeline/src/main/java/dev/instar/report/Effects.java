package dev.instar.report;

import dev.instar.sweep.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the factors of a sweep do.
 *
 * @param overall each change of a label, over everything else
 * @param within each change of a label within each label of each other factor
 * @param ownRecords changes whose labels are scored on records of their own, so that a difference
 *     is one of test sets too
 */
record Effects(List<Effect> overall, List<Effect> within, List<Contrast> ownRecords) {
  Effects {
    overall = List.copyOf(overall);
    within = List.copyOf(within);
    ownRecords = List.copyOf(ownRecords);
  }

  static Effects of(List<CellReport> cells) {
    List<Factor> factors = Factor.of(cells);
    List<Contrast> overall = new ArrayList<>();
    List<Contrast> within = new ArrayList<>();
    for (Factor factor : factors) {
      overall.addAll(Contrast.of(factor, Optional.empty()));
      for (Factor other : factors) {
        if (!other.equals(factor) && other.labels().size() > 1) {
          for (String label : other.labels()) {
            within.addAll(
                Contrast.of(factor, Optional.of(new Contrast.Fixed(other.name(), label))));
          }
        }
      }
    }
    return new Effects(
        effects(cells, overall),
        effects(cells, within),
        overall.stream().filter(contrast -> !contrast.sameQuestions(cells)).toList());
  }

  /** On every measure of both parts; without those that have no pair. */
  private static List<Effect> effects(List<CellReport> cells, List<Contrast> contrasts) {
    Map<Contrast, List<Contrast.Pair>> pairs = new LinkedHashMap<>();
    contrasts.forEach(contrast -> pairs.put(contrast, contrast.pairs(cells)));
    List<Effect> effects = new ArrayList<>();
    for (Part part : Part.values()) {
      for (Measure measure : Measure.values()) {
        effects.addAll(Effect.of(pairs, part, measure));
      }
    }
    return effects;
  }
}
