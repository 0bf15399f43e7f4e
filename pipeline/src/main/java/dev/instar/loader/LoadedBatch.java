package dev.instar.loader;

import dev.instar.image.BatchFormat;

/** A slab that the reader holds. */
final class LoadedBatch implements Batch {
  private final Slab slab;
  private final Slabs slabs;
  private final BatchFormat format;
  private boolean open = true;

  LoadedBatch(Slab slab, Slabs slabs, BatchFormat format) {
    this.slab = slab;
    this.slabs = slabs;
    this.format = format;
  }

  @Override
  public int number() {
    return slab().number();
  }

  @Override
  public int size() {
    return slab().size();
  }

  @Override
  public BatchFormat format() {
    return format;
  }

  @Override
  public long images() {
    return slab().images();
  }

  @Override
  public long labels() {
    return slab().labels();
  }

  @Override
  public long partnerLabels() {
    return slab().partnerLabels();
  }

  @Override
  public double mixing() {
    return slab().mixing();
  }

  @Override
  public int sample(int index) {
    return slab().sample(index);
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      slabs.release(slab);
    }
  }

  private Slab slab() {
    if (!open) {
      throw new IllegalStateException("the batch is closed");
    }
    return slab;
  }
}
