package dev.instar.report;

import dev.instar.sweep.Cell;
import dev.instar.sweep.SweepPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What varies between the cells of a sweep.
 *
 * @param name of the axis
 * @param labels in the order of the plan
 */
record Factor(String name, List<String> labels) {
  /** The factor that tells repeats from each other. */
  static final String SEED = "seed";

  Factor {
    labels = List.copyOf(labels);
  }

  /**
   * All but the seed, in the order of the cells; a cell that has no such axis has an empty label.
   */
  static List<Factor> of(List<CellReport> cells) {
    Set<String> names = new LinkedHashSet<>();
    cells.forEach(cell -> names.addAll(cell.cell().factors().keySet()));
    names.remove(SEED);
    List<Factor> factors = new ArrayList<>();
    for (String name : names) {
      Set<String> labels = new LinkedHashSet<>();
      cells.forEach(cell -> labels.add(label(cell.cell(), name)));
      factors.add(new Factor(name, List.copyOf(labels)));
    }
    return factors;
  }

  static String label(Cell cell, String factor) {
    return cell.factors().getOrDefault(factor, "");
  }

  /** A label as people read it. */
  static String readable(String factor, String label) {
    return SweepPlan.readable(factor, label).orElse(label);
  }

  /** The labels of {@code cell}, but that of the seed and of {@code except}. */
  static Map<String, String> others(Cell cell, String except) {
    Map<String, String> others = new LinkedHashMap<>(cell.factors());
    others.remove(SEED);
    others.remove(except);
    return others;
  }
}
