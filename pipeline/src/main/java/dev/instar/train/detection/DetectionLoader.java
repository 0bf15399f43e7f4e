package dev.instar.train.detection;

import dev.instar.image.InputException;
import dev.instar.image.Size;
import dev.instar.loader.SkippedRecords;
import dev.instar.memory.NativeBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loads photographs with boxes in batches, some ahead of the reader.
 *
 * <p>What a batch holds depends on the samples, the plan's seed, the epoch and the batch's number
 * alone: not on threads, on timing, or on where the epoch began. One epoch at a time; one thread
 * opens it, reads it and closes it, and the loader. The source must stay open as long as the loader
 * is. It takes as many slabs as the plan's queue is long, each as large as the largest batch that
 * came to lie in it.
 */
final class DetectionLoader implements AutoCloseable {
  private final DetectionSamples samples;
  private final SkippedRecords listener;
  private final BatchOrder order;
  private final int batches;
  private final ExecutorService workers;
  private final BlockingQueue<PictureMaker> makers;
  private final List<NativeBuffer> slabs = new ArrayList<>();
  private final Deque<NativeBuffer> free = new ArrayDeque<>();
  private final BitSet named = new BitSet();
  private long skipped;
  private long waitNanos;
  private DetectionEpoch running;

  private DetectionLoader(DetectionSamples samples, DetectionPlan plan, SkippedRecords listener) {
    this.samples = samples;
    this.listener = listener;
    order = new BatchOrder(samples, plan);
    batches = order.of(0).size();
    int threads = Math.min(plan.threads(), samples.size());
    makers = new ArrayBlockingQueue<>(threads);
    AtomicInteger count = new AtomicInteger();
    workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread worker = new Thread(task, "instar-detection-" + count.getAndIncrement());
              worker.setDaemon(true);
              return worker;
            });
    boolean success = false;
    try {
      for (int i = 0; i < threads; i++) {
        makers.add(new PictureMaker(samples.source(), plan));
      }
      for (int i = 0; i < plan.queue(); i++) {
        slabs.add(NativeBuffer.allocate(0));
      }
      free.addAll(slabs);
      success = true;
    } finally {
      if (!success) {
        close();
      }
    }
  }

  /**
   * A loader; workers start with an epoch.
   *
   * @param listener is told of photographs that are left out since they cannot be used, each once,
   *     by the thread that takes batches
   * @throws IllegalArgumentException if there are no samples
   */
  static DetectionLoader open(
      DetectionSamples samples, DetectionPlan plan, SkippedRecords listener) {
    if (samples.size() == 0) {
      throw new IllegalArgumentException("there are no photographs to load");
    }
    return new DetectionLoader(samples, plan, listener);
  }

  /** Batches of an epoch; one whose photographs are all skipped is left out. */
  int batches() {
    return batches;
  }

  /**
   * Starts the epoch {@code number} at the batch {@code first}, as a resumed run needs it.
   *
   * @throws IllegalStateException if another epoch is open
   */
  DetectionEpoch epoch(int number, int first) {
    if (running != null) {
      throw new IllegalStateException("another epoch is open; close it first");
    }
    if (first < 0 || first > batches) {
      throw new IllegalArgumentException(
          "an epoch that begins at batch " + first + " of " + batches);
    }
    running = new DetectionEpoch(this, number, order.of(number).subList(first, batches));
    return running;
  }

  /** Photographs that were left out since the loader was opened; one counts each time. */
  long skipped() {
    return skipped;
  }

  /** The time that the reader waited for batches since the loader was opened. */
  long waitNanos() {
    return waitNanos;
  }

  /** Starts a picture; the result says what is in it. */
  Future<SetCriterion.Target> make(
      DetectionEpoch epoch, DetectionSample sample, Size picture, long slot) {
    return workers.submit(
        () -> {
          PictureMaker maker = makers.take();
          try {
            return epoch.make(maker, sample, picture, slot);
          } finally {
            makers.add(maker);
          }
        });
  }

  /** A slab with room for so many bytes; none where all are in use. */
  NativeBuffer slab(int bytes) {
    NativeBuffer slab = free.poll();
    if (slab != null) {
      slab.ensureCapacity(bytes);
    }
    return slab;
  }

  void release(NativeBuffer slab) {
    free.add(slab);
    if (running != null) {
      running.begin();
    }
  }

  void skip(DetectionSample sample, InputException reason) {
    skipped++;
    if (!named.get(sample.record())) {
      named.set(sample.record());
      listener.skipped(samples.source().location(sample.record()), reason);
    }
  }

  void waited(long nanos) {
    waitNanos += nanos;
  }

  void ended(DetectionEpoch epoch) {
    if (running == epoch) {
      running = null;
    }
  }

  DetectionSamples samples() {
    return samples;
  }

  /** Closes an open epoch, and frees all memory, that of batches still open too. */
  @Override
  public void close() {
    if (running != null) {
      running.close();
    }
    workers.shutdown();
    boolean interrupted = false;
    while (!workers.isTerminated()) {
      try {
        workers.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        // Memory must not go while a worker writes to it.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    makers.forEach(PictureMaker::close);
    makers.clear();
    slabs.forEach(NativeBuffer::close);
  }
}
