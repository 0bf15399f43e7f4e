package dev.instar.taxonomy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes rows as {@code .tsv} or {@code .csv}, lines ended with LF. */
final class TextSink implements RowSink {
  private final OutputStream out;
  private final Dialect dialect;
  private final int columns;

  TextSink(OutputStream out, Dialect dialect, List<String> columns) throws IOException {
    this.out = out;
    this.dialect = dialect;
    this.columns = columns.size();
    if (columns.size() == 1 && columns.get(0).isEmpty() && !dialect.quoting()) {
      throw new MetadataException(
          "a tab-separated table cannot hold a single column without a name; write .csv");
    }
    for (int i = 0; i < columns.size(); i++) {
      byte[] name = columns.get(i).getBytes(StandardCharsets.UTF_8);
      writeField(i, name, 0, name.length);
    }
    out.write('\n');
  }

  @Override
  public void write(RowSource rows) throws IOException {
    for (int i = 0; i < columns; i++) {
      writeField(i, rows.data(i), rows.from(i), rows.to(i));
    }
    out.write('\n');
  }

  private void writeField(int column, byte[] data, int from, int to) throws IOException {
    if (column > 0) {
      out.write(dialect.separator());
    }
    if (from == to && columns == 1 && dialect.quoting()) {
      // A blank line is easily taken for no row.
      out.write('"');
      out.write('"');
      return;
    }
    if (isPlain(data, from, to)) {
      out.write(data, from, to - from);
      return;
    }
    String value = new String(data, from, to - from, StandardCharsets.UTF_8);
    out.write(FieldText.written(dialect, value).getBytes(StandardCharsets.UTF_8));
  }

  private boolean isPlain(byte[] data, int from, int to) {
    byte separator = dialect.separator();
    for (int i = from; i < to; i++) {
      byte b = data[i];
      if (b <= ',' && (b == separator || b == '\n' || b == '\r' || b == '"')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void finish() {}

  @Override
  public void close() {}
}
