package dev.instar.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.InputException;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what is read, in order, and only whole files take a name. */
final class SafetensorsTest {
  @TempDir Path folder;

  static StoredTensor floats(List<Long> shape, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return new StoredTensor(ElementType.F32, shape, Bytes.copyOf(bytes.array()));
  }

  private static Map<String, StoredTensor> twoTensors() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    tensors.put("fc.weight", floats(List.of(2L, 3L), 1, 2, 3, 4, 5, 6));
    tensors.put("a.scalar", floats(List.of(), -1.5f));
    tensors.put("empty", floats(List.of(0L, 1L << 40, 1L << 40)));
    return tensors;
  }

  @Test
  void readsBackWhatItWrites() throws IOException {
    Path file = folder.resolve("w.safetensors");
    SafetensorsWriter.write(file, twoTensors(), Map.of("format", "pt"));

    try (WeightsFile read = WeightsFile.open(file)) {
      assertThat(read.tensors().keySet()).containsExactly("fc.weight", "a.scalar", "empty");
      assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"));
      assertThat(read.verify()).isFalse();
      twoTensors()
          .forEach(
              (name, tensor) -> {
                StoredTensor back = read.tensors().get(name);
                assertThat(back.shape()).isEqualTo(tensor.shape());
                assertThat(back.data().toArray()).isEqualTo(tensor.data().toArray());
                assertThat(back.data().address() % 4).isZero();
              });
    }
  }

  @Test
  void writesTheSameBytesWhateverTheOrderOfTheMetadata() throws IOException {
    Map<String, String> backwards = new LinkedHashMap<>();
    backwards.put("value", "0.5");
    backwards.put("epoch", "3");
    Map<String, String> forwards = new LinkedHashMap<>();
    forwards.put("epoch", "3");
    forwards.put("value", "0.5");
    SafetensorsWriter.write(folder.resolve("a"), twoTensors(), backwards);
    SafetensorsWriter.write(folder.resolve("b"), twoTensors(), forwards);

    assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
  }

  @Property(tries = 100)
  void readsBackAnyTensors(
      @ForAll @Size(max = 6) Map<@StringLength(max = 12) String, @Size(max = 9) byte[]> content,
      @ForAll ElementType type,
      @ForAll boolean checked)
      throws IOException {
    Assume.that(type.inSafetensors());
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> named : content.entrySet()) {
      byte[] bytes = Arrays.copyOf(named.getValue(), named.getValue().length * type.bytes());
      tensors.put(
          "t" + named.getKey().replaceAll("\\p{Cs}", "?"),
          new StoredTensor(type, List.of((long) named.getValue().length), Bytes.copyOf(bytes)));
    }
    Path file = Files.createTempFile("any", ".safetensors");
    try {
      if (checked) {
        SafetensorsWriter.writeChecked(file, tensors, Map.of("note", "ü\n"));
      } else {
        SafetensorsWriter.write(file, tensors, Map.of("note", "ü\n"));
      }
      try (WeightsFile read = WeightsFile.open(file)) {
        assertThat(read.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
        assertThat(read.metadata()).containsEntry("note", "ü\n");
        assertThat(read.verify()).isEqualTo(checked);
        tensors.forEach(
            (name, tensor) ->
                assertThat(read.tensors().get(name).data().toArray())
                    .isEqualTo(tensor.data().toArray()));
      }
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void isNotTakenForAPickleWhenItsHeaderIs640BytesLong() throws IOException {
    Path file = folder.resolve("w.safetensors");
    for (int filling = 590; filling < 640; filling++) {
      SafetensorsWriter.write(file, Map.of(), Map.of("filling", "x".repeat(filling)));
      byte[] start = Files.readAllBytes(file);
      if (start[0] == (byte) 0x80 && start[1] == 2) {
        try (WeightsFile read = WeightsFile.open(file)) {
          assertThat(read.metadata().get("filling")).hasSize(filling);
        }
        return;
      }
      Files.delete(file);
    }
    throw new AssertionError("no header of 640 bytes");
  }

  @Test
  void copiesWhatLiesMisaligned() throws IOException {
    Path file = folder.resolve("w.safetensors");
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    tensors.put("byte", new StoredTensor(ElementType.U8, List.of(1L), Bytes.copyOf(new byte[1])));
    tensors.put("float", floats(List.of(2L), 1.5f, 2.5f));
    SafetensorsWriter.write(file, tensors, Map.of());

    long before = NativeBuffer.allocatedBytes();
    try (WeightsFile read = WeightsFile.open(file)) {
      StoredTensor tensor = read.tensors().get("float");
      assertThat(tensor.data().address() % 4).isZero();
      assertThat(tensor.data().buffer().getFloat(4)).isEqualTo(2.5f);
      assertThat(NativeBuffer.allocatedBytes()).isEqualTo(before + 8);
    }
    assertThat(NativeBuffer.allocatedBytes()).isEqualTo(before);
  }

  @Test
  void saysWhatAFileIsThatIsNone() throws IOException {
    Map<String, String> contents =
        Map.of(
            "<!DOCTYPE html><title>Sign in</title>", "is a web page",
            "version https://git-lfs.github.com/spec/v1", "run git lfs pull",
            "", "is empty",
            "weights,of,a,kind\n", "is neither");
    for (Map.Entry<String, String> content : contents.entrySet()) {
      Path file = Files.writeString(folder.resolve("w.pth"), content.getKey());
      assertThatThrownBy(() -> WeightsFile.open(file))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(content.getValue());
      Files.delete(file);
    }
    assertThatThrownBy(() -> WeightsFile.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void findsDamageThroughTheChecksum() throws IOException {
    Path file = folder.resolve("w.safetensors");
    SafetensorsWriter.writeChecked(file, twoTensors(), Map.of());
    try (WeightsFile read = WeightsFile.open(file)) {
      assertThat(read.verify()).isTrue();
    }

    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    try (WeightsFile read = WeightsFile.open(file)) {
      assertThatThrownBy(read::verify)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("w.safetensors is damaged");
    }
  }

  @Test
  void leavesTheOldFileWhereItCannotWriteTheNew() throws IOException {
    Path file = folder.resolve("w.safetensors");
    SafetensorsWriter.write(file, twoTensors(), Map.of());
    byte[] before = Files.readAllBytes(file);

    Map<String, StoredTensor> impossible =
        Map.of(
            "pairs", new StoredTensor(ElementType.C128, List.of(1L), Bytes.copyOf(new byte[16])));
    assertThatThrownBy(() -> SafetensorsWriter.write(file, impossible, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void namesTheFolderThatIsMissing() {
    assertThatThrownBy(
            () -> SafetensorsWriter.write(folder.resolve("no/w"), twoTensors(), Map.of()))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("there is no folder");
  }
}
