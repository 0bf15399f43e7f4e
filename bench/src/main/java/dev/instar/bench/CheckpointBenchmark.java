package dev.instar.bench;

import dev.instar.model.NamedTensor;
import dev.instar.torch.LibTorch;
import dev.instar.torch.SafetensorsWriter;
import dev.instar.torch.StoredTensor;
import dev.instar.torch.Tensors;
import dev.instar.torch.WeightsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does saving a network and its optimizer's state take beyond writing their bytes to the disk,
 * and how long is reading them back?
 *
 * <p>{@code bench/jmh Checkpoint -rf json -rff out.json}. Figures are milliseconds; files are
 * synced, and read from the page cache.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("try") // Scopes and guards are there to be closed.
public class CheckpointBenchmark {
  @Param("resnet50")
  String model;

  private TrainingStep step;
  private Path folder;
  private Path saved;

  @Setup
  public void open() throws IOException {
    LibTorch.load(1);
    step = new TrainingStep(model, 1, false);
    step.run(); // so that the optimizer has a state
    folder = Files.createTempDirectory("instar-bench");
    saved = folder.resolve("saved.safetensors");
    save(saved);
  }

  @TearDown
  public void close() throws IOException {
    step.close();
    Files.deleteIfExists(saved);
    Files.deleteIfExists(folder.resolve("again.safetensors"));
    Files.deleteIfExists(folder.resolve("plain"));
    Files.delete(folder);
  }

  /** The limit: the same bytes in one file, synced. */
  @Benchmark
  public long plainFile() throws IOException {
    Path file = folder.resolve("plain");
    try (PointerScope scope = new PointerScope();
        FileChannel out =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      for (StoredTensor tensor : tensors().values()) {
        ByteBuffer bytes = tensor.data().buffer();
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      out.force(true);
      return out.size();
    }
  }

  /** As a run saves: with a checksum, beside the last one, synced and renamed. */
  @Benchmark
  public void save() throws IOException {
    save(folder.resolve("again.safetensors"));
  }

  /** As a run continues: checked, and copied into the network and the optimizer. */
  @Benchmark
  public void load() throws IOException {
    try (WeightsFile file = WeightsFile.open(saved);
        PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      if (!file.verify()) {
        throw new IOException(saved + " has no checksum");
      }
      Map<String, Tensor> state = new LinkedHashMap<>(step.optimizer().state());
      state.replaceAll((name, tensor) -> Tensors.wrap(file.tensors().get(name)));
      step.optimizer().restore(state);
      for (NamedTensor entry : step.network().state()) {
        entry.tensor().copy_(Tensors.wrap(file.tensors().get(entry.name())));
      }
    }
  }

  private void save(Path file) throws IOException {
    try (PointerScope scope = new PointerScope()) {
      SafetensorsWriter.writeChecked(file, tensors(), Map.of());
    }
  }

  /** All that a checkpoint holds; names of the optimizer's state are none of the network's. */
  private Map<String, StoredTensor> tensors() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (NamedTensor entry : step.network().state()) {
      tensors.put(entry.name(), Tensors.stored(entry.tensor().detach()));
    }
    step.optimizer().state().forEach((name, tensor) -> tensors.put(name, Tensors.stored(tensor)));
    return tensors;
  }
}
