package dev.instar.bench;

import dev.instar.model.Models;
import dev.instar.model.NamedTensor;
import dev.instar.model.Network;
import dev.instar.model.NetworkOptions;
import dev.instar.torch.LibTorch;
import dev.instar.torch.Tensors;
import dev.instar.train.Optimizer;
import dev.instar.train.Recipe.Optimization;
import dev.instar.train.WeightAverage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
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
 * What does changing all weights of a network cost, beside copying as many bytes?
 *
 * <p>{@code bench/jmh Optimizer -rf json -rff out.json}. Figures are milliseconds a step. SGD moves
 * 20 bytes a parameter (weight and momentum both ways, gradient once), AdamW 28; a copy moves 8.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("try") // scopes and guards act by being there
public class OptimizerBenchmark {
  private static final Optimization SGD =
      new Optimization(Optimization.Kind.SGD, 1e-3, 0.9, true, 0.9, 0.999, 1e-8, 1e-4, true, 1);
  private static final Optimization ADAMW =
      new Optimization(Optimization.Kind.ADAMW, 1e-3, 0, false, 0.9, 0.999, 1e-8, 0.05, true, 1);

  @Param("resnet50")
  String model;

  @Param({"1", "2"})
  int threads;

  private Network network;
  private List<Tensor> weights;
  private List<Tensor> momenta;
  private List<Tensor> squares;
  private Optimizer sgd;
  private Optimizer adamW;
  private WeightAverage average;
  private Tensor source;
  private Tensor target;

  @Setup
  public void open() {
    LibTorch.load(threads);
    network = Models.create(model, NetworkOptions.of(1000), 1);
    weights =
        network.state().stream().filter(NamedTensor::parameter).map(NamedTensor::tensor).toList();
    momenta = new ArrayList<>();
    squares = new ArrayList<>();
    try (PointerScope scope = new PointerScope()) {
      long all = 0;
      for (Tensor weight : weights) {
        weight.mutable_grad().put(torch.randn_like(weight).mul(new Scalar(1e-3)));
        momenta.add(Tensors.keep(torch.zeros_like(weight).detach()));
        squares.add(Tensors.keep(torch.zeros_like(weight).detach()));
        all += weight.numel();
      }
      // As many bytes as a step of SGD moves.
      source = Tensors.keep(torch.ones(all * 20 / 8));
      target = Tensors.keep(torch.zeros(all * 20 / 8));
    }
    sgd = Optimizer.of(network, SGD, List.of());
    adamW = Optimizer.of(network, ADAMW, List.of());
    average = new WeightAverage(network, 0.999);
  }

  @TearDown
  public void close() {
    average.close();
    adamW.close();
    sgd.close();
    momenta.forEach(Tensor::close);
    squares.forEach(Tensor::close);
    source.close();
    target.close();
    network.close();
  }

  /** The limit of SGD. */
  @Benchmark
  public void copy() {
    try (PointerScope scope = new PointerScope()) {
      target.copy_(source);
    }
  }

  @Benchmark
  public void sgd() {
    sgd.step(1);
  }

  @Benchmark
  public void sgdByTensorOperations() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      for (int i = 0; i < weights.size(); i++) {
        Tensor weight = weights.get(i);
        Tensor decayed = weight.grad().add(weight, new Scalar(SGD.weightDecay()));
        momenta.get(i).mul_(new Scalar(SGD.momentum())).add_(decayed);
        Tensor direction = decayed.add(momenta.get(i), new Scalar(SGD.momentum()));
        weight.add_(direction, new Scalar(-SGD.rate()));
      }
    }
  }

  @Benchmark
  public void adamW() {
    adamW.step(1);
  }

  @Benchmark
  public void adamWByTensorOperations() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      for (int i = 0; i < weights.size(); i++) {
        Tensor weight = weights.get(i);
        Tensor gradient = weight.grad();
        weight.mul_(new Scalar(1 - ADAMW.rate() * ADAMW.weightDecay()));
        momenta.get(i).lerp_(gradient, new Scalar(1 - ADAMW.beta1()));
        squares.get(i).mul_(new Scalar(ADAMW.beta2()));
        squares.get(i).addcmul_(gradient, gradient, new Scalar(1 - ADAMW.beta2()));
        Tensor scale = squares.get(i).sqrt().add_(new Scalar(ADAMW.epsilon()));
        weight.addcdiv_(momenta.get(i), scale, new Scalar(-ADAMW.rate()));
      }
    }
  }

  /** The moving average of weights, one tensor operation each: 12 bytes a parameter. */
  @Benchmark
  public void average() {
    average.update();
  }
}
