package dev.instar.bench;

import static org.bytedeco.pytorch.global.torch.randn;

import dev.instar.model.Detr;
import dev.instar.model.DetrInference;
import dev.instar.model.DetrOptions;
import dev.instar.torch.Inference;
import dev.instar.torch.LibTorch;
import dev.instar.torch.Tensors;
import dev.instar.train.detection.DetectionRecipe;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
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
 * What does DETR's network take for a picture of 240x320 pixels, of the published size and of the
 * one that trains in minutes, and what do its answers cost as numbers?
 *
 * <p>{@code bench/jmh Detr -rf json -rff out.json}. Figures are milliseconds a picture, on one
 * thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class DetrBenchmark {
  private static final int HEIGHT = 240;
  private static final int WIDTH = 320;

  @Param({"detr", "detr-small"})
  String recipe;

  private Detr detr;
  private DetrInference inference;
  private Tensor picture;
  private long address;

  @Setup
  public void create() throws IOException {
    LibTorch.load(1);
    DetrOptions options = DetectionRecipe.FORM.read(recipe, List.of()).detector().options();
    detr = Detr.create(options, 1);
    inference = new DetrInference(detr);
    picture = Tensors.keep(randn(1, 3, HEIGHT, WIDTH));
    try (Pointer start = picture.data_ptr()) {
      address = start.address();
    }
  }

  @TearDown
  public void close() {
    picture.close();
    detr.close();
  }

  /** The network alone. */
  @Benchmark
  @SuppressWarnings("try") // the scope owns what is made on the way
  public void forward() {
    try (PointerScope scope = new PointerScope()) {
      Inference.run(() -> detr.forward(picture, false));
    }
  }

  /** As a detector asks it. */
  @Benchmark
  public DetrInference.Answer[] answers() {
    return inference.answers(address, 1, HEIGHT, WIDTH);
  }
}
