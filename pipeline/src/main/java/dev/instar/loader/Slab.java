package dev.instar.loader;

import dev.instar.image.InputException;
import dev.instar.memory.NativeBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory of one batch, used again and again. Workers fill its samples, each those that it
 * claimed; the one that is done last calls {@link #finish}. Owns its buffers.
 */
final class Slab implements AutoCloseable {
  private static final int NONE = -1;

  /** A record that is not in the batch. */
  record Gap(int sample, InputException reason) {}

  private final NativeBuffer images;
  private final NativeBuffer labels;
  private final ByteBuffer pixels;
  private final ByteBuffer numbers;
  private final int sampleBytes;
  private final int capacity;
  private final int[] samples;
  private final Throwable[] failures;
  private final AtomicInteger missing = new AtomicInteger();

  private int number;
  private int size;
  private double mixing;
  private List<Gap> gaps = List.of();
  private int failed;

  /** Guarded by the lock of {@link Slabs}. */
  boolean ready;

  Slab(int capacity, int sampleBytes) {
    this.capacity = capacity;
    this.sampleBytes = sampleBytes;
    samples = new int[capacity];
    failures = new Throwable[capacity];
    images = NativeBuffer.allocate(capacity * sampleBytes);
    boolean success = false;
    try {
      labels = NativeBuffer.allocate(Math.multiplyExact(2 * Long.BYTES, capacity));
      success = true;
    } finally {
      if (!success) {
        images.close();
      }
    }
    pixels = images.asByteBuffer();
    numbers = labels.asByteBuffer();
  }

  /** Makes it the batch {@code number} of {@code size} samples, none of which is there yet. */
  void begin(int number, int size) {
    this.number = number;
    this.size = size;
    mixing = 1;
    gaps = List.of();
    failed = NONE;
    ready = false;
    missing.set(size);
  }

  /** Says which sample comes to {@code index}, and answers the address for it. */
  long put(int index, int sample, int label) {
    samples[index] = sample;
    failures[index] = null;
    numbers.putLong(index * Long.BYTES, label);
    return images.address() + (long) index * sampleBytes;
  }

  /** The sample at {@code index} cannot be made. */
  void fail(int index, Throwable failure) {
    failures[index] = failure;
  }

  /** Whether the caller, who is done with one sample, was the last. */
  boolean done() {
    return missing.decrementAndGet() == 0;
  }

  /**
   * Closes gaps and mixes what is left. Samples keep their order.
   *
   * @param skip whether bad records may be left out
   */
  void finish(boolean skip, Mixing mixer, long seed, int epoch, long batch) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (failures[i] == null) {
        move(i, kept++);
      } else if (skip && failures[i] instanceof InputException reason) {
        if (gaps.isEmpty()) {
          gaps = new ArrayList<>();
        }
        gaps.add(new Gap(samples[i], reason));
      } else {
        failed = i;
        return;
      }
    }
    size = kept;
    if (mixer.mixes()) {
      mixing = mixer.mix(pixels, size, seed, epoch, batch);
      for (int i = 0; i < size; i++) {
        numbers.putLong((capacity + i) * Long.BYTES, label(size - 1 - i));
      }
    }
  }

  private void move(int from, int to) {
    if (from != to) {
      pixels.put(to * sampleBytes, pixels, from * sampleBytes, sampleBytes);
      numbers.putLong(to * Long.BYTES, label(from));
      samples[to] = samples[from];
    }
  }

  private long label(int index) {
    return numbers.getLong(index * Long.BYTES);
  }

  /** The place of the first sample that cannot be made and may not be left out; else -1. */
  int failed() {
    return failed;
  }

  /** What is wrong with the sample {@link #failed}. */
  Throwable failure() {
    return failures[failed];
  }

  List<Gap> gaps() {
    return gaps;
  }

  int number() {
    return number;
  }

  int size() {
    return size;
  }

  int sample(int index) {
    return samples[index];
  }

  double mixing() {
    return mixing;
  }

  long images() {
    return images.address();
  }

  long labels() {
    return labels.address();
  }

  /** Labels of partners lie behind those of the samples. */
  long partnerLabels() {
    return labels.address() + (mixing != 1 ? (long) capacity * Long.BYTES : 0);
  }

  @Override
  public void close() {
    images.close();
    labels.close();
  }
}
