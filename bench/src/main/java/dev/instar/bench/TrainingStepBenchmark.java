package dev.instar.bench;

import dev.instar.torch.LibTorch;
import java.util.concurrent.TimeUnit;
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
 * How much of a training step is forward and backward, and what do the optimizer and the layout of
 * memory make of it?
 *
 * <p>{@code bench/jmh TrainingStep -p model=resnet50 -rf json -rff out.json}. Figures are
 * milliseconds a step, on one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class TrainingStepBenchmark {
  @Param({"resnet50", "vit_small_patch16_224"})
  String model;

  @Param("8")
  int batch;

  private TrainingStep plain;
  private TrainingStep channelsLast;

  @Setup
  public void open() {
    LibTorch.load(1);
    plain = new TrainingStep(model, batch, false);
    plain.run(); // so that there are gradients
    channelsLast = new TrainingStep(model, batch, true);
  }

  @TearDown
  public void close() {
    plain.close();
    channelsLast.close();
  }

  /** The loss without gradients: evaluation's share. */
  @Benchmark
  public double forward() {
    return plain.forward();
  }

  /** The optimizer alone, on the gradients of the last step. */
  @Benchmark
  public void optimizer() {
    plain.optimize();
  }

  /** What training does. */
  @Benchmark
  public double step() {
    return plain.run();
  }

  /** The same with pictures and weights laid out channels-last. */
  @Benchmark
  public double stepChannelsLast() {
    return channelsLast.run();
  }
}
