package dev.instar.report;

import dev.instar.sweep.Cell;
import dev.instar.sweep.CellResult;
import dev.instar.sweep.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Scores on a test set that the authors of the reference published. Where they come from stands in
 * {@code published.tsv}.
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
  private static final List<Published> ALL = read(Resource.text("published.tsv"));

  /**
   * What was published of the same network with the same loss on the same split, if its test set
   * has as many classes: a table of one's own may use the same names.
   */
  static Optional<Published> beside(Combination combination) {
    Optional<CellReport> cell =
        combination.cells().stream().filter(c -> c.result().isPresent()).findFirst();
    return cell.flatMap(
        c -> ALL.stream().filter(p -> p.matches(c.cell(), c.result().orElseThrow())).findFirst());
  }

  private boolean matches(Cell cell, CellResult result) {
    return cell.splitColumn().equals(split)
        && cell.model().equals(model)
        && result.test().classes() == classes
        && loss(cell, result).filter(loss::equals).isPresent();
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

  private static List<Published> read(String text) {
    List<String[]> lines =
        text.lines().filter(line -> !line.startsWith("#")).map(line -> line.split("\t")).toList();
    List<String> names = Arrays.asList(lines.get(0));
    List<Published> all = new ArrayList<>();
    for (String[] line : lines.subList(1, lines.size())) {
      Map<Measure, Double> values = new EnumMap<>(Measure.class);
      for (Measure measure : Measure.values()) {
        int column = names.indexOf(measure.key());
        if (column >= 0 && measure.isShare()) { // the column "loss" says which one
          values.put(measure, Double.parseDouble(line[column]) / 100);
        }
      }
      all.add(
          new Published(
              line[names.indexOf("split")],
              line[names.indexOf("model")],
              line[names.indexOf("loss")],
              Integer.parseInt(line[names.indexOf("classes")]),
              Integer.parseInt(line[names.indexOf("records")]),
              values));
    }
    return List.copyOf(all);
  }
}
