package dev.instar.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DeterministicTensorsTest {
  @Test
  void theRecipeGivesThePublishedVectors() throws IOException {
    JsonNode vectors = DeterministicTensors.golden("test_vectors.json").get("vectors");
    assertThat(vectors).hasSizeGreaterThan(10);
    for (JsonNode vector : vectors) {
      String key = vector.get("key").asText();
      assertThat(DeterministicTensors.hash(key))
          .isEqualTo(Long.parseUnsignedLong(vector.get("fnv1a64").asText().substring(2), 16));
      long[] shape = new long[vector.get("shape").size()];
      Arrays.setAll(shape, i -> vector.get("shape").get(i).asLong());
      if (!vector.has("value")) {
        continue;
      }
      DeterministicTensors tensors =
          DeterministicTensors.of(vector.get("salt").asLong(), vector.get("gain").asDouble());
      float[] values = tensors.values(key, shape);
      for (int i = 0; i < vector.get("value").size(); i++) {
        assertThat(values[i]).as(key).isEqualTo(vector.get("value").get(i).floatValue());
      }
    }
  }
}
