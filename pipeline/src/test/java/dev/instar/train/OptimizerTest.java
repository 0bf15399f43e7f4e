package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.instar.torch.LibTorch;
import dev.instar.torch.Tensors;
import dev.instar.train.Recipe.Optimization;
import dev.instar.train.Recipe.Optimization.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("try") // scopes own what is made in them
final class OptimizerTest {
  private static final List<String> NOTHING = List.of();

  @BeforeAll
  static void load() {
    LibTorch.load(1);
  }

  /** What PyTorch 1.13.1 makes of three steps with falling rates, in float64. */
  @Test
  void adamWStepsAsPyTorchDoes() {
    assertThreeSteps(
        new Optimization(Kind.ADAMW, 0.01, 0, false, 0.9, 0.98, 1e-6, 0.05, false, 1),
        new double[] {
          0.47801812137599636, -1.2280180376570038, 1.9780180097505184, -0.021982029318690383
        },
        new double[] {
          0.9842625267268703, -0.5140505492901961, 0.2643316311646419, 2.9820133141673013
        });
  }

  @Test
  void sgdWithNesterovStepsAsPyTorchDoes() {
    assertThreeSteps(
        new Optimization(Kind.SGD, 0.01, 0.9, true, 0.9, 0.999, 1e-8, 0.05, false, 1),
        new double[] {0.490618, -1.231236, 1.971854, -0.09382},
        new double[] {
          0.9875804474945782, -0.5033855791499454, 0.2516927895749727, 2.9531459870810783
        });
  }

  @Test
  void sgdWithPlainMomentumStepsAsPyTorchDoes() {
    assertThreeSteps(
        new Optimization(Kind.SGD, 0.01, 0.9, false, 0.9, 0.999, 1e-8, 0.05, false, 1),
        new double[] {0.49402, -1.23804, 1.98206, -0.0598},
        new double[] {
          0.990215696359375, -0.5030027548984375, 0.25150137744921874, 2.962752182359375
        });
  }

  private static void assertThreeSteps(
      Optimization optimization, double[] vector, double[] matrix) {
    for (ScalarType type : List.of(ScalarType.Double, ScalarType.Float)) {
      try (PointerScope scope = new PointerScope();
          TinyNetwork network =
              new TinyNetwork(type, List.of()).parameter("bias", 4).parameter("weight", 2, 2);
          Optimizer optimizer = Optimizer.of(network, optimization, NOTHING)) {
        set(network.get("bias"), 0.5, -1.25, 2, 0);
        set(network.get("weight"), 1, -0.5, 0.25, 3);
        for (int t = 0; t < 3; t++) {
          gradient(network.get("bias"), t + 1, 0.1, -0.2, 0.3, 1);
          gradient(network.get("weight"), 1 - t, 0.5, 0.25, -0.125, 2);
          optimizer.step(1 - 0.25 * t);
        }
        double tolerance = type == ScalarType.Double ? 1e-14 : 1e-6;
        assertThat(Tensors.doubles(network.get("bias"))).containsExactly(vector, within(tolerance));
        assertThat(Tensors.doubles(network.get("weight")))
            .containsExactly(matrix, within(tolerance));
      }
    }
  }

  private static void set(Tensor tensor, double... values) {
    try (NoGradGuard noGradient = new NoGradGuard()) {
      tensor.copy_(Tensor.create(values, tensor.shape()));
    }
  }

  private static void gradient(Tensor tensor, double factor, double... values) {
    Tensor gradient = Tensor.create(values, tensor.shape()).mul(new Scalar(factor));
    tensor.mutable_grad().put(gradient.to(tensor.scalar_type()));
  }

