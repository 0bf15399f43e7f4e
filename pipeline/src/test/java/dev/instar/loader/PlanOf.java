package dev.instar.loader;

import dev.instar.image.BatchFormat;
import dev.instar.image.PixelType;

/** A plan that is changed one thing at a time. */
final class PlanOf {
  int batch = 4;
  boolean dropLast;
  int threads = 2;
  int queue = 3;
  long seed = 7;
  Sampling sampling = Sampling.SHUFFLED;
  Augmentation augmentation = TestCollection.RICH;
  BatchFormat format = TestCollection.format(BatchFormat.Layout.NCHW, PixelType.FLOAT32);
  BadRecords badRecords = BadRecords.FAIL;
  Shard shard = Shard.WHOLE;

  PlanOf batch(int batch) {
    this.batch = batch;
    return this;
  }

  PlanOf dropLast() {
    dropLast = true;
    return this;
  }

  PlanOf threads(int threads) {
    this.threads = threads;
    return this;
  }

  PlanOf queue(int queue) {
    this.queue = queue;
    return this;
  }

  PlanOf seed(long seed) {
    this.seed = seed;
    return this;
  }

  PlanOf sampling(Sampling sampling) {
    this.sampling = sampling;
    return this;
  }

  PlanOf augmentation(Augmentation augmentation) {
    this.augmentation = augmentation;
    return this;
  }

  /** With mixup and cutmix. */
  PlanOf mixed() {
    augmentation = TestCollection.mixing(augmentation, 0.8, 1);
    return this;
  }

  PlanOf format(BatchFormat format) {
    this.format = format;
    return this;
  }

  PlanOf skip() {
    badRecords = BadRecords.SKIP;
    return this;
  }

  PlanOf shard(int rank, int ranks) {
    shard = new Shard(rank, ranks);
    return this;
  }

  LoaderPlan plan() {
    return new LoaderPlan(
        batch, dropLast, threads, queue, seed, sampling, augmentation, format, badRecords, shard);
  }
}
