package dev.instar.train;

import static org.bytedeco.pytorch.global.torch.rand;
import static org.bytedeco.pytorch.global.torch.zeros;

import dev.instar.model.Models;
import dev.instar.model.Network;
import dev.instar.model.NetworkOptions;
import dev.instar.torch.LibTorch;
import java.util.Collections;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How long a recipe's steps take here, measured with pictures of noise. Reading pictures is not
 * part of it: training does that at the same time.
 *
 * @param secondsPerImage of the forward and backward passes
 * @param secondsPerStep of the optimizer, whatever the batch
 * @param device that it was measured on, {@code cpu} or {@code cuda:N}
 */
public record StepTiming(double secondsPerImage, double secondsPerStep, String device) {
  /** Batch norm knows no variance of a single value. */
  private static final int FEWEST = 2;

  private static final int MOST_PASSES = 20;

  /**
   * Makes the network, and steps with it for about {@code seconds} after a first one: at least once
   * with a batch of two. On a processor batches are as large as fits into that time, on a GPU as
   * the recipe says.
   *
   * @param device as in {@link Conduct}
   * @param threads that compute, on a processor
   * @throws RuntimeException if the network cannot be made or does not fit into memory
   */
  public static StepTiming measure(
      String model, Recipe recipe, int classes, String device, int threads, double seconds) {
    LibTorch.load(threads);
    NetworkOptions options =
        new NetworkOptions(
            classes, recipe.dropout(), recipe.dropPath(), recipe.augmentation().crop());
    try (Compute compute = Compute.of(device, recipe.precision(), recipe.channelsLast());
        Network network = Models.create(model, options, 1)) {
      network.to(compute.device(), ScalarType.Float);
      network.channelsLast(recipe.channelsLast());
      network.training(true);
      try (Learner learner = Learner.of(network, recipe.regime());
          Criterion criterion =
              Criterion.of(recipe.loss(), Collections.nCopies(classes, recipe.batch()))) {
        Steps steps = new Steps(recipe, compute, network, learner, criterion);
        return steps.measure(seconds);
      } catch (NotFiniteException e) {
        throw new IllegalStateException("a first step with " + model + ": " + e.getMessage(), e);
      }
    }
  }

  /** Steps with noise. */
  private record Steps(
      Recipe recipe, Compute compute, Network network, Learner learner, Criterion criterion) {
    StepTiming measure(double seconds) throws NotFiniteException {
      boolean processor = compute.type() == DeviceType.CPU;
      int most = Math.max(FEWEST, recipe.batch());
      int batch = processor ? FEWEST : most;
      double first = step(batch).passes;
      if (processor) {
        batch = (int) Math.max(FEWEST, Math.min(most, seconds / (first / batch)));
      }
      double passes = 0;
      double updates = 0;
      int count = 0;
      while (count == 0 || passes + updates < seconds && count < MOST_PASSES) {
        Times times = step(batch);
        passes += times.passes;
        updates += times.update;
        count++;
      }
      return new StepTiming(passes / count / batch, updates / count, compute.name());
    }

    @SuppressWarnings("try") // scopes and guards act by being open
    private Times step(int samples) throws NotFiniteException {
      try (PointerScope scope = new PointerScope()) {
        int side = recipe.augmentation().crop();
        Tensor images = rand(samples, 3, side, side).to(compute.device(), compute.pictureType());
        if (compute.channelsLast()) {
          images = images.contiguous(MemoryFormat.ChannelsLast);
        }
        Tensor labels = zeros(samples).to(compute.device(), ScalarType.Long);
        settle(labels);
        long start = System.nanoTime();
        learner.gradients().begin(1);
        learner.gradients().accumulate(loss(images, labels));
        settle(labels);
        long update = System.nanoTime();
        learner.step(1);
        settle(labels);
        return new Times((update - start) / 1e9, (System.nanoTime() - update) / 1e9);
      }
    }

    @SuppressWarnings("try") // the guard acts by being open
    private Tensor loss(Tensor images, Tensor labels) {
      try (Autocast precision = compute.autocast()) {
        return criterion.of(network.forward(images), labels);
      }
    }

    /** A GPU computes while nobody waits: asking for a value waits for all before it. */
    private static void settle(Tensor tensor) {
      tensor.sum().item_long();
    }
  }

  private record Times(double passes, double update) {}
}
