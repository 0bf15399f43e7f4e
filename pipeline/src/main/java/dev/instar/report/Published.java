package dev.instar.report;

import dev.instar.sweep.Cell;
import dev.instar.sweep.CellResult;
import dev.instar.sweep.Measure;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Scores on a test set that the authors of the reference published. Where they come from stands in
 * {@code published.tsv} and {@code published-classes.tsv}.
 *
 * @param split the column of the published table
 * @param classes of the test set
 * @param records of the test set
 * @param values parts of 1
 */
record Published(
    String split,
    String model,
    String loss,
    int classes,
    int records,
    Map<Measure, Double> values) {
  /** What is to be known about all of them. */
  static final String NOTE =
      "Published numbers are of one run as far as can be told; they give neither a seed nor a deviation. Of the large set of orders they give a top-1 of 99.69% and a micro F1 of 99.62%, which are the same by definition.";

  private static final String LOSS = "loss.kind";
  private static final List<Published> ALL =
      rows("published.tsv").stream().map(Published::of).toList();
  private static final List<Map<String, String>> CLASSES = rows("published-classes.tsv");

  /**
   * What was published of the same network with the same loss on the same split, if its test set
   * has as many classes: a table of one's own may use the same names.
   */
  static Optional<Published> beside(Combination combination) {
    return combination.cells().stream()
        .filter(cell -> cell.result().isPresent())
        .findFirst()
        .flatMap(
            cell ->
                ALL.stream()
                    .filter(p -> p.matches(cell.cell(), cell.result().orElseThrow()))
                    .findFirst());
  }

  /** The top-1 of each class by its name, where that was published too. */
  Map<String, Double> top1ByClass() {
    Map<String, Double> byClass = new LinkedHashMap<>();
    CLASSES.stream()
        .filter(row -> row.get("split").equals(split))
        .forEach(row -> byClass.put(row.get("class"), share(row.get("top1"))));
    return byClass;
  }

  private boolean matches(Cell cell, CellResult result) {
    return cell.splitColumn().equals(split)
        && cell.model().equals(model)
        && result.test().classes() == classes
        && loss(cell, result).filter(loss::equalsIgnoreCase).isPresent();
  }

  /** The loss that a cell was trained with: its own setting, or what its recipe came to. */
  private static Optional<String> loss(Cell cell, CellResult result) {
    Stream<String> own =
        cell.changes().stream()
            .filter(change -> change.startsWith(LOSS + "="))
            .map(change -> change.substring(LOSS.length() + 1).strip());
    Optional<String> noted =
        Optional.ofNullable(result.provenance().options().get("recipe." + LOSS));
    return own.reduce((earlier, later) -> later).or(() -> noted);
  }

  private static Published of(Map<String, String> row) {
    Map<Measure, Double> values = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      // The column "loss" says which one was minimised.
      if (measure.isShare() && row.containsKey(measure.key())) {
        values.put(measure, share(row.get(measure.key())));
      }
    }
    return new Published(
        row.get("split"),
        row.get("model"),
        row.get("loss"),
        Integer.parseInt(row.get("classes")),
        Integer.parseInt(row.get("records")),
        values);
  }

  private static double share(String percent) {
    return Double.parseDouble(percent) / 100;
  }

  /** The lines of a table by their columns' names. */
  private static List<Map<String, String>> rows(String resource) {
    List<List<String>> lines =
        Resource.text(resource)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> Arrays.asList(line.split("\t")))
            .toList();
    return lines.stream().skip(1).map(line -> row(lines.get(0), line)).toList();
  }

  private static Map<String, String> row(List<String> names, List<String> line) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), line.get(i));
    }
    return row;
  }
}
