package dev.instar.report;

import dev.instar.report.NamedTable.Place;
import dev.instar.sweep.Measure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Means and deviations over seeds, a row a combination of all other factors, a table a part of the
 * records and a target: the numbers of the paper's Tables A3 and A4.
 */
final class ResultTables {
  /** Those of the paper's tables. */
  static final List<Measure> MEASURES =
      List.of(
          Measure.TOP1,
          Measure.TOP5,
          Measure.MACRO_TOP1,
          Measure.MACRO_F1,
          Measure.MICRO_F1,
          Measure.LOSS);

  private static final String SEEDS = "seeds";

  private final Part part;
  private final String target;
  private final List<Combination> combinations;
  private final List<Factor> factors;
  private final List<Factor> varied;
  private final List<Measure> measures;

  private ResultTables(Part part, String target, List<Combination> combinations) {
    this.part = part;
    this.target = target;
    this.combinations = combinations;
    factors = Factor.of(combinations.stream().flatMap(c -> c.cells().stream()).toList());
    List<Factor> several = factors.stream().filter(factor -> factor.labels().size() > 1).toList();
    varied = several.isEmpty() ? factors : several;
    List<Measure> known =
        MEASURES.stream()
            .filter(m -> combinations.stream().anyMatch(c -> c.spread(part, m).n() > 0))
            .toList();
    measures = known.isEmpty() ? MEASURES : known;
  }

  /** The tables of one part, targets in the order of the cells. */
  static List<FiledTable> of(List<Combination> combinations, Part part) {
    Map<String, List<Combination>> byTarget = new LinkedHashMap<>();
    for (Combination combination : combinations) {
      byTarget
          .computeIfAbsent(combination.questions().target(), key -> new ArrayList<>())
          .add(combination);
    }
    List<FiledTable> tables = new ArrayList<>();
    byTarget.forEach((target, of) -> tables.add(new ResultTables(part, target, of).table()));
    return tables;
  }

  private FiledTable table() {
    List<List<String>> shown = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    Set<Place> best = new HashSet<>();
    boolean beside = false;
    for (Combination combination : combinations) {
      markBest(combination, shown.size(), best);
      shown.add(shown(combination));
      rows.add(row(combination));
      Optional<Published> published =
          part == Part.TEST ? Published.beside(combination) : Optional.empty();
      published.ifPresent(p -> shown.add(shown(combination, p)));
      published.ifPresent(p -> rows.add(row(combination, p)));
      beside |= published.isPresent();
    }
    NamedTable table =
        new NamedTable(
            FiledTable.fileName("results-" + part.key() + "-" + target),
            "Results on the " + part.key() + " set: " + target,
            caption(beside),
            new Table(columns(), shown),
            best);
    return new FiledTable(table, machineColumns(), rows);
  }

  private List<String> columns() {
    Stream<String> labels = varied.stream().map(Factor::name);
    Stream<String> values = measures.stream().map(Figures::named);
    return Stream.of(labels, values, Stream.of(SEEDS)).flatMap(s -> s).toList();
  }

  private List<String> shown(Combination combination) {
    List<String> cells = readable(combination);
    measures.forEach(m -> cells.add(Figures.spread(m, combination.spread(part, m))));
    cells.add(combination.seeds());
    return cells;
  }

  private List<String> shown(Combination combination, Published published) {
    List<String> cells = readable(combination);
    for (Measure measure : measures) {
      cells.add(Figures.value(measure, published.values().getOrDefault(measure, Double.NaN)));
    }
    cells.add(source(combination, published));
    return cells;
  }

  private List<String> readable(Combination combination) {
    List<String> labels = new ArrayList<>();
    varied.forEach(factor -> labels.add(combination.readable(factor.name())));
    return labels;
  }

  private static String source(Combination combination, Published published) {
    boolean same =
        combination.cells().stream()
            .flatMap(cell -> cell.result().stream())
            .allMatch(result -> result.test().records() == published.records());
    return same ? "published" : "published, of " + Figures.count(published.records()) + " records";
  }

  /** Marks what no other finished combination surpasses on the same records, as it is shown. */
  private void markBest(Combination combination, int row, Set<Place> best) {
    List<Combination> rivals =
        combinations.stream()
            .filter(other -> other.complete() && other.questions().equals(combination.questions()))
            .toList();
    if (rivals.size() < 2 || !combination.complete()) {
      return;
    }
    for (int i = 0; i < measures.size(); i++) {
      Measure measure = measures.get(i);
      double sign = measure.greaterIsBetter() ? 1 : -1;
      double most =
          rivals.stream()
              .mapToDouble(other -> sign * other.spread(part, measure).mean())
              .filter(value -> !Double.isNaN(value))
              .max()
              .orElse(Double.NaN);
      String own = Figures.value(measure, combination.spread(part, measure).mean());
      if (!own.equals(Table.NONE) && own.equals(Figures.value(measure, sign * most))) {
        best.add(new Place(row, varied.size() + i));
      }
    }
  }

  private String caption(boolean beside) {
    StringBuilder caption = new StringBuilder();
    caption.append("Mean \u00b1 standard deviation of the sample over seeds, of the weights that");
    caption.append(" were best on the validation set, in percent; the loss is the mean");
    caption.append(
        " cross-entropy in nats, whatever was trained with. What stands out is the best");
    caption.append(" on its records, of combinations whose seeds are all done.");
    List<String> constant =
        factors.stream()
            .filter(factor -> !varied.contains(factor))
            .map(f -> f.name() + " " + Factor.readable(f.name(), f.labels().get(0)))
            .toList();
    if (!constant.isEmpty()) {
      caption.append(" All have ").append(String.join(", ", constant)).append('.');
    }
    if (beside) {
      caption.append(' ').append(Published.NOTE);
    }
    return caption.toString();
  }

  private List<String> machineColumns() {
    List<String> columns = new ArrayList<>();
    factors.forEach(factor -> columns.add(factor.name()));
    columns.addAll(List.of("source", "split", "seeds_planned", "seeds_done"));
    for (Measure measure : Measure.values()) {
      columns.add(measure.key() + "_mean");
      columns.add(measure.key() + "_deviation");
    }
    return columns;
  }

  private List<Object> labels(Combination combination) {
    List<Object> labels = new ArrayList<>();
    factors.forEach(factor -> labels.add(combination.label(factor.name())));
    return labels;
  }

  private List<Object> row(Combination combination) {
    List<Object> row = labels(combination);
    row.add("ours");
    row.add(combination.questions().splitColumn());
    row.add(combination.cells().size());
    row.add(combination.done());
    for (Measure measure : Measure.values()) {
      Spread spread = combination.spread(part, measure);
      row.add(spread.mean());
      row.add(spread.deviation());
    }
    return row;
  }

  private List<Object> row(Combination combination, Published published) {
    List<Object> row = labels(combination);
    row.add("published");
    row.add(published.split());
    row.add(null);
    row.add(null);
    for (Measure measure : Measure.values()) {
      row.add(published.values().get(measure));
      row.add(null);
    }
    return row;
  }
}
