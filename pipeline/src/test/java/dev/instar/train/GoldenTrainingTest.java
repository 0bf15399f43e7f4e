package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.instar.model.DeterministicTensors;
import dev.instar.model.Models;
import dev.instar.model.NamedTensor;
import dev.instar.model.Network;
import dev.instar.model.NetworkOptions;
import dev.instar.torch.LibTorch;
import dev.instar.torch.StoredTensor;
import dev.instar.torch.Tensors;
import dev.instar.train.Recipe.Loss;
import dev.instar.train.Recipe.Optimization;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Losses, gradients and steps of PyTorch 1.13.1 with networks of torchvision and timm. */
@SuppressWarnings("try") // scopes own what is made in them
final class GoldenTrainingTest {
  private static final double EXACT = 1e-7;

  @BeforeAll
  static void load() {
    LibTorch.load(Math.min(2, Runtime.getRuntime().availableProcessors()));
  }

  @Test
  void gradientsAndStepsOfAResidualNetworkAreTheOriginals() throws IOException {
    new Case("resnet18", ScalarType.Double, EXACT)
        .checkGradients(Loss.Kind.FOCAL, "focal_gamma2", "grad_focal_gamma2");
    new Case("resnet18", ScalarType.Float, 1e-2).checkSteps("sgd3_lr0.05");
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "resnet18, 1e-2",
    "resnet50, 2e-2",
    "vit_tiny_patch16_224, 1e-5",
    "vit_small_patch16_224, 1e-5"
  })
  void lossesGradientsAndStepsAreTheOriginals(String model, double tolerance) throws IOException {
    for (ScalarType type : List.of(ScalarType.Double, ScalarType.Float)) {
      Case run = new Case(model, type, type == ScalarType.Double ? EXACT : tolerance);
      run.checkGradients(Loss.Kind.CE, "ce", "grad_ce");
      run.checkGradients(Loss.Kind.FOCAL, "focal_gamma2", "grad_focal_gamma2");
      run.checkSteps("sgd3_lr0.001");
      run.checkSteps("sgd3_lr0.05");
    }
  }

  /**
   * A network and a type.
   *
   * @param tolerance of the norm of a gradient or change, relative
   */
  private record Case(JsonNode golden, String model, ScalarType type, double tolerance) {
    Case(String model, ScalarType type, double tolerance) throws IOException {
      this(
          DeterministicTensors.golden("models/" + model + "_c16_train.json"),
          model,
          type,
          tolerance);
    }

    private boolean exact() {
      return type == ScalarType.Double;
    }

    /** Gradients that vanish by symmetry, such as a key's bias, are rounding errors in both. */
    private double nothing() {
      return exact() ? 1e-12 : 1e-6;
    }

    /** Of losses that are nearly nothing. */
    private double floor() {
      return exact() ? 0 : 1e-5;
    }

    private double lossTolerance() {
      return exact() ? 1e-9 : 1e-5;
    }

    private Network network() {
      int side = golden.get("input_shape").get(2).asInt();
      Network network =
          Models.create(
              model, new NetworkOptions(golden.get("num_classes").asInt(), 0, 0, side), 1);
      DeterministicTensors.of(golden).fill(network);
      if (exact()) {
        network.to(new Device(DeviceType.CPU), type);
      }
      network.training(true);
      return network;
    }

    private StoredTensor pictures() {
      return DeterministicTensors.of(golden).input(golden);
    }

    private Criterion criterion(Loss.Kind kind) {
      Loss loss = new Loss(kind, 2, 1, 0, 0, 0, 1, 0, 0, Loss.ClassWeights.NONE);
      return Criterion.of(loss, Collections.nCopies(golden.get("num_classes").asInt(), 1));
    }

    private Tensor labels() {
      long[] labels = new long[golden.get("labels").size()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = golden.get("labels").get(i).asLong();
      }
      return Tensor.create(labels, labels.length);
    }

    private Tensor loss(Network network, Criterion criterion, StoredTensor pictures) {
      return criterion.of(network.forward(Tensors.wrap(pictures).to(type)), labels());
    }

    void checkGradients(Loss.Kind kind, String lossKey, String gradientKey) {
      StoredTensor pictures = pictures();
      try (Network network = network();
          Criterion criterion = criterion(kind);
          PointerScope scope = new PointerScope()) {
        Tensor loss = loss(network, criterion, pictures);
        double expected = golden.get(lossKey).get("loss_fp64").asDouble();
        assertThat(loss.item_double())
            .as("%s in %s", lossKey, type)
            .isCloseTo(expected, within(lossTolerance() * expected));
        loss.backward();
        int compared = 0;
        for (NamedTensor entry : network.state()) {
          if (entry.parameter()) {
            checkGradient(entry, golden.get(gradientKey).get(entry.name()));
            compared++;
          }
        }
        assertThat(compared).isEqualTo(golden.get(gradientKey).size());
      }
    }

    private void checkGradient(NamedTensor entry, JsonNode expected) {
      double[] gradient = Tensors.doubles(entry.tensor().grad());
      double norm = expected.get("l2_fp64").asDouble();
      assertThat(norm(gradient))
          .as("gradient of %s in %s", entry.name(), type)
          .isCloseTo(norm, within(tolerance * norm + nothing()));
      if (exact()) {
        JsonNode first = expected.get("first4_fp64");
        for (int i = 0; i < first.size(); i++) {
          assertThat(gradient[i])
              .as("gradient %d of %s", i, entry.name())
              .isCloseTo(first.get(i).asDouble(), within(tolerance * norm + nothing()));
        }
      }
    }

    void checkSteps(String key) {
      StoredTensor pictures = pictures();
      JsonNode settings = golden.get(key + "_settings");
      Optimization sgd =
          new Optimization(
              Optimization.Kind.SGD,
              settings.get("lr").asDouble(),
              settings.get("momentum").asDouble(),
              true,
              0.9,
              0.999,
              1e-8,
              settings.get("weight_decay").asDouble(),
              true,
              1);
      try (Network network = network();
          Criterion criterion = criterion(Loss.Kind.CE);
          Optimizer optimizer = Optimizer.of(network, sgd, List.of())) {
        Map<String, double[]> before = new HashMap<>();
        network.state().forEach(e -> before.put(e.name(), Tensors.doubles(e.tensor())));
        for (int step = 0; step < 3; step++) {
          try (PointerScope scope = new PointerScope()) {
            Tensor loss = loss(network, criterion, pictures);
            double expected = golden.get(key + "_losses").get("fp64").get(step).asDouble();
            // After a step a loss follows from the change; the original's own float32 is 2e-3 off.
            double allowed =
                step == 0 ? lossTolerance() * expected : tolerance * expected + floor();
            assertThat(loss.item_double())
                .as("loss %d of %s in %s", step, key, type)
                .isCloseTo(expected, within(allowed));
            optimizer.zeroGradients();
            loss.backward();
            optimizer.step(1);
          }
        }
        for (NamedTensor entry : network.state()) {
          checkChange(entry, before.get(entry.name()), golden.get(key).get(entry.name()));
        }
      }
    }

    private void checkChange(NamedTensor entry, double[] before, JsonNode expected) {
      double[] after = Tensors.doubles(entry.tensor());
      if (expected.has("value")) {
        assertThat(after).as(entry.name()).containsExactly(expected.get("value").asDouble());
        return;
      }
      double[] change = new double[after.length];
      for (int i = 0; i < after.length; i++) {
        change[i] = after[i] - before[i];
      }
      double norm = expected.get("l2").asDouble();
      double moved = expected.get("delta_l2").asDouble();
      String name = entry.name() + " in " + type;
      assertThat(norm(after)).as(name).isCloseTo(norm, within(tolerance * norm + nothing()));
      assertThat(norm(change))
          .as("change of %s", name)
          .isCloseTo(moved, within(tolerance * moved + nothing()));
      if (exact()) {
        assertThat(mean(after))
            .as("mean of %s", name)
            .isCloseTo(expected.get("mean").asDouble(), within(tolerance * norm + nothing()));
        assertThat(mean(change))
            .as("mean change of %s", name)
            .isCloseTo(
                expected.get("delta_mean").asDouble(), within(tolerance * moved + nothing()));
      }
    }
  }

  private static double norm(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }
}
