package dev.instar.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.memory.Bytes;
import dev.instar.memory.MappedFile;
import dev.instar.testing.PythonTorch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights saved here open in Python, without anything but PyTorch. */
final class TorchArchiveWriterTest {
  @TempDir Path folder;

  /** One tensor of each type, a scalar and an empty one among them. */
  static Map<String, StoredTensor> oneOfEach() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    int number = 0;
    for (ElementType type : ElementType.values()) {
      byte[] bytes = new byte[6 * type.bytes()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (type == ElementType.BOOL ? i % 2 : 1 + i * 7 + number);
      }
      tensors.put(
          "layer" + number++ + ".weight",
          new StoredTensor(type, List.of(2L, 3L), Bytes.copyOf(bytes)));
    }
    tensors.put("scalär", SafetensorsTest.floats(List.of(), 2.5f));
    tensors.put("empty", SafetensorsTest.floats(List.of(0L, 3L)));
    tensors.put("wide", SafetensorsTest.floats(List.of(1L, 300L), new float[300]));
    return tensors;
  }

  @Test
  void readsBackWhatItWrites() throws IOException {
    Path file = folder.resolve("w.pth");
    TorchArchiveWriter.write(file, oneOfEach());
    try (TorchCheckpoint read = TorchCheckpoint.open(file)) {
      assertThat(read.tensors().keySet()).containsExactlyElementsOf(oneOfEach().keySet());
      oneOfEach()
          .forEach(
              (name, tensor) -> {
                StoredTensor back = read.tensors().get(name);
                assertThat(back).hasToString(tensor.toString());
                assertThat(back.data().toArray()).isEqualTo(tensor.data().toArray());
              });
      assertThat(read.verify()).isTrue();
    }
  }

  @Test
  void writesOffsetsThatNeed64Bits() throws IOException {
    Path file = folder.resolve("wide.zip");
    try (AtomicFile out = AtomicFile.create(file)) {
      StoredZipWriter zip = new StoredZipWriter(out, 1);
      zip.add("a", ByteBuffer.wrap(new byte[] {1, 2, 3}));
      zip.add("b", ByteBuffer.wrap(new byte[] {4}));
      zip.finish();
      out.commit();
    }
    Refusal refusal = new Refusal(file);
    try (MappedFile mapped = MappedFile.open(file);
        TensorCopies copies = new TensorCopies(refusal, mapped.size());
        ZipFile others = new ZipFile(file.toFile())) {
      ZipArchive ours = ZipArchive.open(mapped, refusal);
      ours.verify();
      assertThat(ours.names()).containsExactly("a", "b");
      assertThat(ours.content("b", copies).view(0, 1).get(0)).isEqualTo(4);
      assertThat(others.getInputStream(others.getEntry("b")).readAllBytes()).containsExactly(4);
    }
  }

  @Test
  void isAZipArchiveForOthers() throws IOException {
    Path file = folder.resolve("w.pth");
    TorchArchiveWriter.write(file, oneOfEach());
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.size()).isEqualTo(oneOfEach().size() + 3);
      assertThat(zip.getInputStream(zip.getEntry("archive/version")).readAllBytes())
          .isEqualTo(new byte[] {'3', '\n'});
    }
  }

  @Test
  void opensInPython() throws Exception {
    Path file = folder.resolve("w.pth");
    TorchArchiveWriter.write(file, oneOfEach());
    String script =
        """
        import sys, torch
        weights = torch.load(sys.argv[1])
        assert type(weights).__name__ == 'OrderedDict'
        for name, t in weights.items():
            assert t.is_contiguous() and not t.requires_grad
            raw = bytes(t.clone().storage().untyped().tolist()) if t.numel() else b''
            raw = bytes(b & 255 for b in raw)
            print(name, str(t.dtype)[6:], list(t.shape), raw.hex())
        """;
    StringJoiner expected = new StringJoiner("\n", "", "\n");
    for (Map.Entry<String, StoredTensor> named : oneOfEach().entrySet()) {
      StoredTensor tensor = named.getValue();
      expected.add(
          "%s %s %s %s"
              .formatted(
                  named.getKey(),
                  pythonName(tensor.type()),
                  tensor.shape(),
                  HexFormat.of().formatHex(tensor.data().toArray())));
    }
    assertThat(PythonTorch.run(script, file)).isEqualTo(expected.toString());
  }

  @Test
  void safetensorsOpenInPythonByTheirPublicDescription() throws Exception {
    Map<String, StoredTensor> tensors = oneOfEach();
    tensors.values().removeIf(tensor -> !tensor.type().inSafetensors());
    Path file = folder.resolve("w.safetensors");
    SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
    String script =
        """
        import sys, json, struct
        data = open(sys.argv[1], 'rb').read()
        (n,) = struct.unpack('<Q', data[:8])
        assert n % 8 == 0
        header = json.loads(data[8:8 + n])
        assert header.pop('__metadata__') == {'format': 'pt'}
        for name, t in header.items():
            begin, end = t['data_offsets']
            print(name, t['dtype'], t['shape'], data[8 + n + begin:8 + n + end].hex())
        """;
    StringJoiner expected = new StringJoiner("\n", "", "\n");
    for (Map.Entry<String, StoredTensor> named : tensors.entrySet()) {
      StoredTensor tensor = named.getValue();
      expected.add(
          "%s %s %s %s"
              .formatted(
                  named.getKey(),
                  tensor.type(),
                  tensor.shape(),
                  HexFormat.of().formatHex(tensor.data().toArray())));
    }
    assertThat(PythonTorch.run(script, file)).isEqualTo(expected.toString());
  }

  private static String pythonName(ElementType type) {
    return switch (type) {
      case BOOL -> "bool";
      case U8 -> "uint8";
      case I8 -> "int8";
      case I16 -> "int16";
      case I32 -> "int32";
      case I64 -> "int64";
      case F16 -> "float16";
      case BF16 -> "bfloat16";
      case F32 -> "float32";
      case F64 -> "float64";
      case C64 -> "complex64";
      case C128 -> "complex128";
    };
  }
}
