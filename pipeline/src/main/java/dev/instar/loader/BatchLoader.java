package dev.instar.loader;

/**
 * Loads batches: workers decode into slabs that are used again and again, and nothing is allocated
 * for a sample.
 *
 * <p>What a batch holds depends on the samples, the plan's seed, the epoch and the batch's number
 * alone: not on threads, on timing, or on where the epoch began. One epoch at a time.
 */
public final class BatchLoader implements AutoCloseable {
  private BatchLoader() {}

  /** Allocates the slabs; workers start with an epoch. */
  public static BatchLoader open(Samples samples, LoaderPlan plan) {
    throw new UnsupportedOperationException();
  }

  /** Batches of an epoch, of this process. */
  public int batches() {
    throw new UnsupportedOperationException();
  }

  public Samples samples() {
    throw new UnsupportedOperationException();
  }

  /** Starts the epoch {@code number} at the batch {@code first}, as a resumed run needs it. */
  public Epoch epoch(int number, int first) {
    throw new UnsupportedOperationException();
  }

  /** Records that were left out since the loader was opened. */
  public long skipped() {
    throw new UnsupportedOperationException();
  }

  /** The time that readers waited for batches since the loader was opened. */
  public long waitNanos() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
