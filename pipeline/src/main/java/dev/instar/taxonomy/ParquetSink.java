package dev.instar.taxonomy;

import dev.instar.parquet.ParquetColumn;
import dev.instar.parquet.ParquetTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes rows as {@code .parquet}, every column text. */
final class ParquetSink implements RowSink {
  private final ParquetTable table;
  private final int columns;
  private boolean closed;

  ParquetSink(Path path, List<String> columns) throws IOException {
    this.columns = columns.size();
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!seen.add(column)) {
        throw new MetadataException("Parquet cannot hold two columns '" + column + "'; rename one");
      }
    }
    List<ParquetColumn> texts =
        columns.stream().map(name -> new ParquetColumn(name, ParquetColumn.Kind.TEXT)).toList();
    table = ParquetTable.create(path, texts, Map.of(), ParquetTable.TEXT_ROW_GROUP);
  }

  @Override
  public void write(RowSource rows) throws IOException {
    for (int i = 0; i < columns; i++) {
      table.text(i, rows.data(i), rows.from(i), rows.to(i));
    }
    table.endRow();
  }

  @Override
  public void finish() throws IOException {
    close();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      table.close();
    }
  }
}
