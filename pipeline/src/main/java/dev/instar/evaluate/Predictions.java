package dev.instar.evaluate;

import dev.instar.loader.BatchLoader;
import dev.instar.model.Network;
import java.io.IOException;
import java.util.function.IntConsumer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A network's scores (logits) for the samples of a loader, with their labels, in the loader's
 * order. Immutable.
 */
public final class Predictions {
  private final int classes;
  private final int[] samples;
  private final int[] labels;
  private final float[] logits;

  private Predictions(int classes, int[] samples, int[] labels, float[] logits) {
    this.classes = classes;
    this.samples = samples;
    this.labels = labels;
    this.logits = logits;
  }

  /** Scores that are known already. */
  public static Predictions of(int classes, int[] samples, int[] labels, float[] logits) {
    return new Predictions(classes, samples.clone(), labels.clone(), logits.clone());
  }

  /**
   * Runs one epoch of {@code loader} through {@code network}, which is put in evaluation mode and
   * left in it.
   *
   * @param progress is told the number of samples after every batch
   */
  public static Predictions of(
      Network network, BatchLoader loader, Device device, ScalarType type, IntConsumer progress)
      throws IOException, InterruptedException {
    throw new UnsupportedOperationException();
  }

  public int size() {
    return samples.length;
  }

  public int classes() {
    return classes;
  }

  /** Which of the loader's samples is at {@code index}; skipped ones are missing. */
  public int sample(int index) {
    return samples[index];
  }

  /** The true class of the prediction {@code index}, -1 where it is not known. */
  public int label(int index) {
    return labels[index];
  }

  public float logit(int index, int label) {
    return logits[index * classes + label];
  }
}
