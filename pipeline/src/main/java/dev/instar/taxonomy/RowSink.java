package dev.instar.taxonomy;

import java.io.IOException;

/** Where the rows of a table go, in one of its forms. Not thread-safe. */
interface RowSink extends AutoCloseable {
  /**
   * Writes the current row of {@code rows}.
   *
   * @throws MetadataException if this form cannot hold it
   */
  void write(RowSource rows) throws IOException;

  /** Writes what stands behind the last row. */
  void finish() throws IOException;

  /** Lets go of resources, finished or not; the stream that it writes to is the caller's. */
  @Override
  void close() throws IOException;
}
