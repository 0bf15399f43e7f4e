package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.report.NamedTable.Place;
import dev.instar.sweep.CellState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResultTablesTest {
  private static FiledTable table(List<CellReport> cells, Part part) {
    List<FiledTable> tables = ResultTables.of(Combination.of(cells), part);
    assertThat(tables).hasSize(1);
    return tables.get(0);
  }

  private static List<CellReport> cells() {
    List<CellReport> cells = new ArrayList<>();
    for (String model : List.of("resnet50", "vit_base_patch16_224")) {
      for (int seed = 1; seed <= 3; seed++) {
        Map<String, String> factors =
            MadeUpSweep.factors("task=insect_order", "model=" + model, "loss=ce", "seed=" + seed);
        double top1 = model.startsWith("vit") ? 0.97 : 0.95;
        cells.add(MadeUpSweep.done(factors, top1 + 0.001 * seed));
      }
    }
    return cells;
  }

  @Test
  void hasMeansAndDeviationsOverSeedsAndWhatWasPublishedBelow() {
    FiledTable table = table(cells(), Part.TEST);
    assertThat(table.shown().name()).isEqualTo("results-test-order");
    assertThat(table.shown().table().columns().get(0)).isEqualTo("model");
    assertThat(table.shown().table().columns()).endsWith("loss", "seeds").doesNotContain("task");
    List<List<String>> rows = table.shown().table().rows();
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0)).startsWith("ResNet-50", "95.20 \u00b1 0.10").endsWith("3");
    assertThat(rows.get(1)).startsWith("ViT-B/16", "97.20 \u00b1 0.10").endsWith("3");
    assertThat(rows.get(2)).startsWith("ViT-B/16", "97.86", "99.66", "85.01", "85.84", "97.86");
    assertThat(rows.get(2)).endsWith("\u2013", "published");
    assertThat(table.shown().caption())
        .contains("All have task Insect order, loss Cross-entropy.", "one run");
  }

  @Test
  void putsNothingPublishedBesideOtherDataOrTheValidationSet() {
    assertThat(table(cells(), Part.VALIDATION).rows()).hasSize(2);
    List<CellReport> focal = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      focal.add(
          MadeUpSweep.done(
              MadeUpSweep.factors("model=vit_base_patch16_224", "loss=focal", "seed=" + seed),
              0.9));
    }
    assertThat(table(focal, Part.TEST).rows()).hasSize(1);
    assertThat(table(focal, Part.TEST).shown().caption()).doesNotContain("Published");
  }

  @Test
  void marksTheBestOfEachColumnAmongThoseThatAreComplete() {
    assertThat(table(cells(), Part.TEST).shown().best())
        .containsExactlyInAnyOrder(
            new Place(1, 1),
            new Place(1, 2),
            new Place(1, 3),
            new Place(1, 4),
            new Place(1, 5),
            new Place(1, 6));
    List<CellReport> cells = cells();
    cells.set(5, MadeUpSweep.unfinished(cells.get(5).cell().factors(), CellState.RUNNING, ""));
    assertThat(table(cells, Part.TEST).shown().best()).isEmpty();
  }

  @Test
  void showsWhatIsNotFinishedAsSuch() {
    List<CellReport> cells = cells();
    cells.set(1, MadeUpSweep.unfinished(cells.get(1).cell().factors(), CellState.FAILED, "no"));
    for (int i = 3; i < 6; i++) {
      cells.set(i, MadeUpSweep.unfinished(cells.get(i).cell().factors(), CellState.PENDING, ""));
    }
    List<List<String>> rows = table(cells, Part.TEST).shown().table().rows();
    assertThat(rows.get(0)).startsWith("ResNet-50", "95.20 \u00b1 0.14");
    assertThat(rows.get(0)).endsWith("2 of 3 (1 failed)");
    assertThat(rows.get(1)).startsWith("ViT-B/16", "\u2013").endsWith("0 of 3 (3 pending)");
    assertThat(rows).hasSize(2);
  }

  @Test
  void publishedNumbersAreThoseOfTheProjectsPage() {
    Map<String, Double> classes =
        Published.beside(Combination.of(large()).get(0)).orElseThrow().top1ByClass();
    assertThat(classes).hasSize(16).containsEntry("Diptera", 1.0).containsEntry("Plecoptera", 0.67);
    assertThat(classes.values().stream().mapToDouble(v -> v).average().orElseThrow())
        .isEqualTo(0.9075); // macro top-1 of 90.61 but for the figure's two digits
  }

  private static List<CellReport> large() {
    return List.of(
        MadeUpSweep.done(
            MadeUpSweep.factors("size=large", "model=vit_base_patch16_224", "loss=ce", "seed=1"),
            0.99));
  }

  @Test
  void saysOfHowManyRecordsWhatWasPublishedIsIfOursAreOthers() {
    assertThat(table(large(), Part.TEST).shown().table().rows().get(1))
        .endsWith("published, of 225,660 records");
  }
}
