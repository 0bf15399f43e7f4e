package dev.instar.loader;

import java.io.IOException;
import java.util.Optional;

/**
 * The batches of one epoch, in their order. Closing it stops the workers and waits for them. One
 * reader.
 */
public interface Epoch extends AutoCloseable {
  /**
   * The next batch, waiting for it; none at the end of the epoch.
   *
   * @throws dev.instar.image.InputException if a record cannot be used and {@link BadRecords#FAIL}
   *     applies
   */
  Optional<Batch> next() throws IOException, InterruptedException;

  @Override
  void close();
}
