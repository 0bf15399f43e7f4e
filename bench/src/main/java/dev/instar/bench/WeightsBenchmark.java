package dev.instar.bench;

import dev.instar.memory.Bytes;
import dev.instar.memory.MappedFile;
import dev.instar.memory.NativeBuffer;
import dev.instar.torch.ElementType;
import dev.instar.torch.SafetensorsWriter;
import dev.instar.torch.StoredTensor;
import dev.instar.torch.TorchArchiveWriter;
import dev.instar.torch.WeightsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How close do reading and writing 100 MB of weights come to a bare mapping and a bare write of as
 * many bytes? 320 tensors, as ResNet-50 has; files in the page cache; writes are synced.
 *
 * <p>{@code bench/jmh WeightsBenchmark -rf json -rff out.json}. Figures are milliseconds a file.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WeightsBenchmark {
  private static final int TENSORS = 320;
  private static final int ELEMENTS = 80_000;
  private static final int TENSOR_BYTES = ELEMENTS * Float.BYTES;
  private static final int PAGE = 4096;

  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private Path folder;
  private NativeBuffer memory;
  private Path safetensors;
  private Path archive;

  @Setup(Level.Trial)
  public void write() throws IOException {
    folder = Files.createTempDirectory("instar-bench");
    memory = NativeBuffer.allocate(TENSORS * TENSOR_BYTES);
    ByteBuffer values = memory.asByteBuffer();
    while (values.hasRemaining()) {
      values.putFloat(values.position() * 1e-6f);
    }
    for (int i = 0; i < TENSORS; i++) {
      Bytes data = memory.bytes(i * TENSOR_BYTES, TENSOR_BYTES);
      tensors.put(
          "layer" + i + ".weight",
          new StoredTensor(ElementType.F32, List.of((long) ELEMENTS), data));
    }
    safetensors = folder.resolve("read.safetensors");
    archive = folder.resolve("read.pth");
    SafetensorsWriter.writeChecked(safetensors, tensors, Map.of("format", "pt"));
    TorchArchiveWriter.write(archive, tensors);
  }

  @TearDown(Level.Trial)
  public void delete() throws IOException {
    memory.close();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** The limit of reading: a byte of each page of the mapped file. */
  @Benchmark
  public int mapAndTouch() throws IOException {
    try (MappedFile mapped = MappedFile.open(safetensors)) {
      return touch(mapped.view(0, (int) mapped.size()));
    }
  }

  @Benchmark
  public int openSafetensorsAndTouch() throws IOException {
    return openAndTouch(safetensors);
  }

  @Benchmark
  public int openTorchAndTouch() throws IOException {
    return openAndTouch(archive);
  }

  /** And the checksum of everything. */
  @Benchmark
  public boolean openSafetensorsAndVerify() throws IOException {
    try (WeightsFile weights = WeightsFile.open(safetensors)) {
      return weights.verify();
    }
  }

  /** The limit of writing: one write of one buffer. */
  @Benchmark
  public void plainWrite() throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve("plain"),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer all = memory.asByteBuffer();
      while (all.hasRemaining()) {
        channel.write(all);
      }
      channel.force(true);
    }
  }

  @Benchmark
  public void writeSafetensors() throws IOException {
    SafetensorsWriter.write(folder.resolve("out.safetensors"), tensors, Map.of());
  }

  @Benchmark
  public void writeCheckedSafetensors() throws IOException {
    SafetensorsWriter.writeChecked(folder.resolve("out.safetensors"), tensors, Map.of());
  }

  @Benchmark
  public void writeTorch() throws IOException {
    TorchArchiveWriter.write(folder.resolve("out.pth"), tensors);
  }

  private static int openAndTouch(Path file) throws IOException {
    int sum = 0;
    try (WeightsFile weights = WeightsFile.open(file)) {
      for (StoredTensor tensor : weights.tensors().values()) {
        sum += touch(tensor.data());
      }
    }
    return sum;
  }

  private static int touch(Bytes bytes) {
    int sum = 0;
    for (int at = 0; at < bytes.size(); at += PAGE) {
      sum += bytes.get(at);
    }
    return sum;
  }
}
