package dev.instar.taxonomy;

import java.nio.file.Path;
import java.util.Locale;

/** How rows are written in a text table: one a line, LF or CRLF, UTF-8. */
enum Dialect {
  /** Fields between tabs, taken as they stand: a quote is an ordinary character. */
  TSV('\t', false),
  /** Fields between commas, quoted where they need it (RFC 4180). */
  CSV(',', true);

  private final char separator;
  private final boolean quoting;

  Dialect(char separator, boolean quoting) {
    this.separator = separator;
    this.quoting = quoting;
  }

  /** The dialect that a file's ending says: commas for {@code .csv}, else tabs. */
  static Dialect of(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv") ? CSV : TSV;
  }

  byte separator() {
    return (byte) separator;
  }

  boolean quoting() {
    return quoting;
  }
}
