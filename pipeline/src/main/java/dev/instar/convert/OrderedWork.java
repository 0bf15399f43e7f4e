package dev.instar.convert;

import dev.instar.convert.Conversion.Execution;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.ImageSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Works through the records of a list: workers make something of each, one thread settles the
 * results in the order of the input.
 *
 * <p>A bad record goes to quarantine and never stops the run. Use once, from one thread.
 *
 * @param <R> what is made of a record
 */
public final class OrderedWork<R> {
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
  private final WorkList list;
  private final Quarantine quarantine;
  private final Execution execution;

  private final MemoryBudget budget = new MemoryBudget(MEMORY);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final StageClock stages = new StageClock();
  private final Map<String, Long> reasons = new TreeMap<>();
  private long settled;
  private long refusedNow;
  private long bytesRead;

  /** What makes something of records; one for each working thread, which creates and closes it. */
  public interface Worker<R> extends AutoCloseable {
    /**
     * Works on one record.
     *
     * @param content valid until this returns
     * @throws InputException if the record is bad
     */
    R work(Turn turn, Content content) throws InputException, InterruptedException;

    @Override
    void close();
  }

  /** What is done with the results, by the one thread that runs the work. */
  public interface Settlement<R> {
    /**
     * Takes one result, in the order of the input.
     *
     * @param index the record's number in the source
     * @param bytes what the worker left in its turn's memory; used again afterwards
     * @param times may be told of stages other than writing
     * @throws InputException if the record turns out to be bad
     */
    void settle(int index, R result, NativeBuffer bytes, StageClock times) throws IOException;

    /** Frees a result that is not settled since the run ends early. */
    default void discard(R result) {}

    /** Makes durable what was settled so far. */
    void commit() throws IOException;
  }

  /** One record's turn in a worker, valid as long as the worker works on it. */
  public interface Turn {
    /** The record's number in the source. */
    int index();

    /** Memory that goes to the settlement with the result. */
    NativeBuffer bytes();

    /** The worker's clock. */
    StageClock times();

    /**
     * Waits until memory for the picture is free; what is taken and not given is held until the
     * result is settled.
     */
    void take(long bytes) throws InterruptedException;

    /** Gives memory back that was taken. */
    void give(long bytes);
  }

  private final class OpenTurn implements Turn {
    private final WorkList.Task task;
    private final ReorderWindow<Outcome<R>> window;
    private final NativeBuffer bytes;
    private final StageClock times;
    private long held;

    OpenTurn(
        WorkList.Task task,
        ReorderWindow<Outcome<R>> window,
        NativeBuffer bytes,
        StageClock times) {
      this.task = task;
      this.window = window;
      this.bytes = bytes;
      this.times = times;
    }

    @Override
    public int index() {
      return task.index();
    }

    @Override
    public NativeBuffer bytes() {
      return bytes;
    }

    @Override
    public StageClock times() {
      return times;
    }

    @Override
    public void take(long bytes) throws InterruptedException {
      budget.take(bytes, () -> window.isNext(task.sequence()));
      held += bytes;
      times.lap(Stage.WAIT);
    }

    @Override
    public void give(long bytes) {
      budget.give(bytes);
      held -= bytes;
    }
  }

  /**
   * Prepares a run.
   *
   * @param list what is to be done of the source
   */
  public OrderedWork(
      ImageSource source, WorkList list, Quarantine quarantine, Execution execution) {
    this.source = source;
    this.list = list;
    this.quarantine = quarantine;
    this.execution = execution;
  }

  /**
   * Runs to the end of the list, or until it is told to stop.
   *
   * @param workers makes a worker, in its own thread
   * @return whether all of the work was done
   * @throws BadRecordException if a record is bad and the run shall end at the first
   * @throws IOException if a result cannot be settled
   */
  public boolean run(Supplier<? extends Worker<R>> workers, Settlement<R> settlement)
      throws IOException, InterruptedException {
    reasons.putAll(list.quarantined());
    if (list.firstQuarantined().isPresent() && execution.failOnBadRecord()) {
      throw BadRecordException.of(list.firstQuarantined().get());
    }
    execution.progress().begin(list.size());
    int count = Math.max(1, Math.min(execution.threads(), list.size()));
    List<Thread> threads = new ArrayList<>();
    try (ReorderWindow<Outcome<R>> window = new ReorderWindow<>(4 * count + 4)) {
      try {
        for (int i = 0; i < count; i++) {
          Thread thread = new Thread(() -> work(workers, window), "instar-worker-" + i);
          thread.start();
          threads.add(thread);
        }
        return settleAll(window, settlement);
      } finally {
        window.stop();
        budget.abandon();
        for (Thread thread : threads) {
          thread.join();
        }
        window.left().forEach(outcome -> discard(outcome, settlement));
      }
    } finally {
      execution.progress().end();
    }
  }

