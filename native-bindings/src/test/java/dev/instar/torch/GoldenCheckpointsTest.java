package dev.instar.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.image.InputException;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Files that PyTorch wrote, and damaged and malicious ones, are read exactly or refused as their
 * makers listed.
 */
final class GoldenCheckpointsTest {
  private static final Path MARKER = Path.of("/tmp/pwned-marker");

  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("bool", ElementType.BOOL),
          Map.entry("uint8", ElementType.U8),
          Map.entry("int8", ElementType.I8),
          Map.entry("int16", ElementType.I16),
          Map.entry("int32", ElementType.I32),
          Map.entry("int64", ElementType.I64),
          Map.entry("float16", ElementType.F16),
          Map.entry("bfloat16", ElementType.BF16),
          Map.entry("float32", ElementType.F32),
          Map.entry("float64", ElementType.F64),
          Map.entry("complex64", ElementType.C64),
          Map.entry("complex128", ElementType.C128));

  private static Path folder() {
    return SharedData.path("golden/checkpoints");
  }

  @TestFactory
  Stream<DynamicTest> everyFileIsReadOrRefusedAsListed() throws IOException {
    JsonNode expected = new ObjectMapper().readTree(folder().resolve("expected.json").toFile());
    return expected.properties().stream()
        .map(
            listed ->
                DynamicTest.dynamicTest(
                    listed.getKey(), () -> check(listed.getKey(), listed.getValue())));
  }

  private static void check(String name, JsonNode expected) throws Exception {
    Path file = folder().resolve(name);
    if (expected.get("verdict").asText().equals("refuse")) {
      assertThatThrownBy(() -> WeightsFile.open(file).close())
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(file.toString());
    } else {
      try (WeightsFile weights = WeightsFile.open(file)) {
        checkTensors(weights, expected.get("tensors"));
        checkRest(weights, expected);
      }
    }
    assertThat(MARKER).doesNotExist();
  }

  private static void checkTensors(WeightsFile weights, JsonNode expected) throws Exception {
    Map<String, StoredTensor> tensors =
        weights instanceof TorchCheckpoint checkpoint ? checkpoint.allTensors() : weights.tensors();
    assertThat(tensors.keySet()).containsExactlyElementsOf(names(expected));
    for (Map.Entry<String, JsonNode> listed : expected.properties()) {
      StoredTensor tensor = tensors.get(listed.getKey());
      JsonNode wanted = listed.getValue();
      List<Long> shape = new ArrayList<>();
      wanted.get("shape").forEach(size -> shape.add(size.asLong()));
      assertThat(tensor.type()).isEqualTo(TYPES.get(wanted.get("dtype").asText()));
      assertThat(tensor.shape()).isEqualTo(shape);
      byte[] bytes = tensor.data().toArray();
      assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
          .as(listed.getKey())
          .isEqualTo(wanted.get("sha256_row_major_little_endian").asText());
      assertThat(tensor.data().address() % tensor.type().alignment()).isZero();
      if (tensor.type() == ElementType.F32) {
        checkFloats(tensor.data().buffer(), wanted.get("first8_row_major"));
      }
    }
  }

  private static void checkFloats(ByteBuffer bytes, JsonNode first) {
    for (JsonNode value : first) {
      float wanted =
          value.isTextual()
              ? Float.parseFloat(value.asText().replace("inf", "Infinity").replace("nan", "NaN"))
              : (float) value.asDouble();
      assertThat(Float.valueOf(bytes.getFloat())).isEqualTo(Float.valueOf(wanted));
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void checkRest(WeightsFile weights, JsonNode expected) {
    if (expected.has("metadata")) {
      expected
          .get("metadata")
          .properties()
          .forEach(
              m -> assertThat(weights.metadata()).containsEntry(m.getKey(), m.getValue().asText()));
    }
    if (weights instanceof TorchCheckpoint checkpoint) {
      Map<String, Object> values = checkpoint.values();
      if (!expected.has("class")) {
        assertThat(values.keySet()).containsExactlyElementsOf(names(expected.get("plain")));
      }
      for (Map.Entry<String, JsonNode> plain : expected.get("plain").properties()) {
        if (plain.getValue().isObject() && !plain.getValue().isEmpty()) {
          // An object of a known class: here its attributes have paths of their own.
          for (Map.Entry<String, JsonNode> attribute : plain.getValue().properties()) {
            assertThat(json(values.get(plain.getKey() + "/" + attribute.getKey())))
                .isEqualTo(attribute.getValue());
          }
        } else {
          assertThat(json(values.get(plain.getKey())))
              .as(plain.getKey())
              .isEqualTo(plain.getValue());
        }
      }
    }
  }

  private static JsonNode json(Object value) {
    Object plain = value instanceof Optional<?> ? null : value;
    try {
      ObjectMapper mapper = new ObjectMapper();
      return mapper.readTree(mapper.writeValueAsString(plain));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void namesWhatAFileAsksFor() {
    assertThatThrownBy(() -> WeightsFile.open(folder().resolve("evil_os_system.tar")))
        .hasMessageContaining("asks for posix.system")
        .hasMessageContaining("refused");
    assertThatThrownBy(() -> WeightsFile.open(folder().resolve("evil_eval.pt")))
        .hasMessageContaining("asks for __builtin__.eval");
    assertThatThrownBy(() -> WeightsFile.open(folder().resolve("evil_subprocess.pt")))
        .hasMessageContaining("getoutput");
  }

  @Test
  void takesTheWeightsOutOfWhatSurroundsThem() throws IOException {
    Map<String, String> paths =
        Map.of(
            "bare_state_dict.pth", "",
            "dataparallel_prefix.pth", "model",
            "legacy_format.tar", "model",
            "lightning_style.ckpt", "state_dict");
    for (Map.Entry<String, String> listed : paths.entrySet()) {
      try (TorchCheckpoint checkpoint = TorchCheckpoint.open(folder().resolve(listed.getKey()))) {
        assertThat(checkpoint.weightsPath()).isEqualTo(listed.getValue());
        assertThat(checkpoint.tensors().keySet()).noneMatch(name -> name.contains("/"));
        assertThat(checkpoint.tensors()).isNotEmpty();
      }
    }
  }

  @Test
  void leavesContiguousTensorsWhereTheyAre() throws IOException {
    try (TorchCheckpoint checkpoint =
        TorchCheckpoint.open(folder().resolve("views_and_sharing.pt"))) {
      Map<String, StoredTensor> tensors = checkpoint.tensors();
      long base = tensors.get("base").data().address();
      assertThat(tensors.get("slice_2_5").data().address()).isEqualTo(base + 20 * 4);
      assertThat(tensors.get("tied_a").data().address())
          .isEqualTo(tensors.get("tied_b").data().address());
    }
  }

  @Test
  void findsDamageInAnArchiveThroughItsChecksums() throws IOException {
    Path good = folder().resolve("bare_state_dict.pth");
    byte[] bytes = Files.readAllBytes(good);
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(Files.createTempFile("damaged", ".pth"), bytes);
    try (WeightsFile whole = WeightsFile.open(good);
        WeightsFile other = WeightsFile.open(damaged)) {
      assertThat(whole.verify()).isTrue();
      assertThatThrownBy(other::verify)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("checksum");
    } finally {
      Files.delete(damaged);
    }
  }
}
