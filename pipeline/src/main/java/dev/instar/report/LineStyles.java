package dev.instar.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How lines of combinations look, the same on a whole page: the colour is the label of the first
 * factor that varies between lines, the dashes are those of the others. Who does not see colours
 * has the dashes, unless there is but one factor: then these follow the colours. Immutable.
 */
final class LineStyles {
  /** As many as charts.css has. */
  private static final int COLOURS = 8;

  private static final int DASHES = 4;

  private final List<Factor> factors;
  private final List<List<String>> others = new ArrayList<>();

  /** Styles for all combinations of a sweep. */
  LineStyles(List<Trials> trials, List<CellReport> cells) {
    factors =
        Factor.of(cells).stream()
            .filter(factor -> trials.stream().anyMatch(of -> of.varied().contains(factor)))
            .toList();
    trials.stream()
        .flatMap(of -> of.combinations().stream())
        .map(this::other)
        .distinct()
        .forEach(others::add);
  }

  /** CSS classes. */
  String of(Combination combination) {
    if (factors.isEmpty()) {
      return "s0 d0";
    }
    Factor first = factors.get(0);
    int colour = first.labels().indexOf(combination.label(first.name()));
    int dash = factors.size() == 1 ? colour : others.indexOf(other(combination));
    return "s" + colour % COLOURS + " d" + dash % DASHES;
  }

  private List<String> other(Combination combination) {
    return factors.stream().skip(1).map(factor -> combination.label(factor.name())).toList();
  }
}
