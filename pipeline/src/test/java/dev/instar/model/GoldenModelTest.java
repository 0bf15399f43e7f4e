package dev.instar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.instar.torch.Inference;
import dev.instar.torch.LibTorch;
import dev.instar.torch.StoredTensor;
import dev.instar.torch.Tensors;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the original networks compute, from torchvision 0.14.1 and timm 0.6.13. */
final class GoldenModelTest {
  @BeforeAll
  static void load() {
    LibTorch.load(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18_c16", "resnet50_c16", "vit_tiny_patch16_224_c16"})
  void namesShapesOrderAndTypesAreTheOriginals(String golden) throws IOException {
    checkKeys(golden);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet18_c1000",
        "resnet34_c16",
        "resnet50_c1000",
        "resnet101_c16",
        "vit_small_patch16_224_c16",
        "vit_base_patch16_224_c16",
        "vit_base_patch16_224_c1000"
      })
  void namesOfLargeNetworksAreTheOriginals(String golden) throws IOException {
    checkKeys(golden);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet18_c16",
        "resnet18_c16_193x257",
        "resnet50_c16",
        "vit_tiny_patch16_224_c16"
      })
  void scoresAndStagesAreTheOriginals(String golden) throws IOException {
    checkScores(golden);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet18_c1000",
        "resnet34_c16",
        "resnet50_c1000",
        "resnet101_c16",
        "vit_small_patch16_224_c16",
        "vit_base_patch16_224_c16",
        "vit_base_patch16_224_c1000"
      })
  void scoresAndStagesOfLargeNetworksAreTheOriginals(String golden) throws IOException {
    checkScores(golden);
  }

  private static void checkKeys(String name) throws IOException {
    JsonNode golden = DeterministicTensors.golden("models/keys/" + name + ".json");
    try (Network network = create(golden)) {
      List<NamedTensor> state = network.state();
      assertThat(state).hasSize(golden.get("count").asInt());
      long parameters = 0;
      for (int i = 0; i < state.size(); i++) {
        JsonNode expected = golden.get("entries").get(i);
        NamedTensor entry = state.get(i);
        assertThat(entry.name()).isEqualTo(expected.get("key").asText());
        assertThat(Tensors.shape(entry.tensor()))
            .as(entry.name())
            .containsExactly(DeterministicTensors.longs(expected.get("shape")));
        assertThat(entry.tensor().scalar_type().toString().toLowerCase(Locale.ROOT))
            .as(entry.name())
            .isEqualTo(expected.get("dtype").asText().equals("int64") ? "long" : "float");
        assertThat(entry.parameter())
            .as(entry.name())
            .isEqualTo(expected.get("kind").asText().equals("parameter"));
        assertThat(entry.tensor().requires_grad()).isEqualTo(entry.parameter());
        parameters += entry.parameter() ? entry.tensor().numel() : 0;
      }
      assertThat(parameters).isEqualTo(golden.get("parameters").asLong());
    }
  }

  @SuppressWarnings("try") // the scope owns what is made on the way
  private static void checkScores(String name) throws IOException {
    JsonNode golden = DeterministicTensors.golden("models/" + name + "_eval.json");
    DeterministicTensors tensors = DeterministicTensors.of(golden);
    StoredTensor picture = tensors.input(golden);
    try (LayeredNetwork network = create(golden);
        PointerScope scope = new PointerScope()) {
      tensors.fill(network);
      Map<String, StageSummary> stages = new HashMap<>();
      network.observer(
          (stage, output) -> {
            if (golden.get("stages").has(stage)) {
              stages.put(stage, StageSummary.of(output));
            }
          });
      Tensor images = Tensors.wrap(picture);

      assertClose(forward(network, images), golden.get("logits"), 1e-4);

      for (Map.Entry<String, JsonNode> stage : golden.get("stages").properties()) {
        stages.get(stage.getKey()).check(stage.getKey(), stage.getValue());
      }

      network.observer((stage, output) -> {});
      network.to(new Device(DeviceType.CPU), ScalarType.Double);
      assertClose(forward(network, images.to(ScalarType.Double)), golden.get("logits_fp64"), 1e-9);

      network.to(new Device(DeviceType.CPU), ScalarType.Float);
      network.channelsLast(true);
      assertClose(forward(network, images), golden.get("logits"), 1e-4);
    }
  }

  private static Tensor forward(Network network, Tensor images) {
    return Inference.of(() -> network.forward(images));
  }

  private static void assertClose(Tensor scores, JsonNode expected, double tolerance) {
    double[] actual = Tensors.doubles(scores);
    assertThat(actual).hasSize(expected.size());
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i])
          .as("score " + i)
          .isCloseTo(expected.get(i).asDouble(), within(tolerance));
    }
  }

  private static LayeredNetwork create(JsonNode golden) {
    return (LayeredNetwork)
        Models.create(
            golden.get("model").asText(), NetworkOptions.of(golden.get("num_classes").asInt()), 1);
  }
}
