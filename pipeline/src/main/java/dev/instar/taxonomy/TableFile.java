package dev.instar.taxonomy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * An open text table: its header, where its rows begin, and its bytes by position. Safe for any
 * number of reading threads.
 *
 * <p>Bytes are read, not mapped: mapped pages would count as this process's memory, and a file that
 * shrinks would kill it.
 */
final class TableFile implements AutoCloseable {
  private static final int LONGEST_HEADER = 1 << 20;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private final Dialect dialect;
  private final Header header;
  private final long rowsFrom;

  private TableFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    size = channel.size();
    dialect = Dialect.of(path);
    int length = (int) Math.min(size, LONGEST_HEADER);
    byte[] start = new byte[length + RowScanner.PADDING];
    read(0, start, 0, length);
    int from = hasByteOrderMark(start) ? 3 : 0;
    RowScanner scanner = new RowScanner(dialect, LONGEST_HEADER);
    int end = scanner.scan(start, from, length, length == size);
    if (end < 0) {
      throw new MetadataException(path + " is no table: its first line is longer than 1 MiB");
    }
    header = new Header(path, names(start, from, end, scanner));
    rowsFrom = Math.min(size, end + 1L);
  }

  static TableFile open(Path path) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new MetadataException(path + " does not exist", e);
    }
    boolean success = false;
    try {
      TableFile file = new TableFile(path, channel);
      success = true;
      return file;
    } finally {
      if (!success) {
        channel.close();
      }
    }
  }

  private static boolean hasByteOrderMark(byte[] start) {
    return start[0] == (byte) 0xef && start[1] == (byte) 0xbb && start[2] == (byte) 0xbf;
  }

  private List<String> names(byte[] line, int from, int end, RowScanner scanner)
      throws MetadataException {
    int stop = end > from && line[end - 1] == '\r' ? end - 1 : end;
    if (stop == from) {
      throw new MetadataException(
          path + " is no table: its first line, the column names, is empty");
    }
    if (!Utf8.isValid(line, from, stop)) {
      throw new MetadataException(path + " is no table: its first line is not UTF-8 text");
    }
    List<String> names = new ArrayList<>();
    int start = from;
    for (int field = 0; field < scanner.fields(); field++) {
      int fieldEnd = Math.min(stop, scanner.end(field));
      if (dialect.quoting() && !Quotes.wellPlaced(line, start, fieldEnd)) {
        throw new MetadataException(
            path + " is no table: a quote stands in the wrong place in its first line");
      }
      names.add(text(dialect, line, start, fieldEnd));
      start = scanner.end(field) + 1;
    }
    return names;
  }

  /** The text of one well-formed field as written. */
  static String text(Dialect dialect, byte[] data, int from, int to) {
    if (dialect.quoting() && from < to && data[from] == '"') {
      byte[] text = new byte[to - from];
      return new String(text, 0, Quotes.unquote(data, from, to, text), StandardCharsets.UTF_8);
    }
    return new String(data, from, to - from, StandardCharsets.UTF_8);
  }

  /** Reads {@code length} bytes from {@code position} of the file to {@code into[at...]}. */
  void read(long position, byte[] into, int at, int length) throws IOException {
    ByteBuffer target = ByteBuffer.wrap(into, at, length);
    while (target.hasRemaining()) {
      int read = channel.read(target, position + target.position() - at);
      if (read < 0) {
        throw new MetadataException(path + " became shorter while it was read");
      }
    }
  }

  Path path() {
    return path;
  }

  Header header() {
    return header;
  }

  Dialect dialect() {
    return dialect;
  }

  /** The size of the file when it was opened, in bytes. */
  long size() {
    return size;
  }

  /** The position of the first byte after the header line. */
  long rowsFrom() {
    return rowsFrom;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
