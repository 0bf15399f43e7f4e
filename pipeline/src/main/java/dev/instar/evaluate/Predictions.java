package dev.instar.evaluate;

import dev.instar.loader.Batch;
import dev.instar.loader.BatchLoader;
import dev.instar.loader.Samples;
import dev.instar.model.Network;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A network's scores (logits) for the samples of a loader, with their labels, in the loader's
 * order. Immutable.
 *
 * <p>They lie on the heap: {@code 4 * (classes + 2)} bytes a sample, so 36 MB for the largest
 * published test set, 225,000 records of 40 classes. Who has no use for all of them together, takes
 * them batch by batch from {@link Scoring}.
 */
public final class Predictions {
  private final int classes;
  private final int[] samples;
  private final int[] labels;
  private final float[] logits;

  private Predictions(int classes, int[] samples, int[] labels, float[] logits) {
    if (classes < 1
        || samples.length != labels.length
        || logits.length != (long) samples.length * classes) {
      throw new IllegalArgumentException(
          logits.length
              + " scores of "
              + samples.length
              + " samples, "
              + labels.length
              + " labels and "
              + classes
              + " classes");
    }
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
   * @param loader of samples whose labels are known
   * @param device of the network
   * @param type of the network
   * @param progress is told the number of samples after every batch
   * @throws IllegalStateException if a score is not finite, or there is not one for every class
   */
  public static Predictions of(
      Network network, BatchLoader loader, Device device, ScalarType type, IntConsumer progress)
      throws IOException, InterruptedException {
    Collector collector = new Collector(loader.samples());
    Scoring.run(
        network,
        loader,
        device,
        type,
        (batch, logits, classes) -> {
          collector.add(batch, logits);
          progress.accept(batch.size());
        });
    return collector.predictions();
  }

  /**
   * As above, in float32 on a device by its name, where the network is put and stays.
   *
   * @param device {@code cpu} or {@code cuda:N}
   */
  public static Predictions of(
      Network network, BatchLoader loader, String device, IntConsumer progress)
      throws IOException, InterruptedException {
    try (Device named = new Device(device)) {
      network.to(named, ScalarType.Float);
      return of(network, loader, named, ScalarType.Float, progress);
    }
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

  /** The class with the highest score; of equal ones, that with the smaller number. */
  public int best(int index) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (logit(index, c) > logit(index, best)) {
        best = c;
      }
    }
    return best;
  }

  /**
   * Fills in the probability of every class, the softmax of the scores in double precision.
   *
   * @return the logarithm of the sum of the exponentials of the scores
   */
  double probabilities(int index, double[] into) {
    return Softmax.of(logits, index * classes, into);
  }

  /** Scores as they come; there may be fewer samples than expected, or, drawn again, more. */
  private static final class Collector {
    private final Samples known;
    private final int classes;
    private int size;
    private int[] samples;
    private int[] labels;
    private float[] logits;

    Collector(Samples known) {
      this.known = known;
      classes = known.classes();
      int expected = known.size();
      samples = new int[expected];
      labels = new int[expected];
      logits = new float[Math.multiplyExact(expected, classes)];
    }

    void add(Batch batch, float[] scores) {
      int end = size + batch.size();
      if (end > samples.length) {
        samples = Arrays.copyOf(samples, 2 * end);
        labels = Arrays.copyOf(labels, 2 * end);
        logits = Arrays.copyOf(logits, Math.multiplyExact(2 * end, classes));
      }
      System.arraycopy(scores, 0, logits, size * classes, scores.length);
      for (int i = 0; size < end; i++, size++) {
        samples[size] = batch.sample(i);
        labels[size] = known.label(batch.sample(i));
      }
    }

    /** What came, without another copy where nothing was skipped. */
    Predictions predictions() {
      if (size < samples.length) {
        samples = Arrays.copyOf(samples, size);
        labels = Arrays.copyOf(labels, size);
        logits = Arrays.copyOf(logits, size * classes);
      }
      return new Predictions(classes, samples, labels, logits);
    }
  }
}
