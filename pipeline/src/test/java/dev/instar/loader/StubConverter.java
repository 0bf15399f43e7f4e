package dev.instar.loader;

import dev.instar.image.CorruptImageException;
import dev.instar.image.SampleConverter;
import dev.instar.image.SamplePlan;
import dev.instar.memory.ForeignMemory;

/** Fills a sample with one byte of the picture, after doing what a test wants. */
record StubConverter(int sampleBytes, Before before) implements SampleConverter {
  /** What happens before a sample is made. */
  @FunctionalInterface
  interface Before {
    void sample() throws CorruptImageException;
  }

  @Override
  public void jpeg(long address, int bytes, SamplePlan plan, long slot)
      throws CorruptImageException {
    before.sample();
    fill(address, slot);
  }

  @Override
  public void pixels(long address, SamplePlan plan, long slot) {
    try {
      before.sample();
    } catch (CorruptImageException e) {
      throw new IllegalStateException(e);
    }
    fill(address, slot);
  }

  private void fill(long address, long slot) {
    byte value = ForeignMemory.view(address, 1).get(0);
    var sample = ForeignMemory.view(slot, sampleBytes);
    while (sample.hasRemaining()) {
      sample.put(value);
    }
  }

  @Override
  public void close() {}
}
