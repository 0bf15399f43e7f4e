package dev.instar.report;

import dev.instar.sweep.CellState;
import dev.instar.sweep.Measure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cells of a sweep that differ in nothing but the seed.
 *
 * @param factors their labels but the seed's
 * @param cells at least one, in the order of the report
 */
record Combination(Map<String, String> factors, List<CellReport> cells) {
  Combination {
    cells = List.copyOf(cells);
  }

  /** The combinations of a report, in the order of their first cells. */
  static List<Combination> of(List<CellReport> cells) {
    Map<Map<String, String>, List<CellReport>> groups = new LinkedHashMap<>();
    for (CellReport cell : cells) {
      groups
          .computeIfAbsent(Factor.others(cell.cell(), Factor.SEED), key -> new ArrayList<>())
          .add(cell);
    }
    List<Combination> combinations = new ArrayList<>();
    groups.forEach((factors, of) -> combinations.add(new Combination(factors, of)));
    return combinations;
  }

  String label(String factor) {
    return factors.getOrDefault(factor, "");
  }

  /** Its label as people read it. */
  String readable(String factor) {
    return Factor.readable(factor, label(factor));
  }

  /** What its cells are scored on: values may be compared where this is the same. */
  Questions questions() {
    return Questions.of(cells.get(0).cell());
  }

  long done() {
    return cells.stream().filter(cell -> cell.result().isPresent()).count();
  }

  boolean complete() {
    return done() == cells.size();
  }

  Spread spread(Part part, Measure measure) {
    return Spread.of(
        cells.stream()
            .flatMap(cell -> cell.result().stream())
            .mapToDouble(result -> part.value(result, measure))
            .toArray());
  }

  /** How many seeds there are, such as {@code 3} or {@code 1 of 3 (1 running, 1 failed)}. */
  String seeds() {
    if (complete()) {
      return String.valueOf(cells.size());
    }
    Map<CellState, Integer> left = new EnumMap<>(CellState.class);
    cells.stream()
        .filter(cell -> cell.result().isEmpty())
        .forEach(cell -> left.merge(cell.state(), 1, Integer::sum));
    List<String> states = new ArrayList<>();
    left.forEach((state, n) -> states.add(n + " " + state.label()));
    return done() + " of " + cells.size() + " (" + String.join(", ", states) + ")";
  }
}
