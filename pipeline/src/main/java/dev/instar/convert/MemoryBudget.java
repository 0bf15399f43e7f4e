package dev.instar.convert;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Bounds the memory that pictures in work take together, whatever their sizes. Thread-safe.
 *
 * <p>A picture larger than the whole budget is worked on alone. The picture that the writer waits
 * for is always let through: later ones may hold memory until it is written.
 */
final class MemoryBudget {
  private final long limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long used;
  private boolean abandoned;

  MemoryBudget(long limit) {
    this.limit = limit;
  }

  /** Takes {@code bytes}, waiting until they fit or {@code urgent} holds. */
  void take(long bytes, BooleanSupplier urgent) throws InterruptedException {
    lock.lock();
    try {
      while (used > 0 && used + bytes > limit && !abandoned && !urgent.getAsBoolean()) {
        changed.await();
      }
      used += bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Gives {@code bytes} back. */
  void give(long bytes) {
    lock.lock();
    try {
      used -= bytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Makes waiting threads look again whether they are urgent. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waiting: the run is over. */
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
