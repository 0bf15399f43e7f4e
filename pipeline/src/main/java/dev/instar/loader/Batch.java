package dev.instar.loader;

import dev.instar.image.BatchFormat;

/**
 * Samples that are ready for a network. Its memory goes back to the loader when it is closed, and
 * must not be touched afterwards. Of whoever took it from the epoch; not thread-safe.
 */
public interface Batch extends AutoCloseable {
  /** Its number in the epoch, from 0. */
  int number();

  /** The number of samples; records that were skipped are not among them. */
  int size();

  BatchFormat format();

  /** The address of the first sample's first value; samples are packed, in the format's layout. */
  long images();

  /** The address of {@link #size} labels, 64-bit integers. */
  long labels();

  /**
   * The address of the labels of what samples were mixed with; those of {@link #labels} where none
   * was.
   */
  long partnerLabels();

  /** The part that each sample keeps of its own label, 1 where nothing was mixed. */
  double mixing();

  /** Which of the {@link Samples} is at {@code index}. */
  int sample(int index);

  @Override
  void close();
}
