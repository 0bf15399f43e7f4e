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
import org.junit.jupiter.params.provider.ValueSource;

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
    Evaluation evaluation = evaluation(set, split);
    JsonNode losses = expected(set).get(split + "_losses");
    double mean = losses.get("ce").get("mean_over_samples").asDouble();
    assertThat(evaluation.loss()).isCloseTo(mean, within(1e-6 * mean));
    double focal = losses.get("focal_gamma2").get("mean_over_samples").asDouble();
    assertThat(evaluation.focalLoss(2)).isCloseTo(focal, within(1e-6 * focal));
    double reference = losses.get("ce").get("sum_of_batch_means_over_batches_minus_one").asDouble();
    assertThat(evaluation.referenceLoss(32).orElseThrow())
        .isCloseTo(reference, within(1e-6 * reference));
  }

  @ParameterizedTest
  @CsvSource({"c16,val", "c16,test", "c40,val", "c40,test"})
  void isCalibratedAsComputedInDouble(String set, String split) throws IOException {
    Calibration calibration = evaluation(set, split).calibration(Calibration.BINS);
    JsonNode expected = expected(set).get(split + "_calibration");
    assertThat(calibration.expectedError()).isCloseTo(expected.get("ece").asDouble(), RATIO);
    assertThat(calibration.greatestError()).isCloseTo(expected.get("mce").asDouble(), RATIO);
    JsonNode rows = expected.get("rows_lo_hi_count_accuracy_confidence");
    assertThat(calibration.bins()).hasSize(rows.size());
    for (int b = 0; b < rows.size(); b++) {
      Calibration.Bin bin = calibration.bins().get(b);
      assertThat(bin.count()).isEqualTo(rows.get(b).get(2).asInt());
      if (bin.count() > 0) {
        assertThat(bin.accuracy()).isCloseTo(rows.get(b).get(3).asDouble(), RATIO);
        assertThat(bin.confidence()).isCloseTo(rows.get(b).get(4).asDouble(), RATIO);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"c16", "c40"})
  void averageKUsesThePooledThresholdOfTheValidationSet(String set) throws IOException {
    JsonNode all = expected(set);
    List<AverageK> thresholds = AverageK.of(predictions(set, "val"), KS);
    assertAverageK(thresholds, all.get("val_lambda_pooled"), evaluation(set, "val"));
    JsonNode test = all.get("test_with_lambda_pooled");
    Evaluation evaluation = evaluation(set, "test");
    for (AverageK threshold : thresholds) {
      double share = test.get("avgk").get(String.valueOf(threshold.k())).asDouble();
      assertThat(threshold.accuracy(evaluation)).isCloseTo(share, oneOf(evaluation));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"c16", "c40"})
  void theReferencesThresholdIsThatOfTheFirstAndLastSample(String set) throws IOException {
    JsonNode all = expected(set);
    List<AverageK> thresholds = AverageK.asReference(predictions(set, "val"), KS);
    assertAverageK(thresholds, all.get("val_lambda_per_rank_column"), evaluation(set, "val"));
    JsonNode test = all.get("test_with_lambda_per_rank_column");
    Evaluation evaluation = evaluation(set, "test");
    for (AverageK threshold : thresholds) {
      String k = String.valueOf(threshold.k());
      assertThat(threshold.accuracy(evaluation))
          .isCloseTo(test.get("avgk").get(k).asDouble(), oneOf(evaluation));
      JsonNode perClass = test.get("per_class").get("class_avgk_acc").get(k);
      int[] counts = threshold.counts(evaluation);
      for (int c = 0; c < counts.length; c++) {
        int support = evaluation.confusion().support(c);
        if (support > 0) {
          assertThat((double) counts[c])
              .isCloseTo(perClass.get(String.valueOf(c)).asDouble() * support, within(1 + 1e-9));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"c16", "c40"})
  void theReferencesThresholdChangesWithTheOrderAndThePooledOneDoesNot(String set)
      throws IOException {
    JsonNode other = expected(set).get("val_order_dependence");
    Predictions given = predictions(set, "val");
    int[] order = IntStream.range(0, given.size()).toArray();
    swap(order, 0, other.get("first_index").asInt());
    swap(order, order.length - 1, other.get("last_index").asInt());
    Predictions turned = MadeUp.inOrder(given, order);
    Evaluation evaluation = Evaluation.of(turned);
    assertAverageK(AverageK.asReference(turned, KS), other.get("per_rank_column"), evaluation);
    assertThat(AverageK.of(turned, KS)).isEqualTo(AverageK.of(given, KS));
  }

  private static void swap(int[] order, int place, int sample) {
    int at =
        IntStream.range(0, order.length).filter(i -> order[i] == sample).findAny().orElseThrow();
    order[at] = order[place];
    order[place] = sample;
  }

  private static void assertAverageK(
      List<AverageK> thresholds, JsonNode expected, Evaluation evaluation) {
    assertThat(thresholds).hasSameSizeAs(KS);
    for (AverageK threshold : thresholds) {
      String k = String.valueOf(threshold.k());
      assertThat(threshold.threshold())
          .isCloseTo(expected.get("lambda").get(k).asDouble(), within(1e-6));
      assertThat(threshold.accuracy(evaluation))
          .isCloseTo(expected.get("avgk").get(k).asDouble(), oneOf(evaluation));
    }
  }

  /** One sample either way: the threshold is a float32 probability. */
  private static Offset<Double> oneOf(Evaluation evaluation) {
    return within(1.0 / evaluation.size() + 1e-12);
  }
}
