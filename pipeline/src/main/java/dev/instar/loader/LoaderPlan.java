package dev.instar.loader;

import dev.instar.image.BatchFormat;
import dev.instar.image.Size;

/**
 * How samples are loaded.
 *
 * @param batch samples of a full batch, of this process
 * @param dropLast whether an epoch's last batch is left out where it is not full
 * @param threads that decode
 * @param queue batches that may be ready or in work at a time, at least 2
 * @param seed of every random choice, with the epoch and the record
 * @param format of batches; its size is the crop of the augmentation
 */
public record LoaderPlan(
    int batch,
    boolean dropLast,
    int threads,
    int queue,
    long seed,
    Sampling sampling,
    Augmentation augmentation,
    BatchFormat format,
    BadRecords badRecords,
    Shard shard) {
  /** A batch is one buffer. */
  private static final long LARGEST_BATCH = Integer.MAX_VALUE - 8;

  public LoaderPlan {
    if (batch < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "batches of " + batch + " samples on " + threads + " threads; both take at least 1");
    }
    if (queue < 2) {
      throw new IllegalArgumentException(
          "a queue of " + queue + " batches; one is read while another is filled, so it takes 2");
    }
    if (!format.size().equals(new Size(augmentation.crop(), augmentation.crop()))) {
      throw new IllegalArgumentException(
          "samples of " + format.size() + " pixels, and crops of " + augmentation.crop());
    }
    if ((long) batch * format.sampleBytes() > LARGEST_BATCH) {
      throw new IllegalArgumentException(
          "a batch of "
              + batch
              + " samples would take "
              + (long) batch * format.sampleBytes()
              + " bytes; at most 2 GiB are possible, which a batch of "
              + LARGEST_BATCH / format.sampleBytes()
              + " stays below");
    }
  }
}
