package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.evaluate.AverageK;
import dev.instar.evaluate.Bootstrap;
import dev.instar.evaluate.Evaluation;
import dev.instar.evaluate.MadeUp;
import dev.instar.evaluate.Predictions;
import dev.instar.evaluate.RankAccuracy;
import dev.instar.evaluate.WiderRank;
import dev.instar.loader.ClassName;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EvaluationPageTest {
  private static EvaluationReport report(int classes, int samples, String name) {
    Predictions predictions = MadeUp.random(classes, samples, 3);
    Evaluation evaluation = Evaluation.of(predictions);
    List<ClassName> names =
        IntStream.range(0, classes)
            .mapToObj(c -> new ClassName(name + c, Map.of("order", "Order" + c % 2)))
            .toList();
    List<Integer> ks = classes > 3 ? List.of(1, 3) : List.of(1);
    return new EvaluationReport(
        "run",
        "test",
        "family",
        names,
        evaluation,
        ks,
        AverageK.of(predictions, ks),
        Optional.of(AverageK.asReference(predictions, ks)),
        Optional.of(Bootstrap.of(evaluation, ks, 20, 1)),
        RankAccuracy.of(predictions, evaluation, WiderRank.of(names)),
        Map.of("could not be decoded", 2L),
        Map.of("architecture", "resnet18"));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 16, 45, 130})
  void drawsABarForEachClassAndACellForEachConfusion(int classes) {
    EvaluationReport report = report(classes, 400, "Family");
    String page = new EvaluationPage(report).html();
    int present = report.evaluation().presentClasses();
    assertThat(page.split("class=\"whisker\"", -1)).hasSize(1 + Math.min(120, present));
    if (classes <= 60) {
      long cells =
          report.evaluation().confusion().cells().stream()
              .filter(cell -> report.evaluation().confusion().support(cell.predicted()) > 0)
              .count();
      assertThat(page.split("class=\"(hit|miss)\"", -1)).hasSize(1 + (int) cells);
    } else {
      assertThat(page).contains("The 60 largest classes.");
    }
    assertThat(page).contains("2 could not be decoded", "default-src 'none'");
    assertThat(page).doesNotContain("NaN", "Infinity", "http://", "https://");
  }

  @Test
  void showsNamesAsTextWhateverTheyHold() {
    String page = new EvaluationPage(report(3, 50, "<script>alert(1)</script>")).html();
    assertThat(page).contains("&lt;script&gt;alert(1)").doesNotContain("<script");
  }

  @Test
  void survivesPerfectPredictionsOfOneClass() {
    Predictions predictions =
        MadeUp.predictions(new int[] {0, 0}, new float[] {9, 0}, new float[] {9, 0});
    Evaluation evaluation = Evaluation.of(predictions);
    EvaluationReport report =
        new EvaluationReport(
            "run",
            "test",
            "order",
            List.of(new ClassName("a", Map.of()), new ClassName("b", Map.of())),
            evaluation,
            List.of(1),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of(),
            Map.of());
    String page = new EvaluationPage(report).html();
    assertThat(page).contains("100.00%", "1 more classes have no record").doesNotContain("NaN");
    assertThat(page).doesNotContain("Most frequent mistakes", "wider ranks");
  }

  @Test
  void theJsonHoldsEverythingThatThePageDraws() throws IOException {
    EvaluationReport report = report(16, 400, "Family");
    JsonNode json = new ObjectMapper().readTree(EvaluationJson.of(report));
    Evaluation evaluation = report.evaluation();
    assertThat(json.at("/top/3/correct").asLong()).isEqualTo(evaluation.topCount(3));
    assertThat(json.at("/macro_top/1").asDouble()).isEqualTo(evaluation.macroTop(1));
    assertThat(json.at("/classes")).hasSize(16);
    assertThat(json.at("/calibration/bins")).hasSize(15);
    assertThat(json.at("/bootstrap/macro_f1")).hasSize(2);
    assertThat(json.at("/ranks/0/rank").asText()).isEqualTo("order");
    assertThat(json.at("/average_k")).hasSize(2);
    assertThat(json.at("/as_reference/loss_over_batches_less_one").asDouble())
        .isEqualTo(evaluation.referenceLoss(32).orElseThrow());
    long records = 0;
    for (JsonNode cell : json.at("/confusion/cells")) {
      records += cell.get(2).asLong();
    }
    assertThat(records).isEqualTo(400);
    int[] byClass = new int[16];
    json.at("/classes").forEach(c -> byClass[c.get("number").asInt()] = c.get("records").asInt());
    assertThat(IntStream.of(byClass).sum()).isEqualTo(400);
  }

  @Test
  void theTablesShowIntervalsAndTheReferencesNumbersApart() {
    EvaluationReport report = report(16, 400, "Family");
    assertThat(EvaluationText.measures(report).text())
        .contains("top-1", "macro top-3", "average-3", "calibration error", "loss")
        .containsPattern("top-1 +\\d+\\.\\d\\d% +\\d+\\.\\d\\d% - \\d+\\.\\d\\d%");
    assertThat(EvaluationText.reference(report).orElseThrow().text())
        .contains("absent classes as 0", "threshold of two samples", "over batches less one");
  }
}
