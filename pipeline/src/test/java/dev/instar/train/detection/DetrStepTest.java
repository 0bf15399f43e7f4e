package dev.instar.train.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.model.DeterministicTensors;
import dev.instar.model.Detr;
import dev.instar.model.DetrOptions;
import dev.instar.model.NamedTensor;
import dev.instar.torch.LibTorch;
import dev.instar.torch.StoredTensor;
import dev.instar.torch.Tensors;
import dev.instar.train.OneStep;
import dev.instar.train.Recipe;
import dev.instar.train.detection.SetCriterion.Loss;
import dev.instar.train.detection.SetCriterion.Target;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One step of a whole detector against the same one worked out by detr_step_oracle.py. */
@SuppressWarnings("try") // Scopes are there to be closed.
final class DetrStepTest {
  private static final DetrOptions OPTIONS =
      new DetrOptions("resnet18_c3", 1, 4, 2, 2, 16, 4, 32, 0);

  /** Of gradients that are zero but for rounding. */
  private static final double ROUNDING = 1e-12;

  private JsonNode expected;
  private Detr detr;
  private PointerScope scope;
  private Loss loss;

  @BeforeEach
  void learn() throws IOException {
    LibTorch.load(1);
    try (InputStream text = DetrStepTest.class.getResourceAsStream("detr_step.json")) {
      expected = new ObjectMapper().readTree(text);
    }
    DeterministicTensors tensors = DeterministicTensors.of(expected);
    detr = Detr.create(OPTIONS, 1);
    tensors.fill(detr);
    detr.to(new Device(DeviceType.CPU), ScalarType.Double);
    detr.training(true);
    scope = new PointerScope();
    StoredTensor input = tensors.input(expected);
    Tensor images = Tensors.wrap(input).to(ScalarType.Double);
    try (SetCriterion criterion = new SetCriterion(1)) {
      loss = criterion.of(detr.forward(images, true), targets());
      loss.total().backward();
    }
  }

  @AfterEach
  void close() {
    scope.close();
    detr.close();
  }

  private List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    for (JsonNode things : expected.get("targets")) {
      float[] boxes = new float[4 * things.size()];
      for (int i = 0; i < boxes.length; i++) {
        boxes[i] = (float) things.get(i / 4).get(i % 4).asDouble();
      }
      targets.add(new Target(new int[things.size()], boxes));
    }
    return targets;
  }

  @Test
  void theLossAndItsPartsAreTheOnesWorkedOut() {
    assertClose("total", loss.total().item_double(), expected.get("total").asDouble(), 1e-7);
    double[] parts = {loss.classes(), loss.l1(), loss.giou()};
    for (int i = 0; i < parts.length; i++) {
      assertClose("part " + i, parts[i], expected.get("parts").get(i).asDouble(), 1e-7);
    }
  }

  @Test
  void everyParameterHasTheGradientWorkedOut() {
    Map<String, Tensor> parameters = parameters();
    JsonNode known = expected.get("parameters");
    assertThat(parameters).hasSize(known.size());
    parameters.forEach(
        (name, parameter) -> {
          double[] gradient = Tensors.doubles(parameter.grad());
          double norm = known.get(name).get("gradient_norm").asDouble();
          assertClose(name, norm(gradient), norm, 1e-7);
          JsonNode first = known.get(name).get("gradient_first");
          for (int i = 0; i < first.size(); i++) {
            assertThat(gradient[i])
                .as(name)
                .isCloseTo(first.get(i).asDouble(), within(1e-7 * norm + ROUNDING));
          }
        });
  }

  @Test
  void oneStepOfClippedAdamWithASlowerBackboneChangesEveryParameterAsWorkedOut() throws Exception {
    DetectionRecipe published = DetectionRecipe.FORM.read("detr", List.of());
    Recipe.Optimization optimization = published.optimizer();
    Map<String, double[]> before = new LinkedHashMap<>();
    parameters().forEach((name, parameter) -> before.put(name, Tensors.doubles(parameter)));

    double norm = OneStep.take(detr, optimization, published.regime().rates(), published.clip());

    assertClose("norm", norm, expected.get("norm").asDouble(), 1e-7);
    parameters()
        .forEach(
            (name, parameter) -> {
              double[] change = Tensors.doubles(parameter);
              Arrays.setAll(change, i -> change[i] - before.get(name)[i]);
              double known = expected.at("/parameters").get(name).get("change_norm").asDouble();
              assertClose(name, norm(change), known, 1e-6);
            });
  }

  private Map<String, Tensor> parameters() {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    for (NamedTensor entry : detr.state()) {
      if (entry.parameter()) {
        parameters.put(entry.name(), entry.tensor());
      }
    }
    return parameters;
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
  }

  private static void assertClose(String what, double actual, double expected, double tolerance) {
    assertThat(actual).as(what).isCloseTo(expected, within(tolerance * expected + ROUNDING));
  }
}
