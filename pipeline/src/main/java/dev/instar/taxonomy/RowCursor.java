package dev.instar.taxonomy;

import java.io.IOException;
import java.util.Arrays;

/**
 * Walks the good rows that start in one stretch of a table after another, through one buffer that
 * it reuses. Not thread-safe: one thread, one cursor.
 */
final class RowCursor {
  /** The longest row that is read, in bytes. */
  static final int LONGEST_ROW = 64 << 20;

  private static final int BEYOND = 64 << 10;

  private final TableFile file;
  private final int columns;
  private final boolean quoting;
  private final RowScanner scanner;
  private final BadRowLog bad = new BadRowLog();

  private byte[] data = new byte[0];
  private byte[] unquoted = new byte[0];
  private long base;
  private int limit;
  private int next;
  private int stretchEnd;
  private int rowFrom;
  private int rowTo;

  RowCursor(TableFile file) {
    this.file = file;
    columns = file.header().size();
    quoting = file.dialect().quoting();
    scanner = new RowScanner(file.dialect(), columns);
  }

  /**
   * Goes to the first row that starts at {@code start} or later, and before {@code end}.
   *
   * @param insideQuotes whether an odd number of quotes lies between the header and {@code start}
   */
  void open(long start, long end, boolean insideQuotes) throws IOException {
    // The byte before tells whether a row starts right here.
    base = start - 1;
    limit = 0;
    stretchEnd = Math.toIntExact(end - base);
    load(Math.min(stretchEnd + (long) BEYOND, file.size() - base));
    next = 1;
    if (start > file.rowsFrom() && (insideQuotes || data[0] != '\n')) {
      next = afterLineFeed(insideQuotes);
    }
  }

  /**
   * Goes to the row that starts at {@code start}, and on to those that start before {@code end}.
   */
  void openAtRow(long start, long end) throws IOException {
    base = start;
    limit = 0;
    stretchEnd = Math.toIntExact(end - base);
    load(Math.min(stretchEnd + (long) BEYOND, file.size() - base));
    next = 0;
  }

  /** The position in the file after the last row that was met, or 0 before the first stretch. */
  long nextPosition() {
    return base + next;
  }

  private int afterLineFeed(boolean insideQuotes) {
    boolean inside = insideQuotes;
    for (int i = 1; i < stretchEnd; i++) {
      if (data[i] == '"' && quoting) {
        inside = !inside;
      } else if (data[i] == '\n' && !inside) {
        return i + 1;
      }
    }
    return stretchEnd;
  }

  /** Goes to the next good row of the stretch; bad ones are logged. */
  boolean next() throws IOException {
    while (next < stretchEnd) {
      int from = next;
      int end = scanner.scan(data, from, limit, base + limit == file.size());
      while (end < 0) {
        int length = limit - from;
        if (length >= LONGEST_ROW) {
          throw new MetadataException(
              file.path()
                  + " is no table of specimens: the row at byte "
                  + (base + from)
                  + " is longer than 64 MiB");
        }
        load(Math.min(limit + (long) Math.max(BEYOND, length), file.size() - base));
        end = scanner.scan(data, from, limit, base + limit == file.size());
      }
      next = end + 1;
      rowFrom = from;
      rowTo = end > from && data[end - 1] == '\r' ? end - 1 : end;
      if (rowTo == rowFrom && columns > 1) {
        continue;
      }
      String fault = fault();
      if (fault == null) {
        return true;
      }
      bad.add(base + from, fault);
    }
    return false;
  }

  private String fault() {
    if (scanner.unclosed()) {
      return "opens a quote that nothing closes";
    }
    if (scanner.fields() != columns) {
      return "has " + scanner.fields() + " fields where the header has " + columns;
    }
    if (scanner.nonAscii() && !Utf8.isValid(data, rowFrom, rowTo)) {
      return "is not UTF-8 text";
    }
    if (scanner.quoted()) {
      for (int column = 0; column < columns; column++) {
        if (!Quotes.wellPlaced(data, from(column), to(column))) {
          return "has a quote in the wrong place";
        }
      }
    }
    return null;
  }

  private void load(long wanted) throws IOException {
    int length = Math.toIntExact(wanted);
    if (data.length < length + RowScanner.PADDING) {
      data = Arrays.copyOf(data, length + RowScanner.PADDING);
    }
    file.read(base + limit, data, limit, length - limit);
    limit = length;
    Arrays.fill(data, limit, limit + RowScanner.PADDING, (byte) 0);
  }

  /** The buffer that holds the row; it may be another after {@link #next()}. */
  byte[] data() {
    return data;
  }

  /** Where the row starts in the buffer. */
  int rowFrom() {
    return rowFrom;
  }

  /** Where the row ends in the buffer, its line end left out. */
  int rowTo() {
    return rowTo;
  }

  /** Where a field starts in the buffer, as written. */
  int from(int column) {
    return column == 0 ? rowFrom : scanner.end(column - 1) + 1;
  }

  /** Where a field ends in the buffer, as written. */
  int to(int column) {
    return column == columns - 1 ? rowTo : scanner.end(column);
  }

  /** Hands the text of a field, quotes resolved, to {@code column}. */
  void feed(int column, ColumnScan scan, long appearance) {
    int from = from(column);
    int to = to(column);
    if (!quoting || from == to || data[from] != '"') {
      scan.add(data, from, to, appearance);
      return;
    }
    int room = to - from + RowScanner.PADDING;
    if (unquoted.length < room) {
      unquoted = new byte[room * 2];
    }
    scan.add(unquoted, 0, Quotes.unquote(data, from, to, unquoted), appearance);
  }

  BadRowLog bad() {
    return bad;
  }
}
