package dev.instar.report;

import dev.instar.sweep.Cell;
import dev.instar.sweep.CellResult;
import dev.instar.sweep.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One label of a factor against another, over all cells that agree in everything else, the seed
 * among it.
 *
 * @param from what is taken away
 * @param to what it is taken from: a positive difference means that this label has more
 * @param within a label of another factor that all cells have; none for all cells
 */
record Contrast(String factor, String from, String to, Optional<Fixed> within) {
  /** A label of a factor. */
  record Fixed(String factor, String label) {
    /** As people read it. */
    String readable() {
      return factor + " " + Factor.readable(factor, label);
    }
  }

  /**
   * Two finished cells that differ in nothing but the label.
   *
   * @param condition the labels of the other factors but the seed's
   */
  record Pair(Map<String, String> condition, CellResult from, CellResult to) {
    double difference(Part part, Measure measure) {
      return part.value(to, measure) - part.value(from, measure);
    }
  }

  /** All pairs of labels, each the later one of the plan less the earlier one. */
  static List<Contrast> of(Factor factor, Optional<Fixed> within) {
    List<Contrast> contrasts = new ArrayList<>();
    List<String> labels = factor.labels();
    for (int i = 0; i < labels.size(); i++) {
      for (int j = i + 1; j < labels.size(); j++) {
        contrasts.add(new Contrast(factor.name(), labels.get(i), labels.get(j), within));
      }
    }
    return contrasts;
  }

  /** As people write it. */
  String change() {
    return Factor.readable(factor, to) + " \u2212 " + Factor.readable(factor, from);
  }

  /** Whether both labels are asked the same of the same records, in every pair there may be. */
  boolean sameQuestions(List<CellReport> cells) {
    Map<Map<String, String>, Questions> questions = new LinkedHashMap<>();
    cells.stream()
        .map(CellReport::cell)
        .filter(cell -> has(cell, from))
        .forEach(cell -> questions.put(key(cell), Questions.of(cell)));
    return cells.stream()
        .map(CellReport::cell)
        .filter(cell -> has(cell, to))
        .allMatch(
            cell ->
                questions.getOrDefault(key(cell), Questions.of(cell)).equals(Questions.of(cell)));
  }

  /** The pairs among {@code cells}. */
  List<Pair> pairs(List<CellReport> cells) {
    Map<Map<String, String>, CellReport> others = new LinkedHashMap<>();
    cells.stream()
        .filter(cell -> has(cell.cell(), from) && cell.result().isPresent())
        .forEach(cell -> others.put(key(cell.cell()), cell));
    return cells.stream()
        .filter(cell -> has(cell.cell(), to) && cell.result().isPresent())
        .filter(cell -> others.containsKey(key(cell.cell())))
        .map(
            cell ->
                new Pair(
                    Factor.others(cell.cell(), factor),
                    others.get(key(cell.cell())).result().orElseThrow(),
                    cell.result().orElseThrow()))
        .toList();
  }

  private boolean has(Cell cell, String label) {
    return Factor.label(cell, factor).equals(label)
        && within.filter(fixed -> !Factor.label(cell, fixed.factor).equals(fixed.label)).isEmpty();
  }

  /** What must be the same in both cells of a pair. */
  private Map<String, String> key(Cell cell) {
    Map<String, String> key = new LinkedHashMap<>(cell.factors());
    key.remove(factor);
    return key;
  }
}
