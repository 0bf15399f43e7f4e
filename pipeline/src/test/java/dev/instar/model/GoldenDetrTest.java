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
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the original detector computes, from facebookresearch/detr. */
@SuppressWarnings("try") // scopes own what is made on the way
final class GoldenDetrTest {
  @BeforeAll
  static void load() {
    LibTorch.load(1);
  }

  @Test
  void namesShapesOrderAndKindsAreThoseOfHuggingFace() throws IOException {
    JsonNode golden = DeterministicTensors.golden("models/keys/detr_resnet50_labels1.json");
    try (Detr detr = Detr.outline(DetrOptions.REFERENCE)) {
      List<NamedTensor> state = detr.state();
      assertThat(state).hasSize(golden.get("count").asInt());
      for (int i = 0; i < state.size(); i++) {
        JsonNode expected = golden.get("entries").get(i);
        NamedTensor entry = state.get(i);
        assertThat(entry.name()).isEqualTo(expected.get("key").asText());
        assertThat(Tensors.shape(entry.tensor()))
            .as(entry.name())
            .containsExactly(DeterministicTensors.longs(expected.get("shape")));
        assertThat(entry.parameter())
            .as(entry.name())
            .isEqualTo(expected.get("kind").asText().equals("parameter"));
        assertThat(entry.tensor().requires_grad()).as(entry.name()).isEqualTo(entry.parameter());
      }
    }
  }

  @Test
  void answersAndStagesOfASmallPictureAreTheOriginals() throws IOException {
    JsonNode golden = DeterministicTensors.golden("models/detr_240x320.json");
    DeterministicTensors tensors = DeterministicTensors.of(golden);
    StoredTensor picture = tensors.input(golden);
    try (Detr detr = Detr.create(DetrOptions.REFERENCE, 1);
        PointerScope scope = new PointerScope()) {
      tensors.fill(detr);
      Map<String, StageSummary> stages = new HashMap<>();
      detr.observer(
          (layer, output) -> {
            String stage = layer.replaceAll("(layer[1-4])\\.\\d+$", "$1"); // the last block counts
            if (golden.get("stages").has(stage)) {
              stages.put(stage, StageSummary.of(asSummarised(stage, output)));
            }
          });
      Tensor images = Tensors.wrap(picture);

      check(detr, images, golden, "", 1e-3, 3e-4);

      for (Map.Entry<String, JsonNode> stage : golden.get("stages").properties()) {
        assertThat(stages).containsKey(stage.getKey());
        stages.get(stage.getKey()).check(stage.getKey(), stage.getValue());
      }

      detr.observer((layer, output) -> {});
      detr.to(new Device(DeviceType.CPU), ScalarType.Double);
      // With the original's own positions all agree within 1e-7; its sines are up to one unit in
      // the last place of 32 bits away from ours.
      check(detr, images.to(ScalarType.Double), golden, "_fp64", 3e-7, 3e-7);

      detr.to(new Device(DeviceType.CPU), ScalarType.Float);
      detr.channelsLast(true);
      check(detr, images, golden, "", 1e-3, 3e-4);
    }
  }

  @Tag("slow")
  @Test
  void answersOfAPictureOfUsualSizeAreTheOriginals() throws IOException {
    JsonNode golden = DeterministicTensors.golden("models/detr_800x1066.json");
    DeterministicTensors tensors = DeterministicTensors.of(golden);
    StoredTensor picture = tensors.input(golden);
    try (Detr detr = Detr.create(DetrOptions.REFERENCE, 1);
        PointerScope scope = new PointerScope()) {
      tensors.fill(detr);
      check(detr, Tensors.wrap(picture), golden, "", 1e-3, 3e-4);
    }
  }

  /** Transformer stages are summarised as [tokens, samples, width], positions as a map. */
  private static Tensor asSummarised(String stage, Tensor output) {
    if (stage.equals("position_embedding")) {
      return output.transpose(1, 2).reshape(1, 256, 8, 10);
    }
    return stage.contains("coder.layers.") ? output.transpose(0, 1) : output;
  }

  private static void check(
      Detr detr,
      Tensor images,
      JsonNode golden,
      String precision,
      double logitTolerance,
      double boxTolerance) {
    Detr.Output output = Inference.of(() -> detr.forward(images, false));
    assertThat(Tensors.shape(output.logits())).containsExactly(1, 1, 100, 2);
    assertThat(Tensors.shape(output.boxes())).containsExactly(1, 1, 100, 4);
    assertClose(output.logits(), golden.get("logits" + precision), logitTolerance);
    assertClose(output.boxes(), golden.get("pred_boxes_cxcywh" + precision), boxTolerance);
  }

  private static void assertClose(Tensor tensor, JsonNode expected, double tolerance) {
    double[] actual = Tensors.doubles(tensor);
    assertThat(actual).hasSize(expected.size());
    double greatest = 0;
    for (int i = 0; i < actual.length; i++) {
      greatest = Math.max(greatest, Math.abs(actual[i] - expected.get(i).asDouble()));
    }
    assertThat(greatest).as("greatest difference").isCloseTo(0, within(tolerance));
  }
}
