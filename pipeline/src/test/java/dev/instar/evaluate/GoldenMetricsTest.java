package dev.instar.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.evaluate.ConfusionMatrix.Over;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference's epoch loops and scikit-learn, on scores of long-tailed sets. */
final class GoldenMetricsTest {
  private static final Offset<Double> RATIO = within(1e-12);
  private static final List<Integer> KS = List.of(1, 3, 5, 10);

  private static JsonNode expected(String set) throws IOException {
    return new ObjectMapper()
        .readTree(SharedData.path("golden/metrics/" + set + "_expected.json").toFile());
  }

  private static Predictions predictions(String set, String split) throws IOException {
    Path folder = SharedData.path("golden/metrics");
    int[] labels = NpyArray.ints(folder.resolve(set + "_" + split + "_labels.npy"));
    float[] logits = NpyArray.floats(folder.resolve(set + "_" + split + "_logits.npy"));
    int[] samples = IntStream.range(0, labels.length).toArray();
    return Predictions.of(logits.length / labels.length, samples, labels, logits);
  }

  private static Evaluation evaluation(String set, String split) throws IOException {
    return Evaluation.of(predictions(set, split));
  }

  @ParameterizedTest
  @CsvSource({"c16,val", "c16,test", "c40,val", "c40,test"})
  void countsTopKAsTheReference(String set, String split) throws IOException {
    Evaluation evaluation = evaluation(set, split);
    JsonNode all = expected(set);
    JsonNode reference =
        all.get(
            split.equals("val")
                ? "val_lambda_per_rank_column"
                : "test_with_lambda_per_rank_column");
    for (int k : KS) {
      String name = String.valueOf(k);
      assertThat(evaluation.topCount(k))
          .isEqualTo(all.get(split + "_topk_correct_counts").get(name).asInt());
      assertThat(evaluation.top(k)).isCloseTo(reference.get("topk").get(name).asDouble(), RATIO);
      assertThat(evaluation.macroTopOverAll(k))
          .isCloseTo(
              reference.get("macro_topk_divided_by_all_classes").get(name).asDouble(), RATIO);
      JsonNode perClass = reference.get("per_class").get("class_topk_acc").get(name);
      int[] counts = evaluation.topCounts(k);
      for (int c = 0; c < counts.length; c++) {
        int support = evaluation.confusion().support(c);
        JsonNode value = perClass.get(String.valueOf(c));
        assertThat(value != null).isEqualTo(support > 0);
        if (value != null) {
          assertThat((double) counts[c] / support).isCloseTo(value.asDouble(), RATIO);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"c16,val", "c16,test", "c40,val", "c40,test"})
  void agreesWithScikitLearn(String set, String split) throws IOException {
    ConfusionMatrix confusion = evaluation(set, split).confusion();
    JsonNode sklearn = expected(set).get(split + "_sklearn");
    assertThat(confusion.accuracy()).isCloseTo(sklearn.get("f1_micro").asDouble(), RATIO);
    assertThat(confusion.macroF1(Over.SEEN))
        .isCloseTo(sklearn.get("f1_macro_over_labels_in_truth_or_prediction").asDouble(), RATIO);
    assertThat(confusion.macroF1(Over.ALL))
        .isCloseTo(sklearn.get("f1_macro_over_all_classes").asDouble(), RATIO);
    assertThat(confusion.macroF1(Over.PRESENT))
        .isCloseTo(sklearn.get("f1_macro_over_labels_in_truth").asDouble(), RATIO);
    assertThat(confusion.weightedF1()).isCloseTo(sklearn.get("f1_weighted").asDouble(), RATIO);
    assertThat(confusion.macroPrecision(Over.ALL))
        .isCloseTo(sklearn.get("precision_macro_over_all_classes").asDouble(), RATIO);
    assertThat(confusion.macroRecall(Over.ALL))
        .isCloseTo(sklearn.get("recall_macro_over_all_classes").asDouble(), RATIO);
    assertThat(confusion.macroRecall(Over.PRESENT))
        .isCloseTo(sklearn.get("balanced_accuracy").asDouble(), RATIO);
    assertThat(confusion.matthews()).isCloseTo(sklearn.get("matthews").asDouble(), RATIO);
    assertThat(confusion.kappa()).isCloseTo(sklearn.get("cohen_kappa").asDouble(), RATIO);
    for (int c = 0; c < confusion.classes(); c++) {
      assertThat(confusion.precision(c))
          .isCloseTo(sklearn.get("precision_per_class").get(c).asDouble(), RATIO);
      assertThat(confusion.recall(c))
          .isCloseTo(sklearn.get("recall_per_class").get(c).asDouble(), RATIO);
      assertThat(confusion.f1(c)).isCloseTo(sklearn.get("f1_per_class").get(c).asDouble(), RATIO);
      assertThat(confusion.support(c)).isEqualTo(sklearn.get("support_per_class").get(c).asInt());
    }
    JsonNode rows = sklearn.get("confusion_matrix_rows_truth");
    int[][] matrix = new int[confusion.classes()][confusion.classes()];
    confusion.cells().forEach(cell -> matrix[cell.label()][cell.predicted()] = cell.count());
    for (int c = 0; c < matrix.length; c++) {
      assertThat(matrix[c])
          .containsExactly(new ObjectMapper().convertValue(rows.get(c), int[].class));
    }
  }

  @ParameterizedTest
  @CsvSource({"c16,val", "c16,test", "c40,val", "c40,test"})
  void losesAsMuchAsPyTorchDoes(String set, String split) throws IOException {
    JsonNode losses = expected(set).get(split + "_losses").get("ce");
    double mean = losses.get("mean_over_samples").asDouble();
    assertThat(evaluation(set, split).loss()).isCloseTo(mean, within(1e-6 * mean));
  }
}
