package dev.instar.pack;

import dev.instar.memory.Bytes;
import java.io.IOException;

/**
 * Where converted pictures are kept. Not thread-safe: one writing thread.
 *
 * <p>Until {@link #finish} nothing lies under the final name (an earlier finished collection stays
 * as it is). What {@link #commit} returned for survives {@code kill -9} and loss of power; opening
 * the same target again continues after it.
 */
public interface ImageSink extends AutoCloseable {
  /** Whether a record of this name is already kept, by this run or an earlier one. */
  boolean contains(String name);

  /**
   * The name under which a record called {@code name} is kept; two records that share it cannot
   * both be kept.
   */
  default String keyOf(String name) {
    return name;
  }

  /** The number of records kept so far, by this run and earlier ones. */
  int size();

  /** Keeps one record. Its name is not yet contained. */
  void append(ImageRecord record, Bytes content) throws IOException;

  /** Makes everything appended so far durable. */
  void commit() throws IOException;

  /** Completes the collection and puts it under its final name. */
  void finish() throws IOException;

  /** Closes without finishing what is not finished; it can be continued. */
  @Override
  void close() throws IOException;
}
