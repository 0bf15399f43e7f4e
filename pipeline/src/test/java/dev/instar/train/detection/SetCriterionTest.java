package dev.instar.train.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.model.Detr;
import dev.instar.torch.LibTorch;
import dev.instar.torch.Tensors;
import dev.instar.train.detection.SetCriterion.Loss;
import dev.instar.train.detection.SetCriterion.Target;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The loss and its gradients against values of the original's formulae; see set_oracle.py. */
@SuppressWarnings("try") // Scopes are there to be closed.
final class SetCriterionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SAMPLES = 4;

  @BeforeAll
  static void loadLibTorch() {
    LibTorch.load(1);
  }

  /** One batch with what is expected of it. */
  record Case(JsonNode values) {
    double[] numbers(String field) {
      return JSON.convertValue(values.get(field), double[].class);
    }

    int count(String field) {
      return values.get(field).asInt();
    }

    List<Target> targets() {
      List<Target> targets = new ArrayList<>();
      for (JsonNode target : values.get("targets")) {
        targets.add(
            new Target(
                JSON.convertValue(target.get("labels"), int[].class),
                JSON.convertValue(target.get("boxes"), float[].class)));
      }
      return targets;
    }

    Detr.Output output(ScalarType type) {
      int layers = count("layers");
      int queries = count("queries");
      return new Detr.Output(
          answers("logits", type, layers, SAMPLES, queries, count("labels") + 1),
          answers("boxes", type, layers, SAMPLES, queries, 4));
    }

    private Tensor answers(String field, ScalarType type, long... shape) {
      return Tensor.create(numbers(field), shape).to(type).requires_grad_(true);
    }

    @Override
    public String toString() {
      return values.get("name").asText();
    }
  }

  static List<Case> cases() throws IOException {
    try (InputStream text = SetCriterionTest.class.getResourceAsStream("set_criterion.json")) {
      List<Case> cases = new ArrayList<>();
      JSON.readTree(text).get("cases").forEach(values -> cases.add(new Case(values)));
      return cases;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasTheLossAndGradientsOfTheOriginal(Case given) {
    assertAgrees(given, ScalarType.Double, 1e-9);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesInSinglePrecisionToo(Case given) {
    assertAgrees(given, ScalarType.Float, 1e-5);
  }

  private static void assertAgrees(Case given, ScalarType type, double tolerance) {
    try (PointerScope scope = new PointerScope();
        SetCriterion criterion = new SetCriterion(given.count("labels"))) {
      Detr.Output output = given.output(type);
      Loss loss = criterion.of(output, given.targets());
      double total = given.values().get("total").asDouble();
      assertThat(loss.total().item_double()).isCloseTo(total, within(tolerance * total));
      JsonNode last = given.values().get("losses").get(given.count("layers") - 1);
      assertThat(new double[] {loss.classes(), loss.l1(), loss.giou()})
          .containsExactly(JSON.convertValue(last, double[].class), within(tolerance));
      loss.total().backward();
      assertThat(Tensors.doubles(output.logits().grad()))
          .containsExactly(given.numbers("logits_gradient"), within(tolerance));
      assertThat(Tensors.doubles(output.boxes().grad()))
          .containsExactly(given.numbers("boxes_gradient"), within(10 * tolerance));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sumsTheLossesOfEveryLayer(Case given) {
    double sum = 0;
    try (PointerScope scope = new PointerScope();
        SetCriterion criterion = new SetCriterion(given.count("labels"))) {
      Detr.Output all = given.output(ScalarType.Double);
      for (int layer = 0; layer < given.count("layers"); layer++) {
        Detr.Output one =
            new Detr.Output(all.logits().narrow(0, layer, 1), all.boxes().narrow(0, layer, 1));
        Loss loss = criterion.of(one, given.targets());
        double[] expected =
            JSON.convertValue(given.values().get("losses").get(layer), double[].class);
        assertThat(new double[] {loss.classes(), loss.l1(), loss.giou()})
            .containsExactly(expected, within(1e-9));
        sum += loss.total().item_double();
      }
      assertThat(sum).isCloseTo(given.values().get("total").asDouble(), within(1e-9));
    }
  }

  @Test
  void halfPrecisionIsWidened() throws IOException {
    Case given = cases().get(0);
    try (PointerScope scope = new PointerScope();
        SetCriterion criterion = new SetCriterion(given.count("labels"))) {
      Detr.Output output = given.output(ScalarType.BFloat16);
      Tensor total = criterion.of(output, given.targets()).total();
      assertThat(total.scalar_type().intern()).isEqualTo(ScalarType.Float);
      double expected = given.values().get("total").asDouble();
      assertThat(total.item_double()).isCloseTo(expected, within(0.02 * expected));
      total.backward();
      assertThat(output.boxes().grad().defined()).isTrue();
    }
  }

  /** What a network that diverged answers with. */
  enum Spoiled {
    NAN(Double.NaN),
    INFINITE(Double.POSITIVE_INFINITY),
    BELOW_ALL(Double.NEGATIVE_INFINITY);

    private final double value;

    Spoiled(double value) {
      this.value = value;
    }
  }

  @ParameterizedTest
  @EnumSource(Spoiled.class)
  void oneAnswerThatIsNotFiniteMakesTheLossSo(Spoiled spoiled) throws IOException {
    Case given = cases().get(0);
    for (String field : List.of("logits", "boxes")) {
      for (int at : new int[] {0, given.numbers(field).length - 1}) {
        try (PointerScope scope = new PointerScope();
            SetCriterion criterion = new SetCriterion(given.count("labels"))) {
          Detr.Output output = given.output(ScalarType.Float);
          Tensor tensor = field.equals("logits") ? output.logits() : output.boxes();
          tensor.detach().view(-1).select(0, at).fill_(new Scalar(spoiled.value));
          Loss loss = criterion.of(output, given.targets());
          assertThat(Double.isFinite(loss.total().item_double())).isFalse();
          assertThat(loss.giou()).isNaN();
        }
      }
    }
  }

  @Test
  void refusesWhatDoesNotFitTogether() throws IOException {
    Case given = cases().get(0);
    try (PointerScope scope = new PointerScope();
        SetCriterion criterion = new SetCriterion(given.count("labels"));
        SetCriterion fewer = new SetCriterion(1)) {
      Detr.Output output = given.output(ScalarType.Float);
      List<Target> targets = given.targets();
      assertThatThrownBy(() -> criterion.of(output, targets.subList(1, 3)))
          .hasMessageContaining("for 2 pictures");
      assertThatThrownBy(() -> fewer.of(output, targets)).hasMessageContaining("1 labels");
      Target other = new Target(new int[] {2}, new float[] {0.5f, 0.5f, 0.1f, 0.1f});
      assertThatThrownBy(() -> criterion.of(output, List.of(other, other, other, other)))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void aBoxHasAreaAndFiniteNumbers() {
    int[] one = {0};
    assertThatThrownBy(() -> new Target(one, new float[3])).hasMessageContaining("3 numbers");
    float[] flat = {0.5f, 0.5f, 0, 0.1f};
    assertThatThrownBy(() -> new Target(one, flat)).hasMessageContaining(Arrays.toString(flat));
    float[] spoiled = {0.5f, Float.NaN, 0.1f, 0.1f};
    assertThatThrownBy(() -> new Target(one, spoiled)).hasMessageContaining("NaN");
  }
}
