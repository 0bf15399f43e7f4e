package dev.instar.loader;

/**
 * Which places of an epoch's order one of several processes takes, in batches: the places {@code
 * rank}, {@code rank + ranks}, {@code rank + 2 ranks}...
 *
 * <p>All processes get equally many batches, since they wait for each other after each. Where one
 * would be a whole batch short it takes one sample a second time, from the start of the order;
 * otherwise none is taken twice.
 */
final class Share {
  private final int total;
  private final Shard shard;
  private final int batch;
  private final int size;

  /**
   * A share.
   *
   * @param total samples of the epoch, of all processes, at least 1
   * @param batch samples of a full batch
   * @param dropLast whether an incomplete last batch is left out
   */
  Share(int total, Shard shard, int batch, boolean dropLast) {
    this.total = total;
    this.shard = shard;
    this.batch = batch;
    int least = total / shard.ranks();
    boolean uneven = total % shard.ranks() > 0;
    if (dropLast) {
      size = least / batch * batch;
    } else if (uneven && least % batch == 0) {
      size = least + 1;
    } else {
      size = least + (shard.rank() < total % shard.ranks() ? 1 : 0);
    }
  }

  /** The number of samples of this process. */
  int size() {
    return size;
  }

  /** The number of batches, of every process. */
  int batches() {
    return (int) (((long) size + batch - 1) / batch);
  }

  /** The number of samples in a batch. */
  int sizeOf(int number) {
    return (int) Math.min(batch, size - (long) number * batch);
  }

  /** The place in the order of sample {@code index} of batch {@code number}. */
  int place(int number, int index) {
    long sample = (long) number * batch + index;
    return (int) ((shard.rank() + sample * shard.ranks()) % total);
  }
}
