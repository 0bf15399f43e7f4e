package dev.instar.taxonomy;

import java.io.IOException;
import java.util.List;

/**
 * The rows of a specimen table in any form, one after another, as UTF-8 text by column; what is
 * null somewhere is empty here. Not thread-safe.
 */
interface RowSource extends AutoCloseable {
  /** The column names, all different unless the form allows repeated ones. */
  List<String> columns();

  /** Goes to the next good row; false after the last. */
  boolean next() throws IOException;

  /** The buffer that holds a value; valid until {@link #next()}. */
  byte[] data(int column);

  /** Where the value starts in {@link #data}. */
  int from(int column);

  /** Where the value ends in {@link #data}. */
  int to(int column);

  /** The rows that were kept out so far. */
  BadRows bad() throws IOException;

  @Override
  void close() throws IOException;
}
