package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.instar.torch.Tensors;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes own what is made in them
final class WeightAverageTest {
  private static TinyNetwork network() {
    return new TinyNetwork(ScalarType.Double, List.of())
        .parameter("weight", 2, 2)
        .buffer("running_mean", 2)
        .counter("num_batches_tracked");
  }

  private static void fill(TinyNetwork network, double value) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      network.state().forEach(entry -> entry.tensor().fill_(new Scalar(value)));
    }
  }

  private static double first(TinyNetwork network, String name) {
    return Tensors.doubles(network.get(name))[0];
  }

  @Test
  void followsItsFormulaWithAWarmedUpDecay() {
    try (TinyNetwork network = network()) {
      fill(network, 0);
      try (WeightAverage average = new WeightAverage(network, 0.2)) {
        double expected = 0;
        double[] decays = {1 / 10.0, 2 / 11.0, 0.2, 0.2};
        for (int n = 0; n < decays.length; n++) {
          fill(network, n + 1);
          average.update();
          expected = decays[n] * expected + (1 - decays[n]) * (n + 1);
        }
        average.swap();
        assertThat(first(network, "weight")).isCloseTo(expected, within(1e-14));
        assertThat(first(network, "running_mean")).isCloseTo(expected, within(1e-14));
        assertThat(first(network, "num_batches_tracked")).isEqualTo(4);
      }
    }
  }

  @Test
  void aSecondSwapPutsEveryBitBack() {
    try (TinyNetwork network = network();
        WeightAverage average = new WeightAverage(network, 0.9)) {
      fill(network, 0.1);
      average.update();
      double[] weights = Tensors.doubles(network.get("weight"));
      double[] averages = Tensors.doubles(average.state().get("weight"));
      average.swap();
      assertThat(Tensors.doubles(network.get("weight"))).containsExactly(averages);
      assertThat(network.get("weight").requires_grad()).isTrue();
      average.swap();
      assertThat(Tensors.doubles(network.get("weight"))).containsExactly(weights);
      assertThat(Tensors.doubles(average.state().get("weight"))).containsExactly(averages);
    }
  }

  @Test
  void goesOnFromItsStateAsIfItHadNotStopped() {
    try (TinyNetwork network = network();
        WeightAverage through = new WeightAverage(network, 0.5);
        WeightAverage stopped = new WeightAverage(network, 0.5)) {
      for (int n = 0; n < 3; n++) {
        fill(network, n);
        through.update();
        stopped.update();
      }
      try (WeightAverage resumed = new WeightAverage(network, 0.5)) {
        resumed.restore(stopped.state(), stopped.updates());
        fill(network, 7);
        through.update();
        resumed.update();
        assertThat(Tensors.doubles(resumed.state().get("weight")))
            .containsExactly(Tensors.doubles(through.state().get("weight")));
      }
    }
  }

  @Test
  void itsTensorsAskForNoGradient() {
    try (TinyNetwork network = network();
        WeightAverage average = new WeightAverage(network, 0.5)) {
      assertThat(average.state().values()).noneMatch(tensor -> tensor.requires_grad());
    }
  }

  @Test
  void needsADecayBetweenNothingAndOne() {
    try (TinyNetwork network = network()) {
      assertThatThrownBy(() -> new WeightAverage(network, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("between 0 and 1");
    }
  }
}
