package dev.instar.bench;

import static org.bytedeco.pytorch.global.torch.matmul;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;
import static org.bytedeco.pytorch.global.torch.softmax;

import dev.instar.torch.LibTorch;
import dev.instar.torch.Tensors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
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
 * Is LibTorch's own attention faster than the products and the softmax that it stands for, and what
 * does a call from Java cost beside them?
 *
 * <p>{@code bench/jmh Attention -rf json -rff out.json}. Figures are microseconds for one layer of
 * a ViT-S, forward and backward, on one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class AttentionBenchmark {
  private static final int HEADS = 6;
  private static final int TOKENS = 197;
  private static final int WIDTH = 64;

  @Param({"8", "32"})
  int batch;

  private Tensor parts;

  @Setup
  public void draw() {
    LibTorch.load(1);
    parts = Tensors.keep(torch.randn(batch, HEADS, TOKENS, WIDTH));
    parts.requires_grad_(true);
  }

  @TearDown
  public void close() {
    parts.close();
  }

  /** What networks here use. */
  @Benchmark
  public void fused() {
    learn(() -> scaled_dot_product_attention(parts, parts, parts));
  }

  /** What the original networks did. */
  @Benchmark
  public void stepByStep() {
    learn(
        () -> {
          Tensor scores = matmul(parts, parts.transpose(-2, -1));
          return matmul(softmax(scores.mul(new Scalar(1 / Math.sqrt(WIDTH))), -1), parts);
        });
  }

  /** A call that does nothing there: what each of some hundred calls of a step costs. */
  @Benchmark
  public boolean call() {
    return parts.defined();
  }

  @SuppressWarnings("try") // the scope owns what is made on the way
  private void learn(Supplier<Tensor> attention) {
    try (PointerScope scope = new PointerScope()) {
      attention.get().sum().backward();
      parts.mutable_grad().reset();
    }
  }
}
