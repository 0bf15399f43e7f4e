package dev.instar.convert;

import dev.instar.memory.NativeBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A bounded ring of slots between the workers, who finish in any order, and the writer, who takes
 * the results in the order of the input.
 *
 * <p>Slot {@code n} serves the results {@code n, n + capacity, ...}: a worker waits until the
 * writer has freed the one before. Thread-safe.
 *
 * @param <R> a result
 */
final class ReorderWindow<R> implements AutoCloseable {
  private final List<Slot<R>> slots;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Condition filled = lock.newCondition();
  private long head;
  private boolean closed;

  /** The result of one record, and memory that is used again. */
  static final class Slot<R> {
    final NativeBuffer bytes = NativeBuffer.allocate(0);
    R outcome;
  }

  ReorderWindow(int capacity) {
    slots = Stream.generate(Slot<R>::new).limit(capacity).toList();
  }

  /** The slot for result {@code sequence}, once it is free; null if the window was stopped. */
  Slot<R> acquire(long sequence) throws InterruptedException {
    lock.lock();
    try {
      while (sequence >= head + slots.size() && !closed) {
        freed.await();
      }
      return closed ? null : slotOf(sequence);
    } finally {
      lock.unlock();
    }
  }

  /** Hands a result over to the writer. */
  void fill(Slot<R> slot, R outcome) {
    lock.lock();
    try {
      slot.outcome = outcome;
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next result in order, once it is there; null if it is not within {@code millis}
   * milliseconds.
   */
  Slot<R> next(long millis) throws InterruptedException {
    lock.lock();
    try {
      Slot<R> slot = slotOf(head);
      if (slot.outcome == null) {
        filled.await(millis, TimeUnit.MILLISECONDS);
      }
      return slot.outcome == null ? null : slot;
    } finally {
      lock.unlock();
    }
  }

  /** Frees the slot that {@link #next} gave. */
  void release(Slot<R> slot) {
    lock.lock();
    try {
      slot.outcome = null;
      head++;
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the writer waits for result {@code sequence}. */
  boolean isNext(long sequence) {
    lock.lock();
    try {
      return sequence == head;
    } finally {
      lock.unlock();
    }
  }

  private Slot<R> slotOf(long sequence) {
    return slots.get((int) (sequence % slots.size()));
  }

  /** The results that were never taken; only once the workers have ended. */
  List<R> left() {
    return slots.stream().map(slot -> slot.outcome).filter(Objects::nonNull).toList();
  }

  /** Ends all waiting for slots. */
  void stop() {
    lock.lock();
    try {
      closed = true;
      freed.signalAll();
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Frees the slots' memory; only once the workers have ended. */
  @Override
  public void close() {
    for (Slot<R> slot : slots) {
      slot.bytes.close();
    }
  }
}
