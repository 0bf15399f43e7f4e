package dev.instar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.instar.image.InputException;
import dev.instar.memory.Bytes;
import dev.instar.torch.ElementType;
import dev.instar.torch.Inference;
import dev.instar.torch.LibTorch;
import dev.instar.torch.StoredTensor;
import dev.instar.torch.Tensors;
import dev.instar.torch.TorchArchiveWriter;
import dev.instar.torch.WeightsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of detectors, of every layout, and files that are none. */
@SuppressWarnings("try") // scopes own what is made on the way
final class DetrWeightsTest {
  @TempDir Path folder;

  @BeforeAll
  static void load() {
    LibTorch.load(1);
  }

  /** What files of the same weights call them. */
  enum Layout {
    HUGGING_FACE(false, ""),
    LIGHTNING(false, "model."),
    DATA_PARALLEL(false, "module."),
    LIGHTNING_OF_DATA_PARALLEL(false, "model.module."),
    ORIGINAL(true, ""),
    ORIGINAL_DATA_PARALLEL(true, "module."),
    ORIGINAL_IN_LIGHTNING(true, "model.");

    private final boolean original;
    private final String prefix;

    Layout(boolean original, String prefix) {
      this.original = original;
      this.prefix = prefix;
    }

    Map<String, StoredTensor> of(Map<String, StoredTensor> weights) {
      Map<String, StoredTensor> named = new LinkedHashMap<>();
      (original ? TinyDetr.original(weights) : weights)
          .forEach((name, tensor) -> named.put(prefix + name, tensor));
      return named;
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyLayoutOfTheSameWeightsIsTheSameDetector(Layout layout) throws IOException {
    Map<String, StoredTensor> weights = TinyDetr.weights();
    Path plain = TinyDetr.write(folder.resolve("a.safetensors"), layout.of(weights));
    Path archive = folder.resolve("a.pth");
    TorchArchiveWriter.write(archive, layout.of(weights));

    for (Path path : List.of(plain, archive)) {
      try (WeightsFile file = WeightsFile.open(path);
          Detr detr = Detr.load(file, TinyDetr.HEADS)) {
        assertThat(detr.options()).isEqualTo(TinyDetr.OPTIONS);
        assertSame(detr, weights);
      }
    }
  }

  private static void assertSame(Detr detr, Map<String, StoredTensor> weights) {
    assertThat(detr.state()).hasSameSizeAs(weights.keySet());
    for (NamedTensor entry : detr.state()) {
      try (PointerScope scope = new PointerScope()) {
        assertThat(Tensors.stored(entry.tensor().detach()).data().toArray())
            .as(entry.name())
            .isEqualTo(weights.get(entry.name()).data().toArray());
      }
    }
  }

  @Test
  void aShadowOfTheWeightsBesideThemIsNotTaken() throws IOException {
    Map<String, StoredTensor> weights = TinyDetr.weights();
    Map<String, StoredTensor> both = new LinkedHashMap<>();
    weights.forEach(
        (name, tensor) -> both.put("average_model." + name, TinyDetr.filled(0, tensor.sizes())));
    both.putAll(Layout.LIGHTNING.of(weights));

    try (Detr detr = Detr.load(new MemoryWeights(both), TinyDetr.HEADS)) {
      assertSame(detr, weights);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18_c3,1,true",
    "resnet18_c4,1,false",
    "resnet34_c2,1,false",
    "resnet50_c2,3,true",
    "wide_resnet50_2_c2,1,false"
  })
  void theSizeFollowsFromTheTensors(String backbone, int labels, boolean trainedNorm)
      throws IOException {
    DetrOptions options = TinyDetr.options(backbone, labels, trainedNorm);

    try (Detr detr = Detr.load(new MemoryWeights(TinyDetr.weights(options)), TinyDetr.HEADS)) {
      assertThat(detr.options()).isEqualTo(options);
    }
  }

  @Test
  void countersThatOldFilesLackAreNotMissed() throws IOException {
    Map<String, StoredTensor> weights = TinyDetr.weights(TinyDetr.options("resnet18_c3", 1, true));
    weights.remove(Detr.BACKBONE + "layer1.0.bn1.num_batches_tracked");

    try (Detr detr = Detr.load(new MemoryWeights(weights), TinyDetr.HEADS)) {
      assertThat(detr.options().trainedNorm()).isTrue();
    }
  }

  /** What makes a file none of a detector's. */
  enum Flaw {
    NO_HEAD(
        weights -> weights.remove("class_labels_classifier.weight"),
        "is no DETR: it has no head that tells kinds of things"),
    NO_QUERIES(
        weights -> weights.remove("model.query_position_embeddings.weight"),
        "is no DETR: it has no model.query_position_embeddings.weight"),
    NO_BIAS(
        weights -> weights.remove("model.encoder.layers.1.fc2.bias"),
        "is no whole DETR: it has no model.encoder.layers.1.fc2.bias"),
    NO_BOXES(
        weights -> weights.keySet().removeIf(name -> name.startsWith("bbox_predictor.")),
        "it has no bbox_predictor.layers.0.weight; it has no bbox_predictor.layers.0.bias; it has"
            + " no bbox_predictor.layers.1.weight; and 3 more"),
    NO_MIDDLE_LAYER(
        weights -> weights.keySet().removeIf(name -> name.startsWith("model.decoder.layers.0.")),
        "it has no model.decoder.layers.0.fc1.weight"),
    OTHER_SHAPE(
        weights -> weights.put("model.input_projection.bias", TinyDetr.filled(0, 17)),
        "model.input_projection.bias is F32[17], not F32[16]"),
    OTHER_BOXES(
        weights -> weights.put("bbox_predictor.layers.2.bias", TinyDetr.filled(0, 5)),
        "bbox_predictor.layers.2.bias is F32[5], not F32[4]"),
    INTEGERS(
        weights ->
            weights.put(
                "class_labels_classifier.bias",
                new StoredTensor(ElementType.I32, List.of(2L), Bytes.copyOf(new byte[8]))),
        "class_labels_classifier.bias is I32[2], not F32[2]"),
    NOT_A_NUMBER(
        weights -> weights.put("model.decoder.layernorm.bias", TinyDetr.filled(Float.NaN, 16)),
        "model.decoder.layernorm.bias has a value that is not finite"),
    INFINITE(
        weights ->
            weights.put(
                "model.decoder.layernorm.bias", TinyDetr.filled(Float.POSITIVE_INFINITY, 16)),
        "model.decoder.layernorm.bias has a value that is not finite"),
    HEAD_OF_NOTHING(
        weights -> weights.put("class_labels_classifier.weight", TinyDetr.filled(0, 0, 16)),
        "it has no class_labels_classifier.weight of 2 dimensions and elements, but F32[0, 16]"),
    HEAD_OF_NO_LABEL(
        weights -> weights.put("class_labels_classifier.weight", TinyDetr.filled(0, 1, 16)),
        "a detector needs at least one label"),
    CLAIMS_WITHOUT_BYTES(
        weights ->
            weights.put("model.query_position_embeddings.weight", TinyDetr.filled(0, 1L << 40, 0)),
        "it has no model.query_position_embeddings.weight of 2 dimensions and elements"),
    WIDER_THAN_ITS_TENSORS(
        weights -> weights.put("class_labels_classifier.weight", TinyDetr.filled(0, 2, 1 << 20)),
        "model.encoder.layers.0.self_attn.q_proj.weight is F32[16, 16], not"
            + " F32[1048576, 1048576]"),
    LAYERS_WITHOUT_END(
        weights -> {
          for (int i = 0; i < 1000; i++) {
            weights.put("model.encoder.layers." + i + ".x", TinyDetr.filled(0, 0));
          }
        },
        "more than 64 model.encoder.layers."),
    OTHER_BACKBONE(
        weights -> weights.put(Detr.BACKBONE + "layer2.2.conv1.weight", TinyDetr.filled(0, 1)),
        "its backbone has [2, 3] blocks"),
    NOT_DIVISIBLE(
        weights -> weights.put("class_labels_classifier.weight", TinyDetr.filled(0, 2, 18)),
        "a width of 18 for 4 heads");

    private final Consumer<Map<String, StoredTensor>> damage;
    private final String sentence;

    Flaw(Consumer<Map<String, StoredTensor>> damage, String sentence) {
      this.damage = damage;
      this.sentence = sentence;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoWholeDetectorIsRefusedBeforeMemoryIsTaken(Flaw flaw) {
    Map<String, StoredTensor> weights = TinyDetr.weights();
    flaw.damage.accept(weights);

    assertThatThrownBy(() -> Detr.load(new MemoryWeights(weights), TinyDetr.HEADS))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("memory")
        .hasMessageContaining(flaw.sentence);
  }

  @Test
  void whatIsStackedOfThreeHasThreeParts() {
    Map<String, StoredTensor> weights = TinyDetr.original(TinyDetr.weights());
    String name = "transformer.encoder.layers.0.self_attn.in_proj_bias";
    for (StoredTensor odd : List.of(TinyDetr.filled(0, 47), TinyDetr.filled(0))) {
      weights.put(name, odd);

      assertThatThrownBy(() -> Detr.load(new MemoryWeights(weights), TinyDetr.HEADS))
          .isInstanceOf(InputException.class)
          .hasMessage("memory is no DETR: " + name + " of " + odd.shape() + " is not three in one");
    }
  }

  @Test
  void aResidualNetworkIsNoDetector() throws IOException {
    try (Network network = Models.create("resnet18", new NetworkOptions(5, 0, 0, 32), 1)) {
      MemoryWeights weights = MemoryWeights.of(network, UnaryOperator.identity());

      assertThat(DetrWeights.in(weights)).isEmpty();
      assertThatThrownBy(() -> Detr.load(weights, 8))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("is no DETR");
    }
  }

  /** Each of the original's tensors stands for itself by a value; a stacked one by three. */
  @Test
  void everyNameOfTheOriginalBecomesTheOneOfHuggingFace() throws IOException {
    JsonNode map = DeterministicTensors.golden("models/keys/detr_key_map.json").get("map");
    Map<String, StoredTensor> original = new LinkedHashMap<>();
    Map<String, Float> expected = new LinkedHashMap<>();
    for (JsonNode pair : map) {
      String[] from = pair.get(0).asText().split("\\[", 2);
      String to = pair.get(1).asText();
      boolean third = from.length == 2;
      float value = third ? List.of("first", "second", "last").indexOf(from[1].split(" ")[0]) : 3;
      expected.put(to, value);
      original.put(from[0], third ? thirds() : TinyDetr.filled(value, 1));
    }

    Map<String, StoredTensor> found =
        DetrWeights.in(new MemoryWeights(original)).orElseThrow().tensors();

    assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    found.forEach(
        (name, tensor) ->
            assertThat(tensor.data().buffer().asFloatBuffer().get(0))
                .as(name)
                .isEqualTo(expected.get(name)));
  }

  private static StoredTensor thirds() {
    byte[] bytes = new byte[3 * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(0).putFloat(1).putFloat(2);
    return new StoredTensor(ElementType.F32, List.of(3L), Bytes.copyOf(bytes));
  }

  @Test
  void aFileOfTheReferenceAnswersAsTheOriginalDoes() throws IOException {
    JsonNode golden = DeterministicTensors.golden("models/detr_240x320.json");
    DeterministicTensors tensors = DeterministicTensors.of(golden);
    Map<String, StoredTensor> weights = new LinkedHashMap<>();
    for (JsonNode entry :
        DeterministicTensors.golden("models/keys/detr_resnet50_labels1.json").get("entries")) {
      String name = entry.get("key").asText();
      weights.put(name, tensors.stored(name, DeterministicTensors.longs(entry.get("shape"))));
    }
    Path path = TinyDetr.write(folder.resolve("reference.safetensors"), weights);
    StoredTensor picture = tensors.input(golden);
    try (WeightsFile file = WeightsFile.open(path);
        Detr detr = Detr.load(file, DetrOptions.REFERENCE.heads());
        PointerScope scope = new PointerScope()) {
      assertThat(detr.options()).isEqualTo(DetrOptions.REFERENCE);
      Tensor images = Tensors.wrap(picture);
      Detr.Output output = Inference.of(() -> detr.forward(images, false));
      assertClose(output.logits(), golden.get("logits"), 1e-3);
      assertClose(output.boxes(), golden.get("pred_boxes_cxcywh"), 3e-4);
    }
  }

  private static void assertClose(Tensor tensor, JsonNode expected, double tolerance) {
    double[] actual = Tensors.doubles(tensor);
    assertThat(actual).hasSize(expected.size());
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected.get(i).asDouble(), within(tolerance));
    }
  }
}
