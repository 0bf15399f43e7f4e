package dev.instar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.instar.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** What golden values tell of the output of a stage of a network. */
record StageSummary(long[] shape, double mean, double std, double greatest, double[] first) {
  static StageSummary of(Tensor output) {
    double[] values = Tensors.doubles(output);
    double sum = 0;
    double greatest = 0;
    for (double value : values) {
      sum += value;
      greatest = Math.max(greatest, Math.abs(value));
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new StageSummary(
        Tensors.shape(output),
        mean,
        Math.sqrt(squares / values.length),
        greatest,
        Arrays.copyOf(values, 8));
  }

  /** Compares within the tolerance of 32 bits. */
  void check(String name, JsonNode expected) {
    assertThat(shape).as(name).containsExactly(DeterministicTensors.longs(expected.get("shape")));
    assertThat(mean).as(name).isCloseTo(expected.get("mean").asDouble(), within(1e-5));
    assertThat(std).as(name).isCloseTo(expected.get("std").asDouble(), within(1e-4));
    assertThat(greatest).as(name).isCloseTo(expected.get("absmax").asDouble(), within(1e-3));
    for (int i = 0; i < 8; i++) {
      assertThat(first[i])
          .as(name)
          .isCloseTo(expected.get("first8").get(i).asDouble(), within(1e-4));
    }
  }
}
