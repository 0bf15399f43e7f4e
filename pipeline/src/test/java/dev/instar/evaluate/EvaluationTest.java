package dev.instar.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.instar.evaluate.ConfusionMatrix.Cell;
import dev.instar.evaluate.ConfusionMatrix.Over;
import dev.instar.loader.ClassName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Small cases, computed by hand. */
final class EvaluationTest {
  private static float[] scores(double... values) {
    float[] scores = new float[values.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) values[i];
    }
    return scores;
  }

  @Test
  void ofEqualScoresTheSmallerClassNumberComesFirst() {
    Predictions tied =
        MadeUp.predictions(new int[] {0, 1, 2}, scores(2, 2, 2), scores(2, 2, 2), scores(2, 2, 2));
    Evaluation evaluation = Evaluation.of(tied);
    assertThat(tied.best(1)).isZero();
    assertThat(evaluation.topCount(1)).isEqualTo(1);
    assertThat(evaluation.topCount(2)).isEqualTo(2);
    assertThat(evaluation.topCount(3)).isEqualTo(3);
    assertThat(TopClasses.of(new double[] {0.2, 0.4, 0.4}, 5)).containsExactly(1, 2, 0);
  }

  @Test
  void absentClassesAreLeftOutOfMacroAverages() {
    // Class 2 has no sample; class 1 is half right, class 0 all right.
    Evaluation evaluation =
        Evaluation.of(
            MadeUp.predictions(
                new int[] {0, 1, 1}, scores(9, 0, 0), scores(0, 9, 0), scores(0, 0, 9)));
    assertThat(evaluation.macroTop(1)).isEqualTo(0.75);
    assertThat(evaluation.macroTopOverAll(1)).isEqualTo(0.5);
    assertThat(evaluation.presentClasses()).isEqualTo(2);
    double f1OfClass1 = 2.0 / 3;
    assertThat(evaluation.macroF1()).isEqualTo((1 + f1OfClass1) / 2);
    assertThat(evaluation.confusion().macroF1(Over.SEEN)).isEqualTo((1 + f1OfClass1) / 3);
    assertThat(evaluation.confusion().cells())
        .containsExactly(new Cell(0, 0, 1), new Cell(1, 1, 1), new Cell(1, 2, 1));
  }

  @Test
  void lossIsTheMeanOverSamplesAndTheReferencesDividesByOneBatchLess() {
    Evaluation evaluation =
        Evaluation.of(
            MadeUp.predictions(
                new int[] {0, 0, 1}, scores(0, 0), scores(0, 0), scores(Math.log(3), 0)));
    double half = Math.log(2);
    double quarter = Math.log(4);
    assertThat(evaluation.loss()).isCloseTo((2 * half + quarter) / 3, within(1e-7));
    assertThat(evaluation.referenceLoss(2).orElseThrow()).isCloseTo(half + quarter, within(1e-7));
    assertThat(evaluation.referenceLoss(3)).isEmpty();
    assertThat(evaluation.focalLoss(2))
        .isCloseTo((2 * 0.25 * half + 0.5625 * quarter) / 3, within(1e-7));
  }

  @Test
  void aBinHoldsItsUpperEdgeAndNotItsLower() {
    // Probabilities of 0.5 exactly belong to (0, 0.5] of two bins.
    Evaluation evaluation =
        Evaluation.of(
            MadeUp.predictions(
                new int[] {0, 1, 0}, scores(0, 0), scores(0, 0), scores(Math.log(3), 0)));
    Calibration calibration = evaluation.calibration(2);
    assertThat(calibration.bins()).extracting(Calibration.Bin::count).containsExactly(2, 1);
    assertThat(calibration.bins().get(0).accuracy()).isEqualTo(0.5);
    assertThat(calibration.bins().get(1).gap()).isCloseTo(-0.25, within(1e-7));
    assertThat(calibration.expectedError()).isCloseTo(0.25 / 3, within(1e-7));
    assertThat(calibration.greatestError()).isCloseTo(0.25, within(1e-7));
  }

  @Test
  void wilsonIntervalsAreThoseOfSciPy() {
    // scipy.stats.binomtest(hits, n).proportion_ci(method='wilson')
    assertInterval(1, 1, 0.20654931437723745, 1);
    assertInterval(0, 7, 0, 0.35433043506668743);
    assertInterval(85, 100, 0.7671644040916763, 0.9069401471634337);
    assertThat(Interval.wilson(0, 0)).isEqualTo(new Interval(0, 1));
  }

  private static void assertInterval(int hits, int samples, double low, double high) {
    Interval interval = Interval.wilson(hits, samples);
    assertThat(interval.low()).isCloseTo(low, within(1e-12));
    assertThat(interval.high()).isCloseTo(high, within(1e-12));
  }

  @Test
  void aWrongFamilyInTheRightOrderCountsForTheOrder() {
    List<ClassName> families =
        List.of(
            new ClassName("Cecidomyiidae", Map.of("class", "Insecta", "order", "Diptera")),
            new ClassName("Sciaridae", Map.of("class", "Insecta", "order", "Diptera")),
            new ClassName("Aphididae", Map.of("class", "Insecta", "order", "Hemiptera")),
            new ClassName("unplaced", Map.of("class", "Insecta")));
    List<WiderRank> ranks = WiderRank.of(families);
    assertThat(ranks).extracting(WiderRank::rank).containsExactly("order");
    Predictions predictions =
        MadeUp.predictions(
            new int[] {0, 1, 2, 3},
            scores(9, 0, 0, 0), // right
            scores(2, 1, 0, 0), // wrong family, right order
            scores(1, 1, 1.5, 0), // right, though both families of flies together are likelier
            scores(0, 9, 0, 0)); // of no known order: does not count
    RankAccuracy accuracy = RankAccuracy.of(predictions, Evaluation.of(predictions), ranks).get(0);
    assertThat(accuracy).isEqualTo(new RankAccuracy("order", 2, 3, 3, 2, 1));
    assertThat(accuracy.accuracy()).isEqualTo(1);
    assertThat(accuracy.mistakesInside()).isEqualTo(1);
  }

  @Test
  void theBootstrapOfOneOutcomeHasNoWidthAndThatOfACoinHasItsWidth() {
    int samples = 400;
    int[] labels = new int[samples];
    float[][] sure = new float[samples][];
    float[][] coin = new float[samples][];
    for (int i = 0; i < samples; i++) {
      sure[i] = scores(9, 0, 0);
      coin[i] = i % 2 == 0 ? scores(9, 0, 0) : scores(0, 9, 0);
    }
    Bootstrap none =
        Bootstrap.of(Evaluation.of(MadeUp.predictions(labels, sure)), List.of(1), 200, 5);
    assertThat(none.top().get(1)).isEqualTo(new Interval(1, 1));
    Interval some =
        Bootstrap.of(Evaluation.of(MadeUp.predictions(labels, coin)), List.of(1), 2000, 5)
            .top()
            .get(1);
    // 0.5 -+ 1.96 * sqrt(0.25 / 400)
    assertThat(some.low()).isCloseTo(0.451, within(0.006));
    assertThat(some.high()).isCloseTo(0.549, within(0.006));
    assertThat(Bootstrap.quantile(new double[] {0, 10, 20}, 0.75)).isEqualTo(15);
  }

  @Test
  void refusesWhatCannotBeScored() {
    assertThatThrownBy(() -> Evaluation.of(Predictions.of(2, new int[0], new int[0], new float[0])))
        .hasMessageContaining("no sample");
    Predictions unknown = Predictions.of(2, new int[1], new int[] {-1}, new float[2]);
    assertThatThrownBy(() -> Evaluation.of(unknown)).hasMessageContaining("sample 0 is not known");
    assertThatThrownBy(() -> AverageK.of(unknown, List.of(2)))
        .hasMessageContaining("average-2 accuracy of 2 classes");
    assertThatThrownBy(() -> Predictions.of(2, new int[1], new int[1], new float[3]))
        .hasMessageContaining("3 scores");
  }
}
