package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.instar.train.Recipe.Loss;
import dev.instar.train.Recipe.Loss.ClassWeights;
import dev.instar.train.Recipe.Loss.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every loss against its formula in plain Java, and its gradient against differences of that. */
@SuppressWarnings("try") // Scopes are there to be closed.
final class CriterionTest {
  /** The third class has no training record. */
  private static final List<Integer> COUNTS = List.of(500, 40, 0, 3, 7);

  private static final int[] LABELS = {0, 1, 3, 4, 2, 0, 3};
  private static final int CLASSES = COUNTS.size();

  /** A loss, the epoch at which it is asked, and what to call it. */
  record Case(Loss loss, int epoch) {
    @Override
    public String toString() {
      return loss.kind()
          + " "
          + loss.weights()
          + " smoothing "
          + loss.smoothing()
          + " epoch "
          + epoch;
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (ClassWeights weights : ClassWeights.values()) {
        boolean contradicts =
            kind == Kind.CLASS_BALANCED
                && weights != ClassWeights.NONE
                && weights != ClassWeights.EFFECTIVE_NUMBER;
        if (!contradicts) {
          cases.add(new Case(loss(kind, 2, 0, weights), 0));
          cases.add(new Case(loss(kind, 0.5, 0.1, weights), 0));
        }
      }
    }
    cases.add(new Case(loss(Kind.LDAM, 2, 0, ClassWeights.NONE), 3));
    cases.add(new Case(loss(Kind.FOCAL, 0, 0, ClassWeights.NONE), 0));
    return cases;
  }

