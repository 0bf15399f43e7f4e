package dev.instar.loader;

import dev.instar.image.BatchFormat;
import dev.instar.image.SampleConverter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/**
 * Loads batches: workers decode into slabs that are used again and again, and nothing is allocated
 * for a sample.
 *
 * <p>What a batch holds depends on the samples, the plan's seed, the epoch and the batch's number
 * alone: not on threads, on timing, or on where the epoch began. One epoch at a time; one thread
 * opens it, reads it and closes it, and the loader. The source must stay open as long as the loader
 * is.
 */
public final class BatchLoader implements AutoCloseable {
  private static final Logger LOG = System.getLogger(BatchLoader.class.getName());

  private final Samples samples;
  private final LoaderPlan plan;
  private final SkippedRecords listener;
  private final Sampler sampler;
  private final Share share;
  private final SampleClock clock = new SampleClock();
  private final List<SampleReader> readers = new ArrayList<>();
  private final Slabs slabs;
  private final BitSet named = new BitSet();
  private long skipped;
  private RunningEpoch running;
  private boolean open = true;

  private BatchLoader(
      Samples samples,
      LoaderPlan plan,
      SkippedRecords listener,
      Function<BatchFormat, SampleConverter> converters) {
    this.samples = samples;
    this.plan = plan;
    this.listener = listener;
    sampler = new Sampler(samples, plan.sampling(), plan.seed());
    share = new Share(samples.size(), plan.shard(), plan.batch(), plan.dropLast());
    slabs = new Slabs(plan.queue(), plan.batch(), plan.format().sampleBytes(), clock);
    boolean success = false;
    try {
      Function<SampleClock, SampleReader> makers = SampleReader.of(samples, plan, converters);
      for (int i = 0; i < Math.min(plan.threads(), share.size()); i++) {
        readers.add(makers.apply(clock));
      }
      success = true;
    } finally {
      if (!success) {
        close();
      }
    }
  }

  /**
   * Allocates the slabs; workers start with an epoch. Records that are left out are logged.
   *
   * @throws IllegalArgumentException if there are no samples, or too few to fill a batch where
   *     incomplete ones are left out, or their classes are not known and the sampling needs them
   */
  public static BatchLoader open(Samples samples, LoaderPlan plan) {
    return open(
        samples,
        plan,
        (location, reason) ->
            LOG.log(Level.WARNING, "left out: {0}: {1}", location, reason.getMessage()));
  }

  /** As {@link #open(Samples, LoaderPlan)}, telling {@code listener} of records left out. */
  public static BatchLoader open(Samples samples, LoaderPlan plan, SkippedRecords listener) {
    return open(samples, plan, listener, SampleConverter::best);
  }

  static BatchLoader open(
      Samples samples,
      LoaderPlan plan,
      SkippedRecords listener,
      Function<BatchFormat, SampleConverter> converters) {
    int least = plan.dropLast() ? plan.batch() * plan.shard().ranks() : 1;
    if (samples.size() < least) {
      throw new IllegalArgumentException(
          samples.size() == 0
              ? "there are no samples to load"
              : samples.size()
                  + " samples do not fill one batch of "
                  + plan.batch()
                  + " for each of "
                  + plan.shard().ranks()
                  + " processes, and incomplete ones are left out");
    }
    return new BatchLoader(samples, plan, listener, converters);
  }

  /** Batches of an epoch, of this process; records that are skipped may leave one out. */
  public int batches() {
    return share.batches();
  }

  public Samples samples() {
    return samples;
  }

  /**
   * Starts the epoch {@code number} at the batch {@code first}, as a resumed run needs it.
   *
   * @throws IllegalStateException if the loader is closed, or another epoch is open
   */
  public Epoch epoch(int number, int first) {
    if (!open) {
      throw new IllegalStateException("the loader is closed");
    }
    if (running != null) {
      throw new IllegalStateException("another epoch is open; close it first");
    }
    if (first < 0 || first > batches()) {
      throw new IllegalArgumentException(
          "an epoch that begins at batch " + first + " of " + batches());
    }
    RunningEpoch epoch = new RunningEpoch(this, number, first);
    epoch.start(readers);
    running = epoch;
    return epoch;
  }

  /** Samples that were left out since the loader was opened; a record counts each time. */
  public long skipped() {
    return skipped;
  }

  /** The time that readers waited for batches since the loader was opened. */
  public long waitNanos() {
    return clock.times().waitNanos();
  }

  /** Where the time went since the loader was opened. Any thread may ask. */
  public LoadTimes times() {
    return clock.times();
  }

  /** Closes an open epoch, and frees all memory, that of batches still open too. */
  @Override
  public void close() {
    open = false;
    if (running != null) {
      running.close();
    }
    readers.forEach(SampleReader::close);
    slabs.close();
  }

  void ended(RunningEpoch epoch) {
    if (running == epoch) {
      running = null;
    }
  }

  void skip(Slab.Gap gap) {
    skipped++;
    int record = samples.record(gap.sample());
    if (!named.get(record)) {
      named.set(record);
      listener.skipped(samples.source().location(record), gap.reason());
    }
  }

  LoaderPlan plan() {
    return plan;
  }

  Share share() {
    return share;
  }

  Sampler sampler() {
    return sampler;
  }

  Slabs slabs() {
    return slabs;
  }
}
