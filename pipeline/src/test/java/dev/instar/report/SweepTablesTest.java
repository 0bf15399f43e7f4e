package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.sweep.CellResult;
import dev.instar.sweep.CellState;
import dev.instar.sweep.Provenance;
import dev.instar.testing.SampleSweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SweepTablesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void writesEveryTableInEveryForm() throws IOException {
    SweepTables tables = SweepTables.of(MadeUpSweep.reference());
    assertThat(tables.tables())
        .extracting(NamedTable::name)
        .containsExactly(
            "results-test-order",
            "results-test-family",
            "effects",
            "interactions",
            "results-validation-order",
            "results-validation-family",
            "cells",
            "time",
            "commands");
    List<Path> files = tables.write(folder.resolve("made/for/it"));
    assertThat(files).hasSize(3 * 9 + 1).allMatch(Files::isRegularFile);
    assertThat(Files.readAllLines(folder.resolve("made/for/it/cells.csv"))).hasSize(73);
    assertThat(Files.readString(folder.resolve("made/for/it/report.json")))
        .isEqualTo(tables.json());
    assertThat(Files.readString(folder.resolve("made/for/it/commands.md")))
        .contains("instar train --note 'it'\\\\''s \\$5'");
  }

  /** What {@code report} finds where everything was trained again by somebody else. */
  private static CellReport again(CellReport cell) {
    CellResult of = cell.result().orElseThrow();
    Provenance provenance =
        new Provenance(
            of.provenance().code(),
            List.of(new Provenance.DataFile("pack", "/elsewhere/p.h5", 10, "sha256:00")),
            of.provenance().options(),
            Map.of("host", "another", "device", "cpu"),
            List.of("instar", "train", "--pack", "/elsewhere/p.h5"));
    CellResult result =
        new CellResult(
            of.format(),
            of.cell(),
            of.factors(),
            of.splitColumn(),
            of.target(),
            of.model(),
            of.validation(),
            of.test(),
            of.epochs(),
            of.bestEpoch(),
            of.steps(),
            of.early(),
            of.skipped(),
            of.seconds() * 2,
            of.imagesPerSecond() / 2,
            provenance);
    return new CellReport(
        cell.cell(), CellState.DONE, Optional.of(result), Optional.empty(), Path.of("/elsewhere"));
  }

  @Test
  void givesARerunTheSameNumbers() throws IOException {
    SweepReport first = MadeUpSweep.reference();
    SweepReport second =
        new SweepReport(first.name(), first.cells().stream().map(SweepTablesTest::again).toList());
    assertThat(SweepTables.of(first).json()).isEqualTo(SweepTables.of(first).json());
    JsonNode ours = JSON.readTree(SweepTables.of(first).json());
    JsonNode theirs = JSON.readTree(SweepTables.of(second).json());
    assertThat(theirs.path("numbers").toString()).isEqualTo(ours.path("numbers").toString());
    assertThat(theirs.path("runs")).isNotEqualTo(ours.path("runs"));
    assertThat(ours.path("numbers").path("combinations")).hasSize(24);
    assertThat(ours.path("runs")).hasSize(72);
  }

  @Test
  void tellsOfCellsThatFailedOrHaveNotBegun() throws IOException {
    List<CellReport> cells = new ArrayList<>(MadeUpSweep.reference().cells());
    cells.set(
        0, MadeUpSweep.unfinished(cells.get(0).cell().factors(), CellState.FAILED, "=no <pack>"));
    cells.set(1, MadeUpSweep.unfinished(cells.get(1).cell().factors(), CellState.PENDING, ""));
    SweepTables tables = SweepTables.of(new SweepReport("some", cells));
    NamedTable every =
        tables.tables().stream().filter(t -> t.name().equals("cells")).findFirst().orElseThrow();
    assertThat(every.table().rows().get(0)).contains("failed", "=no <pack>");
    assertThat(every.table().rows().get(1)).contains("pending");
    JsonNode run = JSON.readTree(tables.json()).path("runs").path(0);
    assertThat(run.path("failure").path("message").asText()).isEqualTo("=no <pack>");
  }

  @Test
  void saysLittleOfASweepThatHasNotBegun() throws IOException {
    List<CellReport> cells =
        MadeUpSweep.reference().cells().stream()
            .map(cell -> MadeUpSweep.unfinished(cell.cell().factors(), CellState.PENDING, ""))
            .toList();
    SweepTables tables = SweepTables.of(new SweepReport("new", cells));
    assertThat(tables.tables())
        .extracting(NamedTable::name)
        .containsExactly(
            "results-test-order",
            "results-test-family",
            "results-validation-order",
            "results-validation-family",
            "cells");
    assertThat(tables.write(folder)).allMatch(Files::isRegularFile);
  }

  @Test
  void hasTheAccuracyOfEachClassFromTheEvaluations() throws IOException {
    SweepReport report = SampleSweep.small(folder).report();
    Path damaged = report.cells().get(0).run().resolve("evaluation-test.json");
    NamedTable before = classes(report);
    assertThat(before.table().columns())
        .containsExactly(
            "order",
            "records",
            "ResNet-50 Cross-entropy",
            "ResNet-50 Focal",
            "ViT-B/16 Cross-entropy",
            "ViT-B/16 Focal");
    assertThat(before.table().rows()).hasSize(16);
    assertThat(before.table().rows().get(0).get(2)).contains("\u00b1");
    List<Integer> records =
        before.table().rows().stream().map(row -> Integer.valueOf(row.get(1))).toList();
    assertThat(records).isSortedAccordingTo((a, b) -> b - a);
    assertThat(records.stream().mapToInt(n -> n).sum())
        .isEqualTo(report.results().get(0).test().records());

    Files.writeString(damaged, "{");
    NamedTable after = classes(report);
    assertThat(after.caption()).contains("Missing: ", damaged.toString());
    assertThat(after.table().rows().get(0).get(2)).doesNotContain("\u00b1");
  }

  private static NamedTable classes(SweepReport report) throws IOException {
    return SweepTables.of(report).tables().stream()
        .filter(table -> table.name().equals("classes-small_insect_order"))
        .findFirst()
        .orElseThrow();
  }
}
