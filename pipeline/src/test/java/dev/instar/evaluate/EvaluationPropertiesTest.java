package dev.instar.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.instar.evaluate.ConfusionMatrix.Over;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

final class EvaluationPropertiesTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @Property(tries = 200)
  void accuracyIsTop1IsMicroF1IsWeightedRecall(
      @ForAll @IntRange(min = 2, max = 9) int classes,
      @ForAll @IntRange(min = 1, max = 60) int samples,
      @ForAll long seed) {
    Evaluation evaluation = Evaluation.of(MadeUp.random(classes, samples, seed));
    ConfusionMatrix confusion = evaluation.confusion();
    assertThat(confusion.accuracy()).isEqualTo(evaluation.top(1));
    double weightedRecall =
        IntStream.range(0, classes)
            .mapToDouble(c -> confusion.recall(c) * confusion.support(c) / samples)
            .sum();
    assertThat(weightedRecall).isCloseTo(evaluation.top(1), EXACT);
    assertThat(confusion.macroRecall(Over.PRESENT)).isCloseTo(evaluation.macroTop(1), EXACT);
  }

  @Property(tries = 200)
  void rowsOfTheConfusionMatrixAddUpToSupportsAndColumnsToPredictions(
      @ForAll @IntRange(min = 2, max = 9) int classes,
      @ForAll @IntRange(min = 1, max = 60) int samples,
      @ForAll long seed) {
    Predictions predictions = MadeUp.random(classes, samples, seed);
    ConfusionMatrix confusion = Evaluation.of(predictions).confusion();
    for (int c = 0; c < classes; c++) {
      int label = c;
      long truths = IntStream.range(0, samples).filter(i -> predictions.label(i) == label).count();
      long guesses = IntStream.range(0, samples).filter(i -> predictions.best(i) == label).count();
      assertThat(rowSum(confusion, c)).isEqualTo(truths).isEqualTo(confusion.support(c));
      assertThat(guesses).isEqualTo(confusion.predicted(c));
    }
    assertThat(confusion.size()).isEqualTo(samples);
  }

  private static long rowSum(ConfusionMatrix confusion, int label) {
    return confusion.cells().stream()
        .filter(cell -> cell.label() == label)
        .mapToLong(ConfusionMatrix.Cell::count)
        .sum();
  }

  @Property(tries = 200)
  void theOrderOfSamplesChangesNothing(
      @ForAll @IntRange(min = 2, max = 9) int classes,
      @ForAll @IntRange(min = 1, max = 60) int samples,
      @ForAll long seed) {
    Predictions given = MadeUp.random(classes, samples, seed);
    List<Integer> order = IntStream.range(0, samples).boxed().collect(Collectors.toList());
    Collections.shuffle(order, new Random(seed));
    Evaluation one = Evaluation.of(given);
    Evaluation other =
        Evaluation.of(MadeUp.inOrder(given, order.stream().mapToInt(i -> i).toArray()));
    assertThat(other.confusion().cells()).isEqualTo(one.confusion().cells());
    for (int k = 1; k <= classes; k++) {
      assertThat(other.topCounts(k)).isEqualTo(one.topCounts(k));
    }
    assertThat(other.loss()).isCloseTo(one.loss(), EXACT);
    assertThat(other.calibration(5).expectedError())
        .isCloseTo(one.calibration(5).expectedError(), EXACT);
  }

  @Property(tries = 200)
  void topKGrowsToAllWithK(
      @ForAll @IntRange(min = 2, max = 9) int classes,
      @ForAll @IntRange(min = 1, max = 60) int samples,
      @ForAll long seed) {
    Evaluation evaluation = Evaluation.of(MadeUp.random(classes, samples, seed));
    for (int k = 1; k < classes; k++) {
      assertThat(evaluation.top(k)).isLessThanOrEqualTo(evaluation.top(k + 1));
      assertThat(evaluation.macroTop(k)).isLessThanOrEqualTo(evaluation.macroTop(k + 1) + 1e-12);
    }
    assertThat(evaluation.top(classes)).isEqualTo(1);
    assertThat(evaluation.macroTop(classes)).isEqualTo(1);
  }

  @Property(tries = 100)
  void perfectPredictionsArePerfectInEveryMeasure(
      @ForAll @IntRange(min = 2, max = 9) int classes,
      @ForAll @IntRange(min = 2, max = 60) int samples) {
    int[] labels = IntStream.range(0, samples).map(i -> i % classes).toArray();
    float[][] logits = new float[samples][classes];
    for (int i = 0; i < samples; i++) {
      logits[i][labels[i]] = 100;
    }
    Evaluation evaluation = Evaluation.of(MadeUp.predictions(labels, logits));
    ConfusionMatrix confusion = evaluation.confusion();
    assertThat(
            List.of(
                evaluation.top(1),
                evaluation.macroTop(1),
                evaluation.macroF1(),
                confusion.weightedF1(),
                confusion.kappa(),
                confusion.macroPrecision(Over.PRESENT)))
        .allSatisfy(value -> assertThat(value).isCloseTo(1, EXACT));
    assertThat(confusion.matthews()).isCloseTo(1, EXACT);
    assertThat(evaluation.loss()).isCloseTo(0, EXACT);
    assertThat(evaluation.calibration(15).expectedError()).isCloseTo(0, EXACT);
    assertThat(confusion.worst(5)).isEmpty();
  }

  @Property(tries = 100)
  void pooledThresholdsGiveKAnswersOnAverage(
      @ForAll @IntRange(min = 3, max = 9) int classes,
      @ForAll @IntRange(min = 1, max = 40) int samples,
      @ForAll long seed) {
    // Scores of many digits: no two probabilities are equal.
    Random random = new Random(seed);
    float[][] logits = new float[samples][classes];
    for (float[] row : logits) {
      for (int c = 0; c < classes; c++) {
        row[c] = random.nextFloat() * 6;
      }
    }
    Predictions predictions = MadeUp.predictions(new int[samples], logits);
    double[] probabilities = new double[classes];
    for (AverageK threshold : AverageK.of(predictions, List.of(1, 2))) {
      long answers = 0;
      for (int i = 0; i < samples; i++) {
        predictions.probabilities(i, probabilities);
        for (double probability : probabilities) {
          answers += (float) probability >= threshold.threshold() ? 1 : 0;
        }
      }
      assertThat(answers).isEqualTo((long) threshold.k() * samples);
    }
  }

  @Property(tries = 100)
  void wilsonIntervalsHoldTheShareAndNarrowWithSamples(
      @ForAll @IntRange(min = 1, max = 500) int samples,
      @ForAll @IntRange(min = 0, max = 500) int drawn) {
    int hits = drawn % (samples + 1);
    Interval interval = Interval.wilson(hits, samples);
    Interval tenfold = Interval.wilson(10L * hits, 10L * samples);
    double share = (double) hits / samples;
    assertThat(interval.low()).isBetween(0.0, share);
    assertThat(interval.high()).isBetween(share, 1.0);
    assertThat(tenfold.high() - tenfold.low()).isLessThan(interval.high() - interval.low());
  }

  @Property(tries = 50)
  void bootstrapIntervalsAreRepeatableAndWithinTheRangeOfTheMeasure(
      @ForAll @IntRange(min = 2, max = 5) int classes,
      @ForAll @IntRange(min = 5, max = 40) int samples,
      @ForAll long seed) {
    Evaluation evaluation = Evaluation.of(MadeUp.random(classes, samples, seed));
    Bootstrap bootstrap = Bootstrap.of(evaluation, List.of(1, 2), 60, seed);
    assertThat(Bootstrap.of(evaluation, List.of(1, 2), 60, seed)).isEqualTo(bootstrap);
    Interval top = bootstrap.top().get(1);
    assertThat(top.low()).isBetween(0.0, top.high());
    assertThat(top.high()).isLessThanOrEqualTo(1);
    assertThat(bootstrap.top().get(2).low()).isGreaterThanOrEqualTo(top.low());
  }
}
