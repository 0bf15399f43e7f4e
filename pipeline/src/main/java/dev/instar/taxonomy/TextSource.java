package dev.instar.taxonomy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The rows of a {@code .tsv} or {@code .csv} file. */
final class TextSource implements RowSource {
  private final MetadataRows rows;
  private final byte[][] unquoted;
  private final int[] lengths;
  private final boolean[] quoted;

  TextSource(Path path) throws IOException {
    rows = MetadataRows.open(path);
    unquoted = new byte[rows.header().size()][0];
    lengths = new int[rows.header().size()];
    quoted = new boolean[rows.header().size()];
  }

  @Override
  public List<String> columns() {
    return rows.header().columns();
  }

  @Override
  public boolean next() throws IOException {
    if (!rows.next()) {
      return false;
    }
    if (rows.dialect().quoting()) {
      for (int column = 0; column < lengths.length; column++) {
        resolve(column);
      }
    }
    return true;
  }

  private void resolve(int column) {
    int from = rows.from(column);
    int to = rows.to(column);
    quoted[column] = from < to && rows.data()[from] == '"';
    if (quoted[column]) {
      if (unquoted[column].length < to - from) {
        unquoted[column] = new byte[(to - from) * 2];
      }
      lengths[column] = Quotes.unquote(rows.data(), from, to, unquoted[column]);
    }
  }

  @Override
  public byte[] data(int column) {
    return quoted[column] ? unquoted[column] : rows.data();
  }

  @Override
  public int from(int column) {
    return quoted[column] ? 0 : rows.from(column);
  }

  @Override
  public int to(int column) {
    return quoted[column] ? lengths[column] : rows.to(column);
  }

  @Override
  public BadRows bad() throws IOException {
    return rows.bad();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
