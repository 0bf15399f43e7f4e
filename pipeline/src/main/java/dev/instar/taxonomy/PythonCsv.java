package dev.instar.taxonomy;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads rows as Python's {@code csv} module does with its {@code excel-tab} dialect, which the
 * reference's conversion to JSON uses: quotes at the start of a field count, elsewhere they are
 * text; any line end closes a row. Not thread-safe.
 */
final class PythonCsv {
  private static final int END = -1;

  private final Reader in;
  private int pushed = Integer.MIN_VALUE;

  /** A reader of {@code in}, which should be buffered. */
  PythonCsv(Reader in) {
    this.in = in;
  }

  /** The fields of the next row, none for a blank line; nothing after the last row. */
  Optional<List<String>> next() throws IOException {
    int c = read();
    if (c == END) {
      return Optional.empty();
    }
    List<String> fields = new ArrayList<>();
    if (c == '\n') {
      return Optional.of(fields);
    }
    StringBuilder field = new StringBuilder();
    while (true) {
      if (c == '"') {
        c = quoted(field);
      }
      while (c != '\t' && c != '\n' && c != END) {
        field.append((char) c);
        c = read();
      }
      fields.add(field.toString());
      field.setLength(0);
      if (c != '\t') {
        return Optional.of(fields);
      }
      c = read();
    }
  }

  /**
   * Reads a quoted stretch up to and with its closing quote, and returns the character after it.
   */
  private int quoted(StringBuilder field) throws IOException {
    while (true) {
      int c = read();
      if (c == END) {
        return END;
      }
      if (c != '"') {
        field.append((char) c);
        continue;
      }
      c = read();
      if (c != '"') {
        return c;
      }
      field.append('"');
    }
  }

  /** The next character, with every kind of line end as a line feed. */
  private int read() throws IOException {
    int c = pushed;
    pushed = Integer.MIN_VALUE;
    if (c == Integer.MIN_VALUE) {
      c = in.read();
    }
    if (c == '\r') {
      int after = in.read();
      if (after != '\n') {
        pushed = after;
      }
      return '\n';
    }
    return c;
  }
}