  private void discard(Outcome<R> outcome, Settlement<R> settlement) {
    if (outcome instanceof Outcome.Made<R> made) {
      settlement.discard(made.result());
    }
  }

  private boolean settleAll(ReorderWindow<Outcome<R>> window, Settlement<R> settlement)
      throws IOException, InterruptedException {
    StageClock times = new StageClock();
    times.start();
    long committed = System.nanoTime();
    try {
      for (int index = list.indexAfter(-1); index >= 0; ) {
        ReorderWindow.Slot<Outcome<R>> slot = window.next(TICK_MILLIS);
        times.start(); // this thread's own waiting holds nobody up
        checkWorkers();
        if (slot != null) {
          settle(index, slot, settlement, times);
          window.release(slot);
          budget.wake();
          index = list.indexAfter(index);
        }
        if (System.nanoTime() - committed > COMMIT_NANOS) {
          settlement.commit();
          quarantine.commit();
          committed = System.nanoTime();
        }
        times.lap(Stage.WRITE);
        execution.progress().show(settled, refusedNow, bytesRead);
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

  /** Settles one result, or puts the record into quarantine. */
  private void settle(
      int index, ReorderWindow.Slot<Outcome<R>> slot, Settlement<R> settlement, StageClock times)
      throws IOException {
    bytesRead += slot.outcome.bytesRead();
    if (slot.outcome instanceof Outcome.Refused<R> refused) {
      refuse(index, refused.cause());
    } else if (slot.outcome instanceof Outcome.Made<R> made) {
      try {
        settlement.settle(index, made.result(), slot.bytes, times);
        quarantine.release(source.location(index));
        settled++;
      } catch (InputException e) {
        refuse(index, e); // such as two names that become one in this output
      }
      slot.bytes.trim(KEPT_SLOT_BYTES);
      budget.give(made.memory());
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
      throw new IOException("the work failed: " + cause.getMessage(), cause);
    }
  }

  private void work(Supplier<? extends Worker<R>> workers, ReorderWindow<Outcome<R>> window) {
    StageClock times = new StageClock();
    try (Worker<R> worker = workers.get();
        NativeBuffer scratch = NativeBuffer.allocate(1 << 20)) {
      times.start();
      for (WorkList.Task task = list.next(); task != null; task = list.next()) {
        ReorderWindow.Slot<Outcome<R>> slot = window.acquire(task.sequence());
        times.lap(Stage.WAIT);
        if (slot == null) {
          break;
        }
        window.fill(
            slot, outcomeOf(new OpenTurn(task, window, slot.bytes, times), worker, scratch));
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

  private Outcome<R> outcomeOf(OpenTurn turn, Worker<R> worker, NativeBuffer scratch)
      throws InterruptedException {
    long read = 0;
    boolean success = false;
    try {
      Content content = source.read(turn.index(), scratch);
      read = content.bytes().size();
      turn.times.lap(Stage.READ);
      R result = worker.work(turn, content);
      success = true;
      return new Outcome.Made<>(result, read, turn.held);
    } catch (InputException e) {
      return new Outcome.Refused<>(e, read);
    } catch (IOException e) {
      return new Outcome.Refused<>(
          new InputException(Fault.UNREADABLE, String.valueOf(e.getMessage()), e), read);
    } catch (RuntimeException e) {
      // A defect that one picture brings to light shall not end the work on a million others.
      return new Outcome.Refused<>(new InputException(Fault.UNEXPECTED, e.toString(), e), read);
    } finally {
      if (!success) {
        turn.give(turn.held);
      }
    }
  }

  /** Bytes of the photographs that this run read. */
  public long bytesRead() {
    return bytesRead;
  }

  /** How many records were refused for each reason, by this run or an earlier one. */
  public Map<String, Long> reasons() {
    return Map.copyOf(reasons);
  }

  /** All refused records together. */
  public long refused() {
    return reasons.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Nanoseconds of all threads together, by stage; once the run has ended. */
  public Map<Stage, Long> stageNanos() {
    synchronized (stages) {
      return stages.nanos();
    }
  }
}