  @ParameterizedTest
  @EnumSource
  void goesOnFromItsStateAsIfItHadNotStopped(Kind kind) {
    Optimization optimization =
        new Optimization(kind, 0.05, 0.9, true, 0.9, 0.999, 1e-8, 0.01, true, 1);
    try (TinyNetwork through = TinyNetwork.convolutions(ScalarType.Float);
        TinyNetwork stopped = TinyNetwork.convolutions(ScalarType.Float);
        Optimizer one = Optimizer.of(through, optimization, NOTHING);
        Optimizer first = Optimizer.of(stopped, optimization, NOTHING);
        Optimizer second = Optimizer.of(stopped, optimization, NOTHING)) {
      for (int step = 0; step < 6; step++) {
        through.gradients(step);
        one.step(1);
        stopped.gradients(step);
        if (step == 3) {
          second.restore(first.state());
        }
        (step < 3 ? first : second).step(1);
      }
      through
          .state()
          .forEach(
              entry ->
                  assertThat(Tensors.floats(stopped.get(entry.name())))
                      .as(entry.name())
                      .containsExactly(Tensors.floats(entry.tensor())));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesAStateOfAnotherNetworkAndKeepsItsOwn(Kind kind) {
    Optimization optimization =
        new Optimization(kind, 0.05, 0.9, true, 0.9, 0.999, 1e-8, 0, true, 1);
    try (TinyNetwork network = TinyNetwork.convolutions(ScalarType.Float);
        TinyNetwork other =
            new TinyNetwork(ScalarType.Float, List.of()).parameter("stem.weight", 2, 2);
        Optimizer optimizer = Optimizer.of(network, optimization, NOTHING);
        Optimizer foreign = Optimizer.of(other, optimization, NOTHING)) {
      network.gradients(1);
      optimizer.step(1);
      String name = optimizer.state().keySet().iterator().next();
      float[] before = Tensors.floats(optimizer.state().get(name));
      assertThatThrownBy(() -> optimizer.restore(foreign.state()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[4, 3, 3, 3], the saved one [2, 2]");
      assertThatThrownBy(() -> foreign.restore(optimizer.state()))
          .hasMessageContaining("norm.weight");
      Map<String, Tensor> missing = new HashMap<>(optimizer.state());
      missing.remove(name);
      assertThatThrownBy(() -> optimizer.restore(missing)).hasMessageContaining("was not saved");
      assertThat(Tensors.floats(optimizer.state().get(name))).containsExactly(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesAParameterWithoutAGradientAlone(Kind kind) {
    Optimization optimization =
        new Optimization(kind, 0.05, 0.9, true, 0.9, 0.999, 1e-8, 0.1, true, 1);
    try (TinyNetwork network = TinyNetwork.convolutions(ScalarType.Float);
        Optimizer optimizer = Optimizer.of(network, optimization, NOTHING)) {
      float[] before = Tensors.floats(network.get("head.bias"));
      network.gradients(1);
      optimizer.zeroGradients();
      optimizer.step(1);
      assertThat(Tensors.floats(network.get("head.bias"))).containsExactly(before);
    }
  }

  @Test
  void momentsOfChannelsLastWeightsLieAsTheWeightsDo() {
    Optimization optimization = sgd(0, true, 1);
    try (PointerScope scope = new PointerScope();
        TinyNetwork network = TinyNetwork.convolutions(ScalarType.Float);
        Optimizer optimizer = Optimizer.of(network, optimization, NOTHING)) {
      assertThat(optimizer.state().get("momentum.stem.weight").stride(1))
          .isEqualTo(network.get("stem.weight").stride(1));
    }
  }

  @Test
  void decaysNormsAndBiasesOnlyWhenAsked() {
    try (TinyNetwork network = TinyNetwork.convolutions(ScalarType.Float)) {
      Map<String, Double> without = new TreeMap<>();
      TrainedParameter.of(network, sgd(0.1, false, 1), NOTHING, Map.of())
          .forEach(parameter -> without.put(parameter.name(), parameter.decay()));
      assertThat(without)
          .isEqualTo(
              Map.of(
                  "stem.weight", 0.1,
                  "norm.weight", 0.0,
                  "blocks.1.weight", 0.1,
                  "head.weight", 0.1,
                  "head.bias", 0.0));
      assertThat(TrainedParameter.of(network, sgd(0.1, true, 1), NOTHING, Map.of()))
          .allMatch(parameter -> parameter.decay() == 0.1);
    }
  }

  @Test
  void whatLiesBelowAPrefixLearnsAtARateOfItsOwn() {
    try (TinyNetwork network = TinyNetwork.convolutions(ScalarType.Float)) {
      Map<String, Double> factors = new TreeMap<>();
      TrainedParameter.of(network, sgd(0, true, 1), NOTHING, Map.of("head.", 0.1, "stem", 0.5))
          .forEach(parameter -> factors.put(parameter.name(), parameter.rateFactor()));
      assertThat(factors)
          .isEqualTo(
              Map.of(
                  "stem.weight", 0.5,
                  "norm.weight", 1.0,
                  "blocks.1.weight", 1.0,
                  "head.weight", 0.1,
                  "head.bias", 0.1));
      assertThatThrownBy(
              () -> TrainedParameter.of(network, sgd(0, true, 1), NOTHING, Map.of("backbone", 0.1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no parameter to learn at another rate begins with \"backbone\"");
    }
  }

  @Test
  void ratesFallFromTheHeadToTheInputByLayer() {
    try (TinyNetwork network = TinyNetwork.convolutions(ScalarType.Float)) {
      Map<String, Double> factors = new TreeMap<>();
      TrainedParameter.of(network, sgd(0, true, 0.5), NOTHING, Map.of())
          .forEach(parameter -> factors.put(parameter.name(), parameter.rateFactor()));
      assertThat(factors)
          .isEqualTo(
              Map.of(
                  "stem.weight", 0.25,
                  "norm.weight", 0.25,
                  "blocks.1.weight", 0.5,
                  "head.weight", 1.0,
                  "head.bias", 1.0));
    }
  }

  @Test
  void saysWhichParameterBelongsToNoLayer() {
    try (TinyNetwork network =
        new TinyNetwork(ScalarType.Float, List.of(List.of("blocks.1"), List.of("head")))
            .parameter("blocks.10.weight", 2)) {
      assertThatThrownBy(() -> Optimizer.of(network, sgd(0, true, 0.5), NOTHING))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("blocks.10.weight");
    }
  }

  @Test
  void frozenParametersAskForNoGradientAndStay() {
    try (TinyNetwork network = TinyNetwork.convolutions(ScalarType.Float);
        Optimizer optimizer =
            Optimizer.of(network, sgd(0.1, true, 1), List.of("stem", "head.bias"))) {
      assertThat(network.get("stem.weight").requires_grad()).isFalse();
      assertThat(network.get("head.weight").requires_grad()).isTrue();
      assertThat(optimizer.state())
          .containsOnlyKeys(
              "momentum.norm.weight", "momentum.blocks.1.weight", "momentum.head.weight");
    }
  }

  @Test
  void whatWasFrozenIsTrainedAgainByANewOptimizer() {
    try (TinyNetwork network = TinyNetwork.convolutions(ScalarType.Float)) {
      Optimizer.of(network, sgd(0, true, 1), List.of("stem")).close();
      Optimizer.of(network, sgd(0, true, 1), NOTHING).close();
      assertThat(network.get("stem.weight").requires_grad()).isTrue();
    }
  }

  @Test
  void namesWhatThereIsWhereAPrefixFitsNothing() {
    try (TinyNetwork network = TinyNetwork.convolutions(ScalarType.Float)) {
      assertFreezeRefused(network, "layer1", "stem, norm, blocks, head");
      assertFreezeRefused(network, "hea", "stem, norm, blocks, head");
      assertFreezeRefused(network, "blocks.7.conv", "there are blocks.1");
      assertFreezeRefused(network, "head.wait", "there are head.weight, head.bias");
      assertThatThrownBy(
              () ->
                  Optimizer.of(network, sgd(0, true, 1), List.of("stem", "norm", "blocks", "head")))
          .hasMessageContaining("nothing is left to train");
    }
  }

  private static void assertFreezeRefused(TinyNetwork network, String prefix, String candidates) {
    assertThatThrownBy(() -> Optimizer.of(network, sgd(0, true, 1), List.of(prefix)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + prefix + "\"")
        .hasMessageEndingWith(candidates);
  }

  @Test
  void refusesConstantsThatTheRuleCannotTake() {
    try (TinyNetwork network = TinyNetwork.convolutions(ScalarType.Float)) {
      assertThatThrownBy(
              () ->
                  Optimizer.of(
                      network,
                      new Optimization(Kind.SGD, 0.1, 0, true, 0.9, 0.999, 1e-8, 0, true, 1),
                      NOTHING))
          .hasMessageContaining("momentum");
      assertThatThrownBy(
              () ->
                  Optimizer.of(
                      network,
                      new Optimization(Kind.ADAMW, 0.1, 0, false, 1, 0.999, 1e-8, 0, true, 1),
                      NOTHING))
          .hasMessageContaining("beta1");
    }
  }

  private static Optimization sgd(double decay, boolean normsToo, double layerDecay) {
    return new Optimization(
        Kind.SGD, 0.1, 0.9, true, 0.9, 0.999, 1e-8, decay, normsToo, layerDecay);
  }
}
