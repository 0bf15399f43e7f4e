package dev.instar.taxonomy;

import dev.instar.parquet.ParquetRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The rows of a {@code .parquet} file; none of them is bad, a broken file is an error. */
final class ParquetSource implements RowSource {
  private final Path path;
  private final ParquetRows rows;
  private long number;

  ParquetSource(Path path) throws IOException {
    this.path = path;
    rows = ParquetRows.open(path);
  }

  @Override
  public List<String> columns() {
    return rows.columns();
  }

  @Override
  public boolean next() throws IOException {
    if (!rows.next()) {
      return false;
    }
    number++;
    for (int column = 0; column < columns().size(); column++) {
      byte[] value = rows.value(column);
      if (!Utf8.isValid(value, 0, value.length)) {
        throw new MetadataException(
            path + " row " + number + ": '" + columns().get(column) + "' is not UTF-8 text");
      }
    }
    return true;
  }

  @Override
  public byte[] data(int column) {
    return rows.value(column);
  }

  @Override
  public int from(int column) {
    return 0;
  }

  @Override
  public int to(int column) {
    return rows.value(column).length;
  }

  @Override
  public BadRows bad() {
    return BadRows.NONE;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
