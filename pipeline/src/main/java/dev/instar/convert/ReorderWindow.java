package dev.instar.convert;

import dev.instar.memory.NativeBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded ring of slots between the workers, who finish in any order, and the writer, who takes
 * the results in the order of the input.
 *
 * <p>Slot {@code n} serves the results {@code n, n + capacity, ...}: a worker waits until the
 * writer has freed the one before. Thread-safe.
 */
final class ReorderWindow implements AutoCloseable {
  private final Slot[] slots;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Condition filled = lock.newCondition();
  private long head;
  private boolean closed;

  /** The result of one record, in memory of its own that is used again. */
  static final class Slot {
    final NativeBuffer bytes = NativeBuffer.allocate(0);
    Outcome outcome;
  }

  ReorderWindow(int capacity) {
    slots = new Slot[capacity];
    for (int i = 0; i < capacity; i++) {
      slots[i] = new Slot();
    }
  }

  /** The slot for result {@code sequence}, once it is free; null if the window was stopped. */
  Slot acquire(long sequence) throws InterruptedException {
    lock.lock();
    try {
      while (sequence >= head + slots.length && !closed) {
        freed.await();
      }
      return closed ? null : slots[(int) (sequence % slots.length)];
    } finally {
      lock.unlock();
    }
  }

  /** Hands a result over to the writer. */
  void fill(Slot slot, Outcome outcome) {
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
  Slot next(long millis) throws InterruptedException {
    lock.lock();
    try {
      Slot slot = slots[(int) (head % slots.length)];
      if (slot.outcome == null) {
        filled.await(millis, TimeUnit.MILLISECONDS);
      }
      return slot.outcome == null ? null : slot;
    } finally {
      lock.unlock();
    }
  }

  /** Frees the slot that {@link #next} gave. */
  void release(Slot slot) {
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
    for (Slot slot : slots) {
      slot.bytes.close();
    }
  }
}
