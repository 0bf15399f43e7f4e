package dev.instar.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.memory.Bytes;
import dev.instar.testing.SharedData;
import dev.instar.torch.ElementType;
import dev.instar.torch.StoredTensor;
import dev.instar.torch.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;

/**
 * The tensors that the golden values of networks were computed with: each follows from its name, so
 * no weight files are needed. The recipe is in the golden values' own README.
 */
public final class DeterministicTensors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final long salt;
  private final List<Gain> gains;

  private record Gain(Pattern name, double gain) {}

  private DeterministicTensors(long salt, List<Gain> gains) {
    this.salt = salt;
    this.gains = gains;
  }

  /** The tensors that a golden file's {@code salt} and {@code gain_rules} say. */
  public static DeterministicTensors of(JsonNode golden) {
    List<Gain> gains = new ArrayList<>();
    for (JsonNode rule : golden.path("gain_rules")) {
      gains.add(new Gain(Pattern.compile(rule.get(0).asText()), rule.get(1).asDouble()));
    }
    return new DeterministicTensors(golden.get("salt").asLong(), gains);
  }

  static DeterministicTensors of(long salt, double gain) {
    return new DeterministicTensors(salt, List.of(new Gain(Pattern.compile(".*"), gain)));
  }

  /** A file of the golden values, such as {@code models/resnet18_c16_eval.json}. */
  public static JsonNode golden(String file) throws IOException {
    return JSON.readTree(SharedData.path("golden/" + file).toFile());
  }

  /** Gives every tensor of a network of float32 its value. */
  @SuppressWarnings("try") // the scope owns what is made on the way
  public void fill(Trainable network) {
    for (NamedTensor entry : network.state()) {
      try (PointerScope scope = new PointerScope()) {
        if (!entry.tensor().is_floating_point()) {
          entry.tensor().zero_();
        } else {
          long[] shape = Tensors.shape(entry.tensor());
          entry.tensor().detach().copy_(Tensors.wrap(stored(entry.name(), shape)));
        }
      }
    }
  }

  /** The picture of a golden file; its memory lives as long as the result. */
  public StoredTensor input(JsonNode golden) {
    return stored(golden.path("input_key").asText("input"), longs(golden.get("input_shape")));
  }

  static long[] longs(JsonNode list) {
    long[] values = new long[list.size()];
    Arrays.setAll(values, i -> list.get(i).asLong());
    return values;
  }

  StoredTensor stored(String name, long... shape) {
    float[] values = values(name, shape);
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return new StoredTensor(
        ElementType.F32, Arrays.stream(shape).boxed().toList(), Bytes.of(buffer));
  }

  float[] values(String name, long... shape) {
    int elements = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    double gain =
        gains.stream()
            .filter(rule -> rule.name.matcher(name).matches())
            .mapToDouble(Gain::gain)
            .findFirst()
            .orElse(1);
    SplittableRandom random = new SplittableRandom(hash(name) ^ salt);
    DoubleUnaryOperator formula = formula(name, shape, gain);
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      double u = (random.nextLong() >>> 40) * 0x1p-24;
      values[i] = (float) formula.applyAsDouble(u);
    }
    return values;
  }

  /** The value of an element by its random number in [0, 1). */
  private static DoubleUnaryOperator formula(String name, long[] shape, double gain) {
    if (name.equals("input")) {
      return u -> 2 * (2 * u - 1);
    } else if (name.endsWith("running_mean")) {
      return u -> 0.1 * (2 * u - 1);
    } else if (name.endsWith("running_var")) {
      return u -> 1 + 0.5 * u;
    } else if (name.matches(
        ".*(cls_token|dist_token|pos_embed|query_position_embeddings.weight)")) {
      return u -> 0.1 * gain * (2 * u - 1);
    } else if (shape.length >= 2) {
      double inputs = (double) Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
      double bound = Math.sqrt(3.0 / inputs) * gain;
      return u -> bound * (2 * u - 1);
    } else if (shape.length == 1 && name.endsWith(".bias")) {
      return u -> 0.05 * (2 * u - 1);
    } else if (shape.length == 1 && name.endsWith(".weight")) {
      return u -> gain * (1 + 0.1 * (2 * u - 1));
    }
    return u -> 0.1 * (2 * u - 1);
  }

  /** FNV-1a, 64 bits. */
  static long hash(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
