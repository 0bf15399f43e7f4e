package dev.instar.convert;

import dev.instar.convert.PictureConverter.Draft;
import dev.instar.crop.Photograph;
import dev.instar.crop.Quality;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.ImageSink;
import dev.instar.pack.ImageSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Converts the records of a source into a sink: workers decode, resample and encode, one thread
 * writes in the order of the input.
 *
 * <p>A bad record goes to quarantine and never stops the run. Whatever is stored already is not
 * done again. Use once, from one thread.
 */
public final class Conversion {
  /**
   * Memory for pictures in work; one picture alone may take more. Half of the gigabyte that a run
   * may be resident in.
   */
  private static final long MEMORY = 448L << 20;

  /** A slot's buffer above this many bytes is given back after use. */
  private static final int KEPT_SLOT_BYTES = 4 << 20;

  private static final long COMMIT_NANOS = 5_000_000_000L;
  private static final long TICK_MILLIS = 200;

  private final ImageSource source;
  private final ImageSink sink;
  private final Quarantine quarantine;
  private final Skipped skipped;
  private final ConversionPlan plan;
  private final Execution execution;

  private final MemoryBudget budget = new MemoryBudget(MEMORY);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final StageClock stages = new StageClock();
  private final Map<String, Long> reasons = new TreeMap<>();
  private final Map<String, Long> verdicts = new TreeMap<>();
  private long written;
  private long refusedNow;
  private long skippedNow;
  private long bytesRead;
  private long bytesWritten;

  /**
   * How a run is carried out, which does not change what it stores.
   *
   * @param threads the number of workers, at least 1
   * @param shard the share of the input to do
   * @param failOnBadRecord whether the first bad record ends the run
   * @param retryQuarantined whether records that earlier runs refused are tried again
   * @param stop asked between records whether to end early
   * @param progress is told how far the run is
   */
  public record Execution(
      int threads,
      ShardPlan shard,
      boolean failOnBadRecord,
      boolean retryQuarantined,
      Stop stop,
      Progress progress) {}

  /**
   * What a run came to.
   *
   * @param finished whether all of the input was done and the output is complete
   * @param seconds of wall time
   * @param threads the number of workers
   * @param stageNanos of all threads together, in nanoseconds
   */
  public record Result(
      boolean finished, Counts counts, double seconds, int threads, Map<Stage, Long> stageNanos) {
    /** Records stored by this run for each second of wall time. */
    public double imagesPerSecond() {
      return seconds > 0 ? counts.written() / seconds : 0;
    }
  }

  public Conversion(
      ImageSource source,
      ImageSink sink,
      Quarantine quarantine,
      Skipped skipped,
      ConversionPlan plan,
      Execution execution) {
    this.source = source;
    this.sink = sink;
    this.quarantine = quarantine;
    this.skipped = skipped;
    this.plan = plan;
    this.execution = execution;
  }

  /**
   * Runs to the end of the input, or until it is told to stop.
   *
   * @throws BadRecordException if a record is bad and the run shall end at the first
   * @throws IOException if the output cannot be written; what was committed stays and can be
   *     continued
   */
  public Result run() throws IOException, InterruptedException {
    long started = System.nanoTime();
    WorkList work =
        WorkList.of(
            source, execution.shard(), sink, quarantine, skipped, execution.retryQuarantined());
    reasons.putAll(work.quarantined());
    verdicts.putAll(work.skipped());
    if (work.firstQuarantined().isPresent() && execution.failOnBadRecord()) {
      throw BadRecordException.of(work.firstQuarantined().get());
    }
    boolean finished;
    execution.progress().begin(work.size());
    try {
      finished = convert(work);
      if (finished) {
        sink.finish();
        quarantine.finish();
        skipped.finish();
      } else {
        commit();
      }
    } finally {
      execution.progress().end();
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    return new Result(finished, counts(work), seconds, execution.threads(), stages.nanos());
  }

  /** Whether all of the work was done. */
  private boolean convert(WorkList work) throws IOException, InterruptedException {
    int threads = Math.max(1, Math.min(execution.threads(), work.size()));
    List<Thread> workers = new ArrayList<>();
    try (ReorderWindow window = new ReorderWindow(4 * threads + 4)) {
      try {
        for (int i = 0; i < threads; i++) {
          Thread worker = new Thread(() -> work(work, window), "instar-worker-" + i);
          worker.start();
          workers.add(worker);
        }
        return write(work, window);
      } finally {
        window.stop();
        budget.abandon();
        for (Thread worker : workers) {
          worker.join();
        }
      }
    }
  }

  private boolean write(WorkList work, ReorderWindow window)
      throws IOException, InterruptedException {
    StageClock times = new StageClock();
    times.start();
    long committed = System.nanoTime();
    try {
      for (int index = work.indexAfter(-1); index >= 0; ) {
        ReorderWindow.Slot slot = window.next(TICK_MILLIS);
        times.start(); // the writer's own waiting holds nobody up
        checkWorkers();
        if (slot != null) {
          settle(index, slot);
          window.release(slot);
          budget.wake();
          index = work.indexAfter(index);
        }
        if (System.nanoTime() - committed > COMMIT_NANOS) {
          commit();
          committed = System.nanoTime();
        }
        times.lap(Stage.WRITE);
        execution.progress().show(written + skippedNow, refusedNow, bytesRead);
        if (execution.stop().requested()) {
          return index < 0;
        }
      }
      return true;
    } finally {
      synchronized (stages) {
        stages.add(times);
      }
    }
  }

  private void commit() throws IOException {
    sink.commit();
    quarantine.commit();
    skipped.commit();
  }

  /** Stores one result, or puts the record where it is remembered without one. */
  private void settle(int index, ReorderWindow.Slot slot) throws IOException {
    bytesRead += slot.outcome.bytesRead();
    if (slot.outcome instanceof Outcome.Refused refused) {
      refuse(index, refused.cause());
    } else if (slot.outcome instanceof Outcome.Skipped left) {
      skipped.add(source.name(index), source.location(index), left.quality());
      quarantine.release(source.location(index));
      verdicts.merge(left.quality().label(), 1L, Long::sum);
      skippedNow++;
    } else if (slot.outcome instanceof Outcome.Converted converted) {
      try {
        sink.append(converted.record(), slot.bytes.bytes(0, converted.length()));
        quarantine.release(source.location(index));
        written++;
        bytesWritten += converted.length();
      } catch (InputException e) {
        refuse(index, e); // such as two names that become one in this output
      }
      slot.bytes.trim(KEPT_SLOT_BYTES);
      budget.give(converted.memory());
    }
  }

  private void refuse(int index, InputException cause) throws IOException {
    if (execution.failOnBadRecord()) {
      throw new BadRecordException(source.location(index), cause);
    }
    quarantine.add(source.name(index), source.location(index), cause);
    reasons.merge(cause.fault().label(), 1L, Long::sum);
    refusedNow++;
  }

  private void checkWorkers() throws IOException {
    Throwable cause = failure.get();
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause != null) {
      throw new IOException("conversion failed: " + cause.getMessage(), cause);
    }
  }

