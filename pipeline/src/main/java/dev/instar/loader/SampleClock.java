package dev.instar.loader;

import java.util.concurrent.atomic.LongAdder;

/** Where the workers' time goes, and how many samples they made. Thread-safe. */
final class SampleClock {
  private final LongAdder samples = new LongAdder();
  private final LongAdder reading = new LongAdder();
  private final LongAdder converting = new LongAdder();
  private final LongAdder idle = new LongAdder();
  private final LongAdder waiting = new LongAdder();

  /** Books a sample whose bytes were there at {@code read}. */
  void sample(long begun, long read) {
    samples.increment();
    reading.add(read - begun);
    converting.add(System.nanoTime() - read);
  }

  /** Books the time of a worker that had nowhere to put a sample. */
  void idle(long since) {
    idle.add(System.nanoTime() - since);
  }

  /** Books the time of a reader whose batch was not ready. */
  void waited(long since) {
    waiting.add(System.nanoTime() - since);
  }

  LoadTimes times() {
    return new LoadTimes(samples.sum(), reading.sum(), converting.sum(), idle.sum(), waiting.sum());
  }
}
