package dev.instar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.instar.memory.Bytes;
import dev.instar.testing.PythonTorch;
import dev.instar.testing.SharedData;
import dev.instar.torch.ElementType;
import dev.instar.torch.Inference;
import dev.instar.torch.LibTorch;
import dev.instar.torch.SafetensorsWriter;
import dev.instar.torch.StoredTensor;
import dev.instar.torch.Tensors;
import dev.instar.torch.WeightsFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // scopes own what is made on the way
final class WeightLoadingTest {
  private static final String VIT = "vit_tiny_patch16_224";
  private static final NetworkOptions SMALL = new NetworkOptions(5, 0, 0, 32);

  @BeforeAll
  static void load() {
    LibTorch.load(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "module.", "model.", "module.model.", "model.backbone.", "_orig_mod."})
  void namesLoseWhatWrappersPutInFrontOfThem(String prefix) {
    try (Network from = Models.create(VIT, SMALL, 1);
        Network to = Models.create(VIT, SMALL, 2)) {
      WeightLoading loading = WeightLoading.into(to, MemoryWeights.of(from, name -> prefix + name));

      assertThat(loading.complete()).isTrue();
      assertThat(loading.remarks()).isEmpty();
      assertThat(loading.loaded()).hasSameSizeAs(to.state());
      for (int i = 0; i < to.state().size(); i++) {
        assertThat(Tensors.floats(to.state().get(i).tensor()))
            .isEqualTo(Tensors.floats(from.state().get(i).tensor()));
      }
      assertThat(tensor(to, "head.weight").requires_grad()).isTrue();
    }
  }

  @Test
  void ofTwoNamesForOneTensorTheNearerCounts() {
    try (Network from = Models.create(VIT, SMALL, 1);
        Network to = Models.create(VIT, SMALL, 2)) {
      Map<String, StoredTensor> tensors =
          new LinkedHashMap<>(MemoryWeights.of(from, name -> name).tensors());
      tensors.put("model.head.bias", floats(9, 9, 9, 9, 9));

      WeightLoading loading = WeightLoading.into(to, new MemoryWeights(tensors));

      assertThat(loading.unexpected()).containsExactly("model.head.bias");
      assertThat(Tensors.floats(tensor(to, "head.bias"))).containsOnly(0);
    }
  }

  @Test
  void aHeadForOtherClassesKeepsItsFreshValues() {
    try (Network from = Models.create(VIT, new NetworkOptions(7, 0, 0, 32), 1);
        Network to = Models.create(VIT, SMALL, 2)) {
      float[] fresh = Tensors.floats(tensor(to, "head.weight"));

      WeightLoading loading = WeightLoading.into(to, MemoryWeights.of(from, name -> name));

      assertThat(loading.replacedHead()).containsExactly("head.weight", "head.bias");
      assertThat(loading.complete()).isTrue();
      assertThat(Tensors.floats(tensor(to, "head.weight"))).isEqualTo(fresh);
      assertThat(loading.remarks())
          .containsExactly("the head keeps fresh values: head.weight, head.bias");
    }
  }

  @Test
  void everyMismatchIsNamedAndLongListsAreCounted() {
    try (Network from = Models.create(VIT, SMALL, 1);
        Network to = Models.create(VIT, SMALL, 2)) {
      Map<String, StoredTensor> tensors =
          new LinkedHashMap<>(MemoryWeights.of(from, name -> name).tensors());
      tensors.keySet().removeIf(name -> name.startsWith("blocks.4."));
      tensors.put("norm.bias", floats(1, 2, 3));
      tensors.put(
          "norm.weight",
          new StoredTensor(ElementType.I64, List.of(192L), Bytes.copyOf(new byte[192 * 8])));
      tensors.put("optimizer.lr", floats(1));

      WeightLoading loading = WeightLoading.into(to, new MemoryWeights(tensors));

      assertThat(loading.complete()).isFalse();
      assertThat(loading.missing()).hasSize(12).allMatch(name -> name.startsWith("blocks.4."));
      assertThat(loading.unexpected()).containsExactly("optimizer.lr");
      assertThat(loading.mismatched())
          .containsExactlyInAnyOrder(
              "norm.bias ([3] in the file, [192] here)", "norm.weight (I64 in the file)");
      assertThat(loading.remarks())
          .anySatisfy(
              remark ->
                  assertThat(remark)
                      .startsWith("not in the file: blocks.4.norm1.weight, ")
                      .endsWith(" and 2 more"));
    }
  }

