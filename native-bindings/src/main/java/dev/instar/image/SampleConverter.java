package dev.instar.image;

import dev.instar.memory.Bytes;

/**
 * Turns a stored picture into one sample of a batch: decoding only what is needed, then everything
 * that its {@link SamplePlan} says, straight into the sample's slot.
 *
 * <p>Every implementation gives the same values. Not thread-safe: one worker, one converter.
 */
public interface SampleConverter extends AutoCloseable {
  /** The fastest converter that works here; the reason for a slower one is logged once. */
  static SampleConverter best(BatchFormat format) {
    return Codecs.chosen().newSampleConverter(format);
  }

  /**
   * Converts a JPEG.
   *
   * @param address of its first byte
   * @param plan made for a picture of the size that the JPEG has
   * @param slot the address of {@link BatchFormat#sampleBytes} bytes
   * @throws CorruptImageException if the data is cut short or damaged, or has another size
   */
  void jpeg(long address, int bytes, SamplePlan plan, long slot) throws CorruptImageException;

  /**
   * Converts a picture in memory: RGB, rows packed, of the size that the plan was made for.
   *
   * @param address of its first byte
   */
  void pixels(long address, SamplePlan plan, long slot);

  /** As {@link #jpeg(long, int, SamplePlan, long)}, for a view. */
  default void jpeg(Bytes jpeg, SamplePlan plan, long slot) throws CorruptImageException {
    jpeg(jpeg.address(), jpeg.size(), plan, slot);
  }

  /** Releases scratch memory. */
  @Override
  void close();
}
