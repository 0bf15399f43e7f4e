package dev.instar.report;

import dev.instar.sweep.CellResult;
import dev.instar.sweep.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The combinations of a sweep whose networks are asked the same of the same records, so that their
 * charts may stand beside each other. Immutable.
 *
 * @param number among those of the sweep, from 1
 * @param label what tells them from the others
 * @param varied the factors that tell them from each other; none where there is but one
 * @param combinations in the order of the report
 */
record Trials(int number, String label, List<Factor> varied, List<Combination> combinations) {
  Trials {
    varied = List.copyOf(varied);
    combinations = List.copyOf(combinations);
  }

  /** The trials of a sweep, in the order of their first cells. */
  static List<Trials> of(List<CellReport> cells) {
    Map<Questions, List<Combination>> groups = new LinkedHashMap<>();
    for (Combination combination : Combination.of(cells)) {
      groups.computeIfAbsent(combination.questions(), key -> new ArrayList<>()).add(combination);
    }
    List<Factor> factors = Factor.of(cells);
    List<Trials> trials = new ArrayList<>();
    groups.forEach(
        (questions, combinations) ->
            trials.add(
                new Trials(
                    trials.size() + 1,
                    label(questions, combinations, factors),
                    factors.stream().filter(factor -> varies(factor, combinations)).toList(),
                    combinations)));
    return trials;
  }

  /** The labels that vary over the sweep and are the same here; else where the records are from. */
  private static String label(
      Questions questions, List<Combination> combinations, List<Factor> factors) {
    String labels =
        factors.stream()
            .filter(factor -> factor.labels().size() > 1 && !varies(factor, combinations))
            .map(factor -> combinations.get(0).readable(factor.name()))
            .collect(Collectors.joining(" \u00b7 "));
    return labels.isEmpty() ? questions.splitColumn() + " \u00b7 " + questions.target() : labels;
  }

  private static boolean varies(Factor factor, List<Combination> combinations) {
    return combinations.stream().map(of -> of.label(factor.name())).distinct().count() > 1;
  }

  /** What tells a combination from the others here; of a single one its network. */
  String label(Combination combination) {
    return varied.isEmpty()
        ? Factor.readable("model", combination.cells().get(0).cell().model())
        : varied.stream()
            .map(factor -> combination.readable(factor.name()))
            .collect(Collectors.joining(" \u00b7 "));
  }

  /** The fragment of the page that they are in. */
  String id() {
    return "trials-" + number;
  }

  /**
   * The combinations that have results, that of the best mean top-1 on the validation set first:
   * what is best must not be chosen by the test set.
   */
  List<Combination> byValidation() {
    return combinations.stream()
        .filter(combination -> combination.done() > 0)
        .sorted(Comparator.comparingDouble((Combination of) -> -validated(of)))
        .toList();
  }

  private static double validated(Combination combination) {
    double mean = combination.spread(Part.VALIDATION, Measure.TOP1).mean();
    return Double.isNaN(mean) ? -1 : mean;
  }

  /** The cell of the best combination that did best on the validation set. */
  Optional<CellReport> best() {
    return byValidation().stream()
        .limit(1)
        .flatMap(combination -> combination.cells().stream())
        .filter(cell -> cell.result().isPresent())
        .max(Comparator.comparingDouble(cell -> validated(cell.result().orElseThrow())));
  }

  private static double validated(CellResult result) {
    double value = Part.VALIDATION.value(result, Measure.TOP1);
    return Double.isNaN(value) ? -1 : value;
  }
}
