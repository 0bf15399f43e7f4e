package dev.instar.loader;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One epoch while it is read: workers claim samples by a counter, each puts its sample into its
 * place, and the last of a batch readies it.
 */
final class RunningEpoch implements Epoch {
  private final BatchLoader loader;
  private final LoaderPlan plan;
  private final Samples samples;
  private final Share share;
  private final Slabs slabs;
  private final int epoch;
  private final int[] order;
  private final boolean repeats;
  private final boolean whole;
  private final AtomicLong claims;
  private final List<Thread> workers = new ArrayList<>();

  private int next;
  private boolean delivered;
  private boolean skippedSome;

  /** Why this epoch has no further batch, though not all were read; null where it has. */
  private Throwable failure;

  RunningEpoch(BatchLoader loader, int epoch, int first) {
    this.loader = loader;
    this.epoch = epoch;
    plan = loader.plan();
    samples = loader.samples();
    share = loader.share();
    slabs = loader.slabs();
    order = loader.sampler().order(epoch);
    repeats = loader.sampler().repeats();
    whole = first == 0;
    next = first;
    claims = new AtomicLong((long) first * plan.batch());
  }

  /** Starts a worker for each reader. */
  void start(List<SampleReader> readers) {
    slabs.begin(next, share.batches(), share::sizeOf);
    boolean success = false;
    try {
      for (SampleReader reader : readers) {
        Thread worker = new Thread(() -> run(reader), "instar-loader-" + workers.size());
        worker.setDaemon(true);
        worker.start();
        workers.add(worker);
      }
      success = true;
    } finally {
      if (!success) {
        stop();
      }
    }
  }

  private void run(SampleReader reader) {
    try {
      work(reader, new Mixing(plan.augmentation(), plan.format()));
    } catch (RuntimeException | Error defect) {
      slabs.fail(defect);
    }
  }

  private void work(SampleReader reader, Mixing mixer) {
    for (long claim = claims.getAndIncrement();
        claim < share.size();
        claim = claims.getAndIncrement()) {
      int number = (int) (claim / plan.batch());
      int index = (int) (claim % plan.batch());
      Slab slab = slabs.of(number);
      if (slab == null) {
        return;
      }
      load(reader, slab, index, share.place(number, index));
      if (slab.done()) {
        finish(slab, mixer);
      }
    }
  }

  private void load(SampleReader reader, Slab slab, int index, int place) {
    int sample = order[place];
    long slot = slab.put(index, sample, samples.label(sample));
    try {
      reader.read(epoch, samples.record(sample), repeats ? place : 0, slot);
    } catch (IOException | RuntimeException | Error reason) {
      slab.fail(index, reason);
    }
  }

  private void finish(Slab slab, Mixing mixer) {
    boolean skip = plan.badRecords() == BadRecords.SKIP;
    // A number that no other batch of the epoch has, in any process.
    long batch = (long) slab.number() * plan.shard().ranks() + plan.shard().rank();
    slab.finish(skip, mixer, plan.seed(), epoch, batch);
    slabs.ready(slab);
  }

  @Override
  public Optional<Batch> next() throws IOException, InterruptedException {
    while (failure == null && next < share.batches()) {
      Slab slab = slabs.take(next);
      boolean kept = false;
      try {
        if (slab.failed() >= 0) {
          failure = failureOf(slab);
          break;
        }
        next++;
        for (Slab.Gap gap : slab.gaps()) {
          skippedSome = true;
          loader.skip(gap);
        }
        if (slab.size() > 0) {
          delivered = true;
          kept = true;
          return Optional.of(new LoadedBatch(slab, slabs, plan.format()));
        }
      } finally {
        if (!kept) {
          slabs.release(slab);
        }
      }
    }
    if (failure == null && whole && skippedSome && !delivered) {
      failure =
          new InputException(
              Fault.CORRUPT,
              "epoch "
                  + epoch
                  + " has no sample: none of its "
                  + share.size()
                  + " records can be used");
    }
    throwFailure();
    return Optional.empty();
  }

  /** What is wrong with a batch, naming the record. */
  private Throwable failureOf(Slab slab) {
    int record = samples.record(slab.sample(slab.failed()));
    String location = samples.source().location(record);
    Throwable reason = slab.failure();
    if (reason instanceof InputException input) {
      return new InputException(
          input.fault(),
          location + ": " + input.getMessage() + " (--on-bad-record skip leaves such records out)",
          input);
    }
    if (reason instanceof IOException) {
      return new IOException(location + ": " + reason.getMessage(), reason);
    }
    return reason instanceof Error
        ? reason
        : new IllegalStateException(location + ": unexpected " + reason, reason);
  }

  private void throwFailure() throws IOException {
    if (failure instanceof IOException input) {
      throw input;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException defect) {
      throw defect;
    }
  }

  /** Stops the workers and waits for them, whether or not the caller is interrupted. */
  private void stop() {
    slabs.stop();
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          // Memory must not go while a worker writes to it.
          interrupted = true;
        }
      }
    }
    slabs.reclaim();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    loader.ended(this);
  }
}
