package dev.instar.loader;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntUnaryOperator;

/**
 * Which batch is in which slab: free, being filled or ready, or with the reader.
 *
 * <p>A free slab goes to the next batch in order. So the batch that the reader waits for always has
 * one, unless the reader holds all; and since samples are claimed in order, those of a batch that
 * has a slab never wait for one that has none: nobody waits for each other in a circle. Workers
 * take the lock once a batch. Thread-safe.
 */
final class Slabs implements AutoCloseable {
  private final Slab[] all;
  private final SampleClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition given = lock.newCondition();
  private final Condition readied = lock.newCondition();
  private final Deque<Slab> free = new ArrayDeque<>();

  /** Batches that are not with the reader yet, by number modulo the number of slabs. */
  private final Slab[] unread;

  private IntUnaryOperator sizes = number -> 0;

  /** The first batch that has no slab yet; what is below lies in {@link #unread}. */
  private volatile int next;

  /** Nobody works on batches from here on. */
  private volatile int end;

  private boolean stopped = true;
  private Throwable defect;
  private int held;

  Slabs(int count, int batch, int sampleBytes, SampleClock clock) {
    this.clock = clock;
    all = new Slab[count];
    unread = new Slab[count];
    boolean success = false;
    try {
      for (int i = 0; i < count; i++) {
        all[i] = new Slab(batch, sampleBytes);
        free.add(all[i]);
      }
      success = true;
    } finally {
      if (!success) {
        close();
      }
    }
  }

  /**
   * Starts an epoch's batches.
   *
   * @param sizes samples of each
   */
  void begin(int first, int batches, IntUnaryOperator sizes) {
    lock.lock();
    try {
      this.sizes = sizes;
      end = batches;
      defect = null;
      stopped = false;
      next = first;
      give();
    } finally {
      lock.unlock();
    }
  }

  /** The slab of a batch, once it has one; null where the batch is no longer wanted. */
  Slab of(int number) {
    if (number >= next || number >= end) {
      return waitFor(number);
    }
    return unread[number % unread.length];
  }

  private Slab waitFor(int number) {
    lock.lock();
    try {
      long since = System.nanoTime();
      while (!stopped && number >= next && number < end) {
        given.awaitUninterruptibly();
      }
      clock.idle(since);
      return stopped || number >= end ? null : unread[number % unread.length];
    } finally {
      lock.unlock();
    }
  }

  /** All samples of a slab are done. */
  void ready(Slab slab) {
    lock.lock();
    try {
      slab.ready = true;
      if (slab.failed() >= 0 && slab.number() < end) {
        end = slab.number() + 1;
        given.signalAll();
      }
      readied.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A worker ends for a reason that is no sample's. */
  void fail(Throwable reason) {
    lock.lock();
    try {
      defect = defect == null ? reason : defect;
      readied.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands a batch to the reader, once it is ready.
   *
   * @throws IllegalStateException if the reader holds all slabs, if the epoch is closed, or if a
   *     worker has a defect
   */
  Slab take(int number) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (!isReady(number)) {
        long since = System.nanoTime();
        try {
          while (!isReady(number)) {
            checkProgress();
            readied.await();
          }
        } finally {
          clock.waited(since);
        }
      }
      Slab slab = unread[number % unread.length];
      unread[number % unread.length] = null;
      held++;
      return slab;
    } finally {
      lock.unlock();
    }
  }

  private boolean isReady(int number) {
    return !stopped && number < next && unread[number % unread.length].ready;
  }

  private void checkProgress() {
    if (stopped) {
      throw new IllegalStateException("the epoch is closed");
    }
    if (defect instanceof Error error) {
      throw error;
    }
    if (defect != null) {
      throw new IllegalStateException("a loading thread ended with " + defect, defect);
    }
    if (held == all.length) {
      throw new IllegalStateException(
          "all " + held + " batches of the queue are open; close one before taking the next");
    }
  }

  /** The reader is done with a slab. */
  void release(Slab slab) {
    lock.lock();
    try {
      held--;
      free.add(slab);
      give();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody wait any more. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      end = 0;
      given.signalAll();
      readied.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes back what the reader does not hold, once no worker is left. */
  void reclaim() {
    lock.lock();
    try {
      for (int i = 0; i < unread.length; i++) {
        if (unread[i] != null) {
          free.add(unread[i]);
          unread[i] = null;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives free slabs to the next batches. */
  private void give() {
    boolean some = false;
    while (!stopped && next < end && !free.isEmpty()) {
      Slab slab = free.remove();
      slab.begin(next, sizes.applyAsInt(next));
      unread[next % unread.length] = slab;
      next = next + 1;
      some = true;
    }
    if (some) {
      given.signalAll();
    }
  }

  /** Frees all memory, that of batches with the reader too. */
  @Override
  public void close() {
    for (Slab slab : all) {
      if (slab != null) {
        slab.close();
      }
    }
  }
}
