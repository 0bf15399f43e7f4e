package dev.instar.bench;

import dev.instar.memory.NativeBuffer;
import dev.instar.model.Models;
import dev.instar.model.NamedTensor;
import dev.instar.model.Network;
import dev.instar.model.NetworkOptions;
import dev.instar.torch.Tensors;
import dev.instar.train.Criterion;
import dev.instar.train.Optimizer;
import dev.instar.train.Recipe.Loss;
import dev.instar.train.Recipe.Loss.ClassWeights;
import dev.instar.train.Recipe.Optimization;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A training step as the trainer does it, on a batch that stays: wrap, forward, cross-entropy,
 * backward, SGD with the reference's settings. What {@code peers/step.py} does.
 */
final class TrainingStep implements AutoCloseable {
  static final int CLASSES = 16;
  private static final int SIDE = 224;
  private static final int CHANNELS = 3;

  private static final Loss CROSS_ENTROPY =
      new Loss(Loss.Kind.CE, 0, 1, 0, 0, 0, 1, 0, 0, ClassWeights.NONE);
  private static final Optimization SGD =
      new Optimization(Optimization.Kind.SGD, 1e-3, 0.9, true, 0.9, 0.999, 1e-8, 1e-4, true, 1);

  private final Network network;
  private final Criterion criterion;
  private final Optimizer optimizer;
  private final NativeBuffer images;
  private final NativeBuffer labels;
  private final int batch;
  private final boolean channelsLast;

  TrainingStep(String model, int batch, boolean channelsLast) {
    this.batch = batch;
    this.channelsLast = channelsLast;
    network = Models.create(model, NetworkOptions.of(CLASSES), 1);
    network.channelsLast(channelsLast);
    network.training(true);
    criterion = Criterion.of(CROSS_ENTROPY, Collections.nCopies(CLASSES, 1));
    optimizer = Optimizer.of(network, SGD, List.of());
    images = NativeBuffer.allocate(batch * CHANNELS * SIDE * SIDE * Float.BYTES);
    labels = NativeBuffer.allocate(batch * Long.BYTES);
    draw(new SplittableRandom(1));
  }

  private void draw(SplittableRandom random) {
    ByteBuffer values = images.asByteBuffer();
    while (values.hasRemaining()) {
      values.putFloat((float) random.nextDouble());
    }
    ByteBuffer classes = labels.asByteBuffer();
    while (classes.hasRemaining()) {
      classes.putLong(random.nextInt(CLASSES));
    }
  }

  /** Does one step and says what the loss was before it. */
  @SuppressWarnings("try") // The scope is there to be closed.
  double run() {
    try (PointerScope scope = new PointerScope()) {
      Tensor loss = loss();
      optimizer.zeroGradients();
      loss.backward();
      optimizer.step(1);
      return loss.item_double();
    }
  }

  /** The loss alone, without what a gradient would need. */
  @SuppressWarnings("try") // Scope and guard are there to be closed.
  double forward() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      return loss().item_double();
    }
  }

  /** The optimizer's part alone, with the gradients of the last step. */
  void optimize() {
    optimizer.step(1);
  }

  private Tensor loss() {
    return criterion.of(network.forward(wrapped()), wrappedLabels());
  }

  private Tensor wrapped() {
    long[] shape = {batch, CHANNELS, SIDE, SIDE};
    if (!channelsLast) {
      return Tensors.wrap(images.address(), ScalarType.Float, shape);
    }
    long[] strides = {(long) CHANNELS * SIDE * SIDE, 1, (long) CHANNELS * SIDE, CHANNELS};
    return Tensors.wrap(images.address(), ScalarType.Float, shape, strides);
  }

  private Tensor wrappedLabels() {
    return Tensors.wrap(labels.address(), ScalarType.Long, batch);
  }

  Network network() {
    return network;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /** The number of values that are trained. */
  long parameters() {
    return network.state().stream()
        .filter(NamedTensor::parameter)
        .mapToLong(entry -> entry.tensor().numel())
        .sum();
  }

  @Override
  public void close() {
    optimizer.close();
    criterion.close();
    network.close();
    images.close();
    labels.close();
  }
}
