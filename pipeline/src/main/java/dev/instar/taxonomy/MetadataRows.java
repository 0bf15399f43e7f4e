package dev.instar.taxonomy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The good rows of a {@code .tsv} or {@code .csv} table one after another, as bytes, in bounded
 * memory. Not thread-safe.
 *
 * <pre>{@code
 * try (MetadataRows rows = MetadataRows.open(file)) {
 *   while (rows.next()) {
 *     rows.writeRow(out);
 *   }
 * }
 * }</pre>
 */
public final class MetadataRows implements AutoCloseable {
  private final TableFile file;
  private final RowCursor cursor;
  private long stretchEnd;
  private long number = -1;

  private MetadataRows(TableFile file) {
    this.file = file;
    cursor = new RowCursor(file);
    stretchEnd = file.rowsFrom();
  }

  /** Opens a table before its first row. */
  public static MetadataRows open(Path path) throws IOException {
    return new MetadataRows(TableFile.open(path));
  }

  /** The column names. */
  public Header header() {
    return file.header();
  }

  /** Goes to the next good row; false after the last. */
  public boolean next() throws IOException {
    if (number < 0 || !cursor.next()) {
      do {
        if (stretchEnd >= file.size()) {
          return false;
        }
        // The last row of a stretch may end far behind it.
        long start = Math.max(stretchEnd, cursor.nextPosition());
        if (start >= file.size()) {
          return false;
        }
        stretchEnd = Math.min(file.size(), start + TableScan.STRETCH);
        cursor.openAtRow(start, stretchEnd);
      } while (!cursor.next());
    }
    number++;
    return true;
  }

  /** The number of the row, from 0: its index in a {@link MetadataTable} of the same file. */
  public long number() {
    return number;
  }

  /** The text of a field. */
  public String text(int column) {
    return TableFile.text(file.dialect(), cursor.data(), cursor.from(column), cursor.to(column));
  }

  /**
   * The buffer that holds the row as written; it is valid until {@link #next()}, and must not be
   * changed.
   */
  public byte[] data() {
    return cursor.data();
  }

  /** Where a field starts in {@link #data()}, as written. */
  public int from(int column) {
    return cursor.from(column);
  }

  /** Where a field ends in {@link #data()}, as written. */
  public int to(int column) {
    return cursor.to(column);
  }

  /** Writes the row as it is written in the file, without its line end. */
  public void writeRow(OutputStream out) throws IOException {
    out.write(cursor.data(), cursor.rowFrom(), cursor.rowTo() - cursor.rowFrom());
  }

  /** The rows that were kept out so far. */
  public BadRows bad() throws IOException {
    return BadRowLog.named(List.of(cursor.bad()), file);
  }

  Dialect dialect() {
    return file.dialect();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