  @Test
  void countersOfBatchesThatOldFilesLackAreNotMissed() {
    try (Network from = Models.create("resnet18", SMALL, 1);
        Network to = Models.create("resnet18", SMALL, 2)) {
      Map<String, StoredTensor> tensors =
          new LinkedHashMap<>(MemoryWeights.of(from, name -> name).tensors());
      tensors.keySet().removeIf(name -> name.endsWith("num_batches_tracked"));

      assertThat(WeightLoading.into(to, new MemoryWeights(tensors)).complete()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16", "F64"})
  void otherPrecisionsAreConverted(ElementType type) {
    try (PointerScope scope = new PointerScope();
        Network to = Models.create(VIT, SMALL, 2)) {
      Tensor half = torch.tensor(0.5, 1, -2, 4, 0.25).to(Tensors.scalarType(type));

      WeightLoading.into(to, new MemoryWeights(Map.of("head.bias", Tensors.stored(half))));

      assertThat(Tensors.floats(tensor(to, "head.bias"))).containsExactly(0.5f, 1, -2, 4, 0.25f);
      assertThat(tensor(to, "head.bias").scalar_type().intern()).isEqualTo(ScalarType.Float);
    }
  }

  @Test
  void positionEmbeddingsAreResizedAsTimmDoes() throws Exception {
    try (Network from = Models.create(VIT, new NetworkOptions(5, 0, 0, 64), 1);
        Network to = Models.create(VIT, new NetworkOptions(5, 0, 0, 96), 2)) {
      float[] grid = new float[17 * 192];
      for (int i = 0; i < grid.length; i++) {
        grid[i] = (i / 192 * 37 % 17) + (i % 192) / 100f;
      }
      Map<String, StoredTensor> tensors =
          new LinkedHashMap<>(MemoryWeights.of(from, name -> name).tensors());
      tensors.put(
          "pos_embed",
          new StoredTensor(ElementType.F32, List.of(1L, 17L, 192L), floats(grid).data()));

      WeightLoading loading = WeightLoading.into(to, new MemoryWeights(tensors));

      assertThat(loading.interpolated()).containsExactly("pos_embed");
      assertThat(loading.complete()).isTrue();
      // timm 0.6.13 vision_transformer.py, resize_pos_embed, by PyTorch 1.13
      String[] expected =
          PythonTorch.run(
                  """
                  import torch
                  i = torch.arange(17 * 192)
                  e = ((i // 192 * 37 % 17) + (i % 192) / 100).reshape(1, 17, 192)
                  g = e[0, 1:].reshape(1, 4, 4, -1).permute(0, 3, 1, 2)
                  g = torch.nn.functional.interpolate(g, size=(6, 6), mode='bicubic', align_corners=False)
                  g = g.permute(0, 2, 3, 1).reshape(1, 36, -1)
                  print(*torch.cat([e[:, :1], g], dim=1)[0, :, 5].tolist())
                  """)
              .strip()
              .split(" ");
      float[] resized = Tensors.floats(tensor(to, "pos_embed"));
      assertThat(expected).hasSize(37);
      for (int i = 0; i < expected.length; i++) {
        assertThat(resized[i * 192 + 5]).isCloseTo(Float.parseFloat(expected[i]), within(1e-4f));
      }
    }
  }

  @Test
  void theReferencesCheckpointsLoad() throws Exception {
    Path file = SharedData.path("golden/checkpoints/resnet18_head_subset.pth");
    try (WeightsFile weights = WeightsFile.open(file);
        Network network = Models.create("resnet18", NetworkOptions.of(16), 1)) {
      WeightLoading loading = WeightLoading.into(network, weights);

      assertThat(loading.loaded()).isNotEmpty();
      assertThat(loading.unexpected()).isEmpty();
      assertThat(loading.mismatched()).isEmpty();
      for (String name : loading.loaded()) {
        try (PointerScope scope = new PointerScope()) {
          assertThat(Tensors.floats(tensor(network, name)))
              .as(name)
              .isEqualTo(Tensors.floats(Tensors.wrap(weights.tensors().get(name))));
        }
      }
    }
  }

  @Test
  void pythonOpensWhatIsSavedAndScoresTheSame(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("resnet18.safetensors");
    try (PointerScope scope = new PointerScope();
        Network network = Models.create("resnet18", NetworkOptions.of(16), 3)) {
      network.channelsLast(true);
      Map<String, StoredTensor> tensors = new LinkedHashMap<>();
      network.state().forEach(entry -> tensors.put(entry.name(), Tensors.stored(entry.tensor())));
      SafetensorsWriter.write(file, tensors, Map.of());
      Tensor picture =
          torch
              .arange(new Scalar(3 * 64 * 64))
              .remainder(new Scalar(29))
              .div(new Scalar(29.0))
              .reshape(1, 3, 64, 64);
      float[] scores = Tensors.floats(Inference.of(() -> network.forward(picture)));

      String[] expected =
          PythonTorch.run(
                  """
                  import json, struct, sys, torch, torchvision
                  data = open(sys.argv[1], 'rb').read()
                  size, = struct.unpack('<Q', data[:8])
                  header = json.loads(data[8:8 + size])
                  header.pop('__metadata__', None)
                  types = {'F32': torch.float32, 'I64': torch.int64}
                  state = {}
                  for name, t in header.items():
                      a, b = t['data_offsets']
                      raw = bytearray(data[8 + size + a:8 + size + b])
                      state[name] = torch.frombuffer(raw, dtype=types[t['dtype']]).reshape(t['shape'])
                  model = torchvision.models.resnet18(num_classes=16)
                  model.load_state_dict(state, strict=True)
                  x = (torch.arange(3 * 64 * 64) % 29 / 29.0).reshape(1, 3, 64, 64)
                  with torch.no_grad():
                      print(*model.eval()(x)[0].tolist())
                  """,
                  file)
              .strip()
              .split(" ");
      assertThat(expected).hasSize(16);
      for (int i = 0; i < 16; i++) {
        assertThat(scores[i]).isCloseTo(Float.parseFloat(expected[i]), within(1e-4f));
      }
    }
  }

  @Test
  void aFilesArchitectureIsFoundByItsNamesAndShapes() {
    try (Network network = Models.create("resnet34", new NetworkOptions(21, 0, 0, 224), 1)) {
      WeightsSummary summary =
          WeightsSummary.of(MemoryWeights.of(network, name -> "model." + name));

      WeightsSummary.Fit fit = summary.fit().orElseThrow();
      assertThat(fit.architecture().name()).isEqualTo("resnet34");
      assertThat(fit.classes()).isEqualTo(21);
      assertThat(fit.loading().complete()).isTrue();
      assertThat(fit.loading().loaded()).hasSize(fit.entries());
      assertThat(summary.types()).containsOnlyKeys(ElementType.F32, ElementType.I64);
      assertThat(summary.parameters()).isEqualTo(21_797_672 - 979 * 513);
    }
    assertThat(WeightsSummary.of(new MemoryWeights(Map.of("x", floats(1)))).fit()).isEmpty();
  }

  private static StoredTensor floats(float... values) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return new StoredTensor(ElementType.F32, List.of((long) values.length), Bytes.of(buffer));
  }

  private static Tensor tensor(Network network, String name) {
    return network.state().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow()
        .tensor();
  }
}
