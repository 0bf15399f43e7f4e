package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

final class StepTimingTest {
  /** Bytes of the weights, gradients and momenta of one network. */
  private static final long NETWORK = 3 * 4 * 11_200_000L;

  @Test
  void stepsOfARecipeAreTimedAndNothingIsLeftBehind() throws Exception {
    List<String> small = List.of("augmentation.resize=32", "augmentation.crop=32", "batch=8");
    StepTiming.measure("resnet18", Recipe.FORM.read("paper", small), 4, "cpu", 1, 0.01);
    Recipe fast = Recipe.FORM.read("fast", small);
    StepTiming.measure("resnet18", fast, 4, "cpu", 1, 0.01);
    long before = Pointer.physicalBytes();

    StepTiming.measure("resnet18", fast, 4, "cpu", 1, 0.01);
    StepTiming timing = StepTiming.measure("resnet18", fast, 4, "cpu", 1, 0.01);

    assertThat(timing.secondsPerImage()).isPositive();
    assertThat(timing.secondsPerStep()).isPositive();
    assertThat(timing.device()).isEqualTo("cpu");
    assertThat(Pointer.physicalBytes()).isLessThan(before + NETWORK);
  }

  @Test
  void aNetworkThatCannotBeMadeSaysWhy() throws Exception {
    Recipe recipe = Recipe.FORM.read("paper", List.of("freeze=[nothing]"));

    assertThatThrownBy(() -> StepTiming.measure("resnet18", recipe, 4, "cpu", 1, 0.01))
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> StepTiming.measure("resnet18", recipe, 4, "tpu", 1, 0.01))
        .hasMessageContaining("no device 'tpu'");
  }
}
