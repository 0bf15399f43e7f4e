package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.InputException;
import dev.instar.sweep.Cell;
import dev.instar.sweep.CellState;
import dev.instar.sweep.Measure;
import dev.instar.sweep.Sweep;
import dev.instar.sweep.Sweep.PlannedCell;
import dev.instar.sweep.SweepPlan;
import dev.instar.testing.SampleSweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SweepReportTest {
  private static final String SETTINGS =
      """
      {"model": "resnet18", "split": "small_insect_order", "target": "order", "seed": "7",
       "recipe.loss.kind": "ce"}
      """;

  private static final String RESULT =
      """
      {"folder": "x", "finished": true, "early": false, "epochs": 9, "steps": 90, "skipped": 0,
       "best": [{"epoch": 6, "top1": 0.8, "top3": 0.9, "top5": 0.95, "macro_top1": 0.7,
         "macro_f1": 0.6, "loss": 0.5}],
       "seconds": 12.5, "images_per_second": 100.0, "stage_seconds": {}, "device": "cpu"}
      """;

  @TempDir private Path folder;

  private static final String PLAN =
      """
      name: two-losses
      pack: pack.h5
      metadata: split.tsv
      split_column: fold
      target: order
      model: resnet18
      axes:
        loss: [focal, ce]
      repeats: 2
      """;

  @Test
  void readsASweepInTheOrderOfItsPlanHoweverItIsRun() throws IOException {
    SweepPlan plan = SweepPlan.read(Files.writeString(folder.resolve("plan.yaml"), PLAN));
    List<PlannedCell> planned = new ArrayList<>();
    plan.cells().forEach(cell -> planned.add(0, new PlannedCell(cell, 1)));
    Sweep sweep = Sweep.create(folder.resolve("sweep"), plan, planned);
    Cell done = plan.cells().get(1);
    Files.createDirectories(sweep.folder(done).path());
    sweep.folder(done).write(MadeUpSweep.result(done, 0.75));
    Cell damaged = plan.cells().get(2);
    Files.createDirectories(sweep.folder(damaged).path());
    Files.writeString(sweep.folder(damaged).path().resolve("result.json"), "{");

    SweepReport report = SweepReport.of(Sweep.open(folder.resolve("sweep")));
    assertThat(report.name()).isEqualTo("two-losses");
    assertThat(report.cells()).extracting(CellReport::cell).isEqualTo(plan.cells());
    assertThat(report.cells())
        .extracting(CellReport::state)
        .containsExactly(
            CellState.PENDING, CellState.DONE, CellState.INTERRUPTED, CellState.PENDING);
    assertThat(report.results()).containsExactly(MadeUpSweep.result(done, 0.75));
    NamedTable first = SweepTables.of(report).tables().get(0);
    assertThat(first.table().rows().get(0))
        .startsWith("Focal", "75.00")
        .endsWith("1 of 2 (1 pending)");
    assertThat(first.table().rows().get(1)).startsWith("Cross-entropy", "\u2013");
  }

  @Test
  void takesATrainingForASweepOfOneCell() throws IOException {
    Files.writeString(folder.resolve("run.json"), SETTINGS);
    Files.writeString(folder.resolve("result.json"), RESULT);
    SweepReport report = SweepReport.ofRun(folder);
    assertThat(report.name()).isEqualTo(folder.getFileName().toString());
    CellReport cell = report.cells().get(0);
    assertThat(cell.state()).isEqualTo(CellState.DONE);
    assertThat(cell.cell().seed()).isEqualTo(7);
    assertThat(cell.result().orElseThrow().bestEpoch()).isEqualTo(7);
    assertThat(cell.result().orElseThrow().validation().values())
        .containsEntry(Measure.MACRO_F1, 0.6);
    assertThat(cell.result().orElseThrow().test().values()).isEmpty();
    NamedTable first = SweepTables.of(report).tables().get(0);
    assertThat(first.table().rows()).hasSize(1);
    assertThat(first.table().rows().get(0)).startsWith("resnet18", "Cross-entropy", "\u2013");
  }

  @Test
  void takesTheScoresOfEvaluationsThatAreThere() throws IOException {
    CellReport sample = SampleSweep.small(folder).report().cells().get(0);
    Path run = sample.run();
    Files.writeString(run.resolve("run.json"), SETTINGS);
    Files.writeString(run.resolve("result.json"), RESULT);
    CellReport cell = SweepReport.ofRun(run).cells().get(0);
    assertThat(cell.result().orElseThrow().test().records())
        .isEqualTo(sample.result().orElseThrow().test().records());
    assertThat(cell.result().orElseThrow().validation().values())
        .containsKey(Measure.CALIBRATION_ERROR);
  }

  @Test
  void showsATrainingWithoutAResultAsInterrupted() throws IOException {
    Files.writeString(folder.resolve("run.json"), SETTINGS);
    assertThat(SweepReport.ofRun(folder).cells().get(0).state()).isEqualTo(CellState.INTERRUPTED);
    Files.writeString(folder.resolve("result.json"), RESULT.replace("\"finished\": true", "7"));
    assertThatThrownBy(() -> SweepReport.ofRun(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("result.json is damaged");
  }

  @Test
  void refusesOtherFolders() throws IOException {
    assertThatThrownBy(() -> SweepReport.ofRun(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("neither the folder of a sweep");
    Files.writeString(folder.resolve("run.json"), "{\"detector\": \"detr\"}");
    assertThatThrownBy(() -> SweepReport.ofRun(folder)).isInstanceOf(InputException.class);
  }
}