  private static Loss loss(Kind kind, double gamma, double smoothing, ClassWeights weights) {
    return new Loss(kind, gamma, 0.75, smoothing, 0.999, 0.5, 8, 3, 1.5, weights);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTheMeanOfItsFormula(Case given) {
    double[] scores = scores(1);
    try (PointerScope scope = new PointerScope();
        Criterion criterion = Criterion.of(given.loss(), COUNTS)) {
      criterion.epoch(given.epoch());
      double loss = criterion.of(tensor(scores), labels()).item_double();
      assertThat(loss).isCloseTo(formula(given, scores), within(1e-12 * Math.max(1, loss)));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasTheGradientOfItsFormula(Case given) {
    double[] scores = scores(2);
    try (PointerScope scope = new PointerScope();
        Criterion criterion = Criterion.of(given.loss(), COUNTS)) {
      criterion.epoch(given.epoch());
      Tensor logits = tensor(scores).requires_grad_(true);
      criterion.of(logits, labels()).backward();
      for (int i = 0; i < scores.length; i++) {
        double gradient = logits.grad().view(-1).select(0, i).item_double();
        assertThat(gradient)
            .as("score %d", i)
            .isCloseTo(difference(given, scores, i), within(2e-8));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isFiniteWithAFiniteGradientWhereANetworkIsCertain(Case given) {
    double[] scores = new double[LABELS.length * CLASSES];
    for (int i = 0; i < LABELS.length; i++) {
      // Half of them certain and right, half certain and wrong.
      scores[i * CLASSES + (LABELS[i] + i % 2) % CLASSES] = 1000;
    }
    try (PointerScope scope = new PointerScope();
        Criterion criterion = Criterion.of(given.loss(), COUNTS)) {
      criterion.epoch(given.epoch());
      Tensor logits = tensor(scores).to(ScalarType.Float).requires_grad_(true);
      Tensor loss = criterion.of(logits, labels());
      loss.backward();
      assertThat(loss.item_double()).isFinite();
      assertThat(logits.grad().abs().max().item_double()).isFinite();
    }
  }

  @Test
  void isComputedInFloat32WhereScoresAreOfHalfPrecision() {
    try (PointerScope scope = new PointerScope();
        Criterion criterion = Criterion.of(loss(Kind.CE, 0, 0, ClassWeights.NONE), COUNTS)) {
      Tensor logits = tensor(scores(3)).to(ScalarType.BFloat16);
      assertThat(criterion.of(logits, labels()).scalar_type().intern()).isEqualTo(ScalarType.Float);
    }
  }

  @Test
  void servesScoresOfOneTypeAfterAnother() {
    Case given = new Case(loss(Kind.LOGIT_ADJUSTED, 0, 0, ClassWeights.SQUARE_ROOT), 0);
    double[] scores = scores(4);
    try (Criterion criterion = Criterion.of(given.loss(), COUNTS)) {
      for (ScalarType type : List.of(ScalarType.Float, ScalarType.Double, ScalarType.Float)) {
        try (PointerScope scope = new PointerScope()) {
          double loss = criterion.of(tensor(scores).to(type), labels()).item_double();
          assertThat(loss).isCloseTo(formula(given, scores), within(1e-5));
        }
      }
    }
  }

  @Test
  void saysWhichConstantsItCannotTake() {
    assertRefused(Kind.CLASS_BALANCED, 0.999, 0, ClassWeights.SQUARE_ROOT, "take one of the two");
    assertRefused(Kind.CE, 1, 0, ClassWeights.EFFECTIVE_NUMBER, "beta");
    assertRefused(Kind.CE, 0.999, -0.1, ClassWeights.NONE, "smoothing");
  }

  private static void assertRefused(
      Kind kind, double beta, double smoothing, ClassWeights weights, String why) {
    assertThatThrownBy(
            () ->
                Criterion.of(new Loss(kind, 2, 1, smoothing, beta, 0.5, 30, 0, 1, weights), COUNTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void saysHowManyClassesItKnowsWhereScoresHaveMore() {
    try (PointerScope scope = new PointerScope();
        Criterion criterion =
            Criterion.of(loss(Kind.CE, 0, 0, ClassWeights.SQUARE_ROOT), List.of(1, 2))) {
      assertThatThrownBy(() -> criterion.of(tensor(scores(5)), labels()))
          .hasMessage("scores of 5 classes, but the loss knows 2");
    }
  }

  /** The central difference of fourth order, whose error here is below 1e-9. */
  private static double difference(Case given, double[] scores, int index) {
    double step = 1e-3;
    return (8 * (moved(given, scores, index, step) - moved(given, scores, index, -step))
            - (moved(given, scores, index, 2 * step) - moved(given, scores, index, -2 * step)))
        / (12 * step);
  }

  private static double moved(Case given, double[] scores, int index, double by) {
    double[] moved = scores.clone();
    moved[index] += by;
    return formula(given, moved);
  }

  /** The loss, from the papers' formulas. */
  private static double formula(Case given, double[] scores) {
    Loss loss = given.loss();
    double[] weights = weights(given);
    double sum = 0;
    double divisor = 0;
    for (int i = 0; i < LABELS.length; i++) {
      double[] z = new double[CLASSES];
      for (int c = 0; c < CLASSES; c++) {
        z[c] = adjusted(loss, scores[i * CLASSES + c], c, c == LABELS[i]);
      }
      sum += sample(loss, z, LABELS[i], weights);
      divisor += weights[LABELS[i]];
    }
    return sum / divisor;
  }

  private static double adjusted(Loss loss, double score, int c, boolean label) {
    int n = COUNTS.get(c);
    return switch (loss.kind()) {
      case LDAM -> {
        double margin = n == 0 ? 0.5 : 0.5 * Math.pow(3.0 / n, 0.25);
        yield loss.scale() * (label ? score - margin : score);
      }
      case LOGIT_ADJUSTED -> score + loss.tau() * Math.log(Math.max(1, n) / 551.0);
      default -> score;
    };
  }

  /** One sample's loss, times the weight of its label. */
  private static double sample(Loss loss, double[] z, int label, double[] weights) {
    double total = 0;
    for (double score : z) {
      total += Math.exp(score);
    }
    if (loss.kind() == Kind.FOCAL) {
      double entropy = 0;
      for (int c = 0; c < z.length; c++) {
        entropy -= target(loss, c, label) * (z[c] - Math.log(total));
      }
      double doubt = Math.pow(1 - Math.exp(-entropy), loss.gamma());
      return weights[label] * loss.alpha() * doubt * entropy;
    }
    double entropy = 0;
    for (int c = 0; c < z.length; c++) {
      // PyTorch weighs each class's share of a smoothed label.
      entropy -= weights[c] * target(loss, c, label) * (z[c] - Math.log(total));
    }
    return entropy;
  }

  private static double target(Loss loss, int c, int label) {
    return (c == label ? 1 - loss.smoothing() : 0) + loss.smoothing() / CLASSES;
  }

  private static double[] weights(Case given) {
    Loss loss = given.loss();
    ClassWeights rule = loss.weights();
    if (loss.kind() == Kind.CLASS_BALANCED
        || loss.kind() == Kind.LDAM && given.epoch() >= loss.defer()) {
      rule = ClassWeights.EFFECTIVE_NUMBER;
    }
    double[] weights = new double[CLASSES];
    double sum = 0;
    for (int c = 0; c < CLASSES; c++) {
      int n = COUNTS.get(c);
      weights[c] =
          switch (rule) {
            case NONE -> 1;
            case INVERSE_FREQUENCY -> 1.0 / n;
            case SQUARE_ROOT -> 1 / Math.sqrt(n);
            case EFFECTIVE_NUMBER -> (1 - loss.beta()) / (1 - Math.pow(loss.beta(), n));
          };
      sum += n > 0 ? weights[c] : 0;
    }
    for (int c = 0; c < CLASSES; c++) {
      weights[c] = COUNTS.get(c) > 0 ? weights[c] / (sum / 4) : 1;
    }
    return weights;
  }

  private static double[] scores(long seed) {
    return new SplittableRandom(seed).doubles(LABELS.length * CLASSES, -2, 2).toArray();
  }

  private static Tensor tensor(double[] scores) {
    return Tensor.create(scores, LABELS.length, CLASSES);
  }

  private static Tensor labels() {
    long[] labels = new long[LABELS.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = LABELS[i];
    }
    return Tensor.create(labels, LABELS.length);
  }
}
