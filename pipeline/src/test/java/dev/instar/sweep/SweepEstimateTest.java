package dev.instar.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.instar.sweep.SweepEstimate.Estimated;
import dev.instar.sweep.SweepEstimate.Pace;
import dev.instar.sweep.SweepEstimate.Timing;
import dev.instar.train.StepTiming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SweepEstimateTest {
  private static final Timing NONE = (model, recipe, classes) -> Optional.empty();
  private static final String PLAN =
      "pack: p\nmetadata: split.tsv\nset: {epochs: 2, batch: 4}\naxes:\n"
          + "  size: [small, large]\n  task: [insect_order]\n  model: [resnet18, resnet50]\n"
          + "repeats: 2\n";

  @TempDir Path folder;

  @Test
  void whatTakesLongestComesFirstAndTiesStayInTheOrderOfThePlan() throws Exception {
    Timing timing =
        (model, recipe, classes) ->
            Optional.of(new StepTiming(model.equals("resnet18") ? 3 : 1, 0.5, "cpu"));

    SweepEstimate estimate = estimate(PLAN, timing);

    assertThat(estimate.complete()).isTrue();
    assertThat(estimate.cells())
        .extracting(each -> each.cell().name().replace("_insect_order", "").replace("_ce", ""))
        .containsExactly(
            "large_resnet18_s1",
            "large_resnet18_s2",
            "small_resnet18_s1",
            "small_resnet18_s2",
            "large_resnet50_s1",
            "large_resnet50_s2",
            "small_resnet50_s1",
            "small_resnet50_s2");
    Estimated first = estimate.cells().get(0);
    assertThat(first.sizes()).isEqualTo(new SplitSizes(9, 3, 3, 2));
    // 2 epochs of 9 and a third of 3 pictures, a third of 3 + 3 in the end; 2 epochs of 3 steps
    assertThat(first.seconds()).isCloseTo(3 * (2 * (9 + 1) + 2) + 0.5 * 6, within(1e-9));
    assertThat(estimate.paces())
        .extracting(Pace::imagesPerSecond)
        .containsExactly(4 / (4 * 3 + 0.5), 4 / (4 * 1 + 0.5));
    assertThat(estimate.planned().get(0).seconds()).isEqualTo(first.seconds());
  }

  @Test
  void withoutTimesPicturesAndParametersDecide() throws Exception {
    SweepEstimate estimate = estimate(PLAN, NONE);

    assertThat(estimate.complete()).isFalse();
    assertThat(estimate.cells()).allSatisfy(each -> assertThat(each.seconds()).isZero());
    assertThat(estimate.cells())
        .extracting(each -> each.cell().factors().get("model"))
        .startsWith("resnet50", "resnet50", "resnet50");
    assertThat(estimate.cells().get(7).cell().name()).startsWith("small_insect_order_resnet18");
  }

  @Test
  void whatCannotBeTimedSaysWhyAndIsPlannedAllTheSame() throws Exception {
    SweepEstimate estimate =
        estimate(
            PLAN,
            (model, recipe, classes) -> {
              throw new IllegalStateException("out of memory\nat some place");
            });

    assertThat(estimate.cells()).hasSize(8);
    assertThat(estimate.paces()).extracting(Pace::why).containsOnly("out of memory");
  }

  @Test
  void cellsThatAreDoneTellWhatTheirKindTakes() throws Exception {
    SweepPlan plan = plan(PLAN);
    Cell done = plan.cells().get(0);
    List<String> timed = new ArrayList<>();
    CellFolder own = Sweep.folder(folder.resolve("sweep"), done);
    Files.createDirectories(own.path());
    own.write(result(done, 1, 80));

    SweepEstimate estimate =
        SweepEstimate.of(
            plan.cells(),
            folder.resolve("sweep"),
            (model, recipe, classes) -> {
              timed.add(model);
              return Optional.of(new StepTiming(1, 0, "cpu"));
            });

    assertThat(timed).containsExactly("resnet50");
    // One epoch of 6 pictures and a third of 6 took 80 seconds.
    Estimated same =
        estimate.cells().stream().filter(each -> each.cell().equals(done)).findFirst().get();
    assertThat(same.done()).isTrue();
    assertThat(same.seconds()).isCloseTo(10 * (2 * 8 + 4), within(1e-9));
    assertThat(estimate.paces().get(0).fromResults()).isTrue();
    assertThat(estimate.cells()).filteredOn(Estimated::done).hasSize(1);
    double others =
        estimate.cells().stream().filter(e -> !e.done()).mapToDouble(Estimated::seconds).sum();
    assertThat(estimate.makespan(1)).isCloseTo(others, within(1e-6));
  }

  @Test
  void atOnceTheLongestOfWhatWaitsGoesWhereRoomIs() {
    List<Estimated> cells = new ArrayList<>();
    for (double seconds : new double[] {5, 4, 3, 3, 3}) {
      cells.add(
          new Estimated(cell("c" + cells.size()), new SplitSizes(2, 1, 1, 2), 1, seconds, false));
    }
    SweepEstimate estimate = new SweepEstimate(cells, List.of());

    assertThat(estimate.makespan(1)).isEqualTo(18);
    assertThat(estimate.makespan(2)).isEqualTo(10); // 5 + 3, 4 + 3 + 3
    assertThat(estimate.makespan(5)).isEqualTo(5);
    assertThat(estimate.makespan(99)).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "size: medium | lacks the column medium_insect_order",
        "split_column: small_insect_order; target: genus | lacks the column genus",
        "split_column: order; target: order | column order says 'Diptera'",
        "split_column: small_insect_order; target: class | of 1 classes of class: a network needs two",
        "split_column: test_only; target: order | of 0 classes of order",
        "split_column: no_validation; target: order | no_validation has no rows for validation",
      })
  void aTableThatLacksWhatIsNeededIsRefusedByName(String data, String sentence) throws Exception {
    String plan =
        "pack: p\nmetadata: split.tsv\nmodel: resnet18\naxes: {}\n"
            + (data.startsWith("size") ? "task: insect_order\n" : "")
            + data.replace("; ", "\n")
            + "\n";

    assertThatThrownBy(() -> estimate(plan, NONE))
        .hasMessageContaining("split.tsv")
        .hasMessageContaining(sentence);
  }

  @Test
  void aRankIsFoundUnderTheNameThatTheTableGivesIt() throws Exception {
    String plan =
        "pack: p\nmetadata: split.tsv\nmodel: resnet18\naxes: {}\n"
            + "split_column: small_insect_order\ntarget: Order\n";

    assertThat(estimate(plan, NONE).cells().get(0).sizes()).isEqualTo(new SplitSizes(6, 6, 6, 2));
  }

  private SweepEstimate estimate(String yaml, Timing timing) throws IOException {
    return SweepEstimate.of(plan(yaml).cells(), folder.resolve("sweep"), timing);
  }

  /** Small: 6 rows of each part. Large: 9, 3 and 3. One class has no row to learn from. */
  private SweepPlan plan(String yaml) throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add(
        "image_file\tclass\torder\tsmall_insect_order\tlarge_insect_order\ttest_only\tno_validation");
    String[] small = {"train", "validation", "test"};
    String[] large = {"train", "train", "train", "validation", "test"};
    for (int i = 0; i < 18; i++) {
      rows.add(
          String.join(
              "\t",
              "p" + i + ".jpg",
              "Insecta",
              i % 2 == 0 ? "Diptera" : "Hymenoptera",
              small[i % 3],
              i < 15 ? large[i % 5] : "no_split",
              "test",
              "train"));
    }
    rows.add("q.jpg\tInsecta\tOdonata\ttest\ttest\ttest\ttest");
    rows.add("r.jpg\tInsecta\tnot_classified\ttrain\ttrain\ttest\ttrain");
    Files.write(folder.resolve("split.tsv"), rows);
    return SweepPlan.read(Files.writeString(folder.resolve("plan.yaml"), yaml));
  }

  private static CellResult result(Cell cell, int epochs, double seconds) {
    Scores none = new Scores(1, 1, Map.of());
    Provenance provenance = new Provenance(Map.of(), List.of(), Map.of(), Map.of(), List.of());
    return new CellResult(
        CellResult.FORMAT,
        cell.name(),
        cell.factors(),
        cell.splitColumn(),
        cell.target(),
        cell.model(),
        none,
        none,
        epochs,
        1,
        1,
        true,
        0,
        seconds,
        1,
        provenance);
  }

  private static Cell cell(String name) {
    return new Cell(
        name,
        Map.of("seed", "1"),
        Path.of("/p"),
        Path.of("/t"),
        "s",
        "order",
        "resnet18",
        Optional.empty(),
        "paper",
        List.of(),
        1);
  }
}
