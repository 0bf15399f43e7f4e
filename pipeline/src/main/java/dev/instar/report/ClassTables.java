package dev.instar.report;

import dev.instar.sweep.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The long tail: the accuracy of each class of a test set, the most frequent first, with a column a
 * combination of those that were tested on it.
 */
final class ClassTables {
  private final String name;
  private final List<ClassAccuracies> accuracies;
  private final Map<String, Long> records;
  private final List<Factor> factors;
  private final Map<String, Double> published;

  private ClassTables(String name, List<ClassAccuracies> accuracies) {
    this.name = name;
    this.accuracies = accuracies;
    records = new LinkedHashMap<>();
    accuracies.forEach(of -> of.records().forEach(records::putIfAbsent));
    factors =
        Factor.of(accuracies.stream().flatMap(of -> of.combination().cells().stream()).toList());
    published =
        accuracies.stream()
            .flatMap(of -> Published.beside(of.combination()).stream())
            .findFirst()
            .map(Published::top1ByClass)
            .orElse(Map.of());
  }

  /** A table of each set of test records, of those whose evaluations are there. */
  static List<FiledTable> of(List<ClassAccuracies> all) {
    Map<Questions, List<ClassAccuracies>> groups = new LinkedHashMap<>();
    for (ClassAccuracies of : all) {
      if (!of.records().isEmpty()) {
        groups.computeIfAbsent(of.combination().questions(), key -> new ArrayList<>()).add(of);
      }
    }
    List<FiledTable> tables = new ArrayList<>();
    Map<String, Integer> taken = new LinkedHashMap<>();
    groups.forEach(
        (questions, of) -> {
          String split = questions.splitColumn();
          int number = taken.merge(split, 1, Integer::sum);
          String name = number == 1 ? split : split + "-" + number;
          tables.add(new ClassTables(name, of).table(questions));
        });
    return tables;
  }

  private FiledTable table(Questions questions) {
    List<String> columns = new ArrayList<>(List.of(questions.target(), "records"));
    accuracies.forEach(of -> columns.add(label(of.combination())));
    if (!published.isEmpty()) {
      columns.add("published");
    }
    NamedTable shown =
        new NamedTable(
            FiledTable.fileName("classes-" + name),
            "Accuracy of each " + questions.target() + " on the test set: " + name,
            caption(),
            new Table(columns, records.keySet().stream().map(this::shown).toList()));
    return new FiledTable(shown, machineColumns(), rows());
  }

  private String label(Combination combination) {
    String label =
        factors.stream()
            .filter(factor -> factor.labels().size() > 1)
            .map(factor -> combination.readable(factor.name()))
            .collect(Collectors.joining(" "));
    return label.isEmpty() ? "accuracy (%)" : label;
  }

  private String caption() {
    StringBuilder caption = new StringBuilder();
    caption.append("Mean \u00b1 standard deviation of the sample over seeds, in percent: the part");
    caption.append(" of the records of a class whose likeliest class is the right one. What few");
    caption.append(" records say is uncertain, however little seeds differ.");
    if (!published.isEmpty()) {
      caption.append(" Published numbers are read off a figure with two digits.");
    }
    List<String> faults = accuracies.stream().flatMap(of -> of.faults().stream()).toList();
    if (!faults.isEmpty()) {
      caption.append(" Missing: ").append(String.join("; ", faults)).append('.');
    }
    return caption.toString();
  }

  private List<String> shown(String className) {
    List<String> cells = new ArrayList<>();
    cells.add(className);
    cells.add(Figures.count(records.get(className)));
    accuracies.forEach(of -> cells.add(Figures.spread(Measure.TOP1, of.spread(className))));
    if (!published.isEmpty()) {
      cells.add(
          Optional.ofNullable(published.get(className))
              .map(value -> Figures.number(100 * value, 0))
              .orElse(Table.NONE));
    }
    return cells;
  }

  private List<String> machineColumns() {
    List<String> columns = new ArrayList<>();
    factors.forEach(factor -> columns.add(factor.name()));
    columns.addAll(
        List.of("class", "records", "n", "top1_mean", "top1_deviation", "top1_published"));
    return columns;
  }

  private List<List<Object>> rows() {
    List<List<Object>> rows = new ArrayList<>();
    for (ClassAccuracies of : accuracies) {
      boolean beside = Published.beside(of.combination()).isPresent();
      of.records()
          .forEach(
              (className, count) -> {
                List<Object> row = new ArrayList<>();
                factors.forEach(factor -> row.add(of.combination().label(factor.name())));
                Spread spread = of.spread(className);
                row.add(className);
                row.add(count);
                row.add(spread.n());
                row.add(spread.mean());
                row.add(spread.deviation());
                row.add(beside ? published.get(className) : null);
                rows.add(row);
              });
    }
    return rows;
  }
}
