package dev.instar.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SplitTableTest {
  private static final String COLUMNS = "sampleid\torder\tfamily";

  @TempDir private Path folder;

  @Test
  void spellingsOfNothingAreOneClassToTheReferenceAndNoneToUs() throws IOException {
    List<String> rows = new ArrayList<>();
    for (String family :
        List.of(
            "Aidae",
            "",
            "NA",
            "nan",
            "None",
            "null",
            "N/A",
            "not_classified",
            "Aidae",
            "",
            "NA",
            "Aidae")) {
      rows.add("S" + rows.size() + "\tDiptera\t" + family);
    }
    Path file = TsvTable.of(COLUMNS, rows).write(folder.resolve("missing.tsv"));

    ExperimentSplit reference =
        only(SplitTable.of(file, plan(true, Experiment.LARGE_DIPTERA_FAMILY), 1));
    assertThat(reference.classes().classes()).containsExactly("nan", "Aidae");
    assertThat(reference.classes().train()).containsExactly(5, 1);
    assertThat(reference.dropped()).extracting(DroppedClass::name).containsExactly("None");

    ExperimentSplit mended =
        only(SplitTable.of(file, plan(false, Experiment.LARGE_DIPTERA_FAMILY), 1));
    assertThat(mended.classes().classes()).containsExactly("Aidae");
    assertThat(mended.column().count(Subset.NO_SPLIT)).isEqualTo(9);
    assertThat(mended.dropped()).isEmpty();
  }

  @Test
  void theReferenceKeepsDroppedOrdersInItsClassMapAndWeDoNot() throws IOException {
    Path file = table(List.of("Diptera", "Diptera", "Diptera", "Zoraptera"));
    ExperimentSplit reference =
        only(SplitTable.of(file, plan(true, Experiment.LARGE_INSECT_ORDER), 1));
    assertThat(reference.classes().classes()).containsExactly("Diptera", "Zoraptera");
    assertThat(reference.classes().train()).containsExactly(1, 0);

    ExperimentSplit mended =
        only(SplitTable.of(file, plan(false, Experiment.LARGE_INSECT_ORDER), 1));
    assertThat(mended.classes().classes()).containsExactly("Diptera");
    assertThat(mended.dropped()).containsExactly(new DroppedClass("Zoraptera", 1, "3 are needed"));
  }

  @Test
  void theReferenceNumbersTheClassesOfASubsetByTheTestSetOfItsParent() throws IOException {
    List<String> rows = new ArrayList<>();
    addRows(rows, "Aoptera", 10, 9, 2);
    addRows(rows, "Boptera", 20, 5, 8);
    addRows(rows, "Coptera", 15, 6, 5);
    Path file =
        TsvTable.of(COLUMNS + "\tlarge_insect_order", rows).write(folder.resolve("parent.tsv"));

    assertThat(subset(file, true).classes().classes())
        .containsExactly("Boptera", "Coptera", "Aoptera");
    // 21 training records, 7 of each class: the first that the table mentions has number 0.
    assertThat(subset(file, false).classes().classes())
        .containsExactly("Aoptera", "Boptera", "Coptera");
    assertThat(subset(file, false).classes().train()).containsExactly(7, 7, 7);
  }

  @Test
  void aColumnThatUsesNoRecordWasNeverMade() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add("S" + i + "\tColeoptera\t\tno_split");
    }
    Path file =
        TsvTable.of(COLUMNS + "\tlarge_insect_order", rows).write(folder.resolve("empty.tsv"));
    ExperimentSplit orders =
        only(SplitTable.of(file, plan(false, Experiment.LARGE_INSECT_ORDER), 1));
    assertThat(orders.published()).isFalse();
    assertThat(orders.column().count(Subset.TRAIN)).isEqualTo(7);
  }

  @Test
  void fewRecordsOutsideTheFamilySetsAreNotUsedAndTheirOrderStays() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      rows.add("S" + i + "\tDiptera\t" + (i < 10 ? "Psilidae" : ""));
    }
    Path file = TsvTable.of(COLUMNS, rows).write(folder.resolve("remainder.tsv"));
    ExperimentSplit orders =
        only(SplitTable.of(file, plan(false, Experiment.LARGE_INSECT_ORDER), 1));
    assertThat(orders.classes().classes()).containsExactly("Diptera");
    assertThat(orders.column().count(Subset.NO_SPLIT)).isEqualTo(2);
    assertThat(orders.dropped())
        .containsExactly(
            new DroppedClass(
                "Diptera", 2, "those outside the family sets, 3 are needed; the others are used"));
  }

  @Test
  void repeatedIdsAreCounted() throws IOException {
    Path file =
        TsvTable.of(
                COLUMNS, List.of("A\tDiptera\t", "B\tDiptera\t", "A\tDiptera\t", "A\tDiptera\t"))
            .write(folder.resolve("repeated.tsv"));
    assertThat(SplitTable.of(file, plan(false, Experiment.LARGE_INSECT_ORDER), 1).repeatedIds())
        .isEqualTo(2);
  }

  @Test
  void rowsThatShareABarcodeAreCountedWhateverPadsIt() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add("S" + i + "\tColeoptera\t\t" + (i % 2 == 0 ? "ACGTACGT" : "ACGTACGTNN"));
    }
    Path file = TsvTable.of(COLUMNS + "\tnucraw", rows).write(folder.resolve("barcodes.tsv"));
    ExperimentSplit orders =
        only(SplitTable.of(file, plan(false, Experiment.LARGE_INSECT_ORDER), 1));
    assertThat(orders.leakage()).containsOnlyKeys(Grouping.BARCODE);
    assertThat(orders.leakage().get(Grouping.BARCODE)).isEqualTo(new Leakage(20, 20));
  }

  private Path table(List<String> orders) throws IOException {
    List<String> rows = new ArrayList<>();
    orders.forEach(order -> rows.add("S" + rows.size() + "\t" + order + "\t"));
    return TsvTable.of(COLUMNS, rows).write(folder.resolve("orders.tsv"));
  }

  private static void addRows(
      List<String> rows, String order, int train, int validation, int test) {
    for (int i = 0; i < train + validation + test; i++) {
      String set = i < train ? "train" : i < train + validation ? "validation" : "test";
      rows.add(order + i + "\t" + order + "\t\t" + set);
    }
  }

  private static ExperimentSplit subset(Path file, boolean reference) throws IOException {
    return only(SplitTable.of(file, plan(reference, Experiment.SMALL_INSECT_ORDER), 1));
  }

  private static ExperimentSplit only(SplitTable table) {
    assertThat(table.experiments()).hasSize(1);
    return table.experiments().get(0);
  }

  private static SplitPlan plan(boolean reference, Experiment experiment) {
    return new SplitPlan(
        EnumSet.of(experiment),
        Set.of(),
        1,
        reference,
        Optional.empty(),
        Strategy.BALANCED,
        30,
        40);
  }
}
