package dev.instar.evaluate;

import dev.instar.loader.Batch;
import dev.instar.loader.BatchLoader;
import dev.instar.loader.Epoch;
import dev.instar.model.Network;
import dev.instar.torch.Tensors;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A network's scores of what a loader gives, batch by batch. */
public final class Scoring {
  /** Takes the scores of a batch. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Looks at a batch, which is used again afterwards, and its scores.
     *
     * @param logits of every sample and class, sample by sample
     */
    void accept(Batch batch, float[] logits, int classes) throws IOException;
  }

  private Scoring() {}

  /**
   * Runs one epoch of {@code loader} through {@code network}, which is put in evaluation mode and
   * left in it. It holds the memory of one batch at a time.
   *
   * @param device of the network
   * @param type of the network
   * @throws IllegalStateException if a score is not finite, or there is not one for every class
   */
  @SuppressWarnings("try") // the guard and the scope act by being open
  public static void run(
      Network network, BatchLoader loader, Device device, ScalarType type, Sink sink)
      throws IOException, InterruptedException {
    network.training(false);
    try (NoGradGuard noGrad = new NoGradGuard();
        Epoch epoch = loader.epoch(0, 0)) {
      for (Optional<Batch> next = epoch.next(); next.isPresent(); next = epoch.next()) {
        try (Batch batch = next.get();
            PointerScope scope = new PointerScope()) {
          if (batch.size() == 0) { // every record of it was skipped
            continue;
          }
          Tensor scores = network.forward(BatchImages.of(batch, device, type));
          int classes = classes(scores, batch, loader.samples().classes());
          float[] logits = Tensors.floats(scores);
          requireFinite(logits);
          sink.accept(batch, logits, classes);
        }
      }
    }
  }

  /** As above, with a network on the CPU in float32, as {@link TrainedModel#network} gives it. */
  public static void run(Network network, BatchLoader loader, Sink sink)
      throws IOException, InterruptedException {
    try (Device processor = new Device(DeviceType.CPU)) {
      run(network, loader, processor, ScalarType.Float, sink);
    }
  }

  private static int classes(Tensor scores, Batch batch, int expected) {
    boolean fits = scores.dim() == 2 && scores.size(0) == batch.size();
    if (!fits || expected > 0 && scores.size(1) != expected) {
      throw new IllegalStateException(
          "the network gives scores of shape "
              + Arrays.toString(Tensors.shape(scores))
              + " for "
              + batch.size()
              + " pictures"
              + (expected > 0 ? " of " + expected + " classes" : ""));
    }
    return Math.toIntExact(scores.size(1));
  }

  private static void requireFinite(float[] logits) {
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        throw new IllegalStateException(
            "the network's scores are not finite; its weights are not, or too large");
      }
    }
  }
}