  private void work(WorkList work, ReorderWindow window) {
    StageClock times = new StageClock();
    try (PictureConverter converter = new PictureConverter(plan);
        Sight sight = plan.cropping().sights().get();
        NativeBuffer scratch = NativeBuffer.allocate(1 << 20)) {
      times.start();
      for (WorkList.Task task = work.next(); task != null; task = work.next()) {
        ReorderWindow.Slot slot = window.acquire(task.sequence());
        times.lap(Stage.WAIT);
        if (slot == null) {
          break;
        }
        window.fill(slot, convert(task, converter, sight, scratch, slot.bytes, window, times));
        scratch.trim(KEPT_SLOT_BYTES);
      }
    } catch (Throwable cause) {
      failure.compareAndSet(null, cause);
      window.stop();
    } finally {
      synchronized (stages) {
        stages.add(times);
      }
    }
  }

  private Outcome convert(
      WorkList.Task task,
      PictureConverter converter,
      Sight sight,
      NativeBuffer scratch,
      NativeBuffer into,
      ReorderWindow window,
      StageClock times)
      throws InterruptedException {
    long read = 0;
    try {
      Content content = source.read(task.index(), scratch);
      read = content.bytes().size();
      times.lap(Stage.READ);
      Photograph photograph = Photograph.of(content, plan.maxPixels());
      times.lap(Stage.DECODE);
      BooleanSupplier urgent = () -> window.isNext(task.sequence());
      Sighting sighting = look(sight, source.name(task.index()), photograph, urgent, times);
      Optional<Quality> unwanted = plan.cropping().skips(sighting);
      if (unwanted.isPresent()) {
        return new Outcome.Skipped(unwanted.get(), read);
      }
      Draft draft = converter.draft(photograph, sighting);
      long memory = converter.memoryFor(draft);
      times.lap(Stage.DECODE);
      budget.take(memory, urgent);
      times.lap(Stage.WAIT);
      int length = 0;
      try {
        length = converter.convert(draft, into, times);
      } finally {
        budget.give(memory - length);
      }
      return new Outcome.Converted(
          PictureConverter.recordOf(source.name(task.index()), source.part(task.index()), draft),
          read,
          length,
          length);
    } catch (InputException e) {
      return new Outcome.Refused(e, read);
    } catch (IOException e) {
      return new Outcome.Refused(
          new InputException(Fault.UNREADABLE, String.valueOf(e.getMessage()), e), read);
    } catch (RuntimeException e) {
      // A defect that one picture brings to light shall not end the work on a million others.
      return new Outcome.Refused(new InputException(Fault.UNEXPECTED, e.toString(), e), read);
    }
  }

  /** Looks at a photograph within the budget of memory. */
  private Sighting look(
      Sight sight, String name, Photograph photograph, BooleanSupplier urgent, StageClock times)
      throws InputException, InterruptedException {
    long memory = sight.memoryFor(photograph);
    budget.take(memory, urgent);
    times.lap(Stage.WAIT);
    try {
      return sight.of(name, photograph);
    } finally {
      budget.give(memory);
      times.lap(Stage.DETECT);
    }
  }

  private Counts counts(WorkList work) {
    long quarantined = sum(reasons);
    long leftOut = sum(verdicts);
    return new Counts(
        written + quarantined + leftOut + work.alreadyThere(),
        written,
        quarantined,
        leftOut,
        work.alreadyThere(),
        bytesRead,
        bytesWritten,
        Map.copyOf(reasons),
        Map.copyOf(verdicts));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
