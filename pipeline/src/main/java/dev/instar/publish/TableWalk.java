package dev.instar.publish;

import dev.instar.taxonomy.MetadataException;
import dev.instar.taxonomy.MetadataRows;
import java.io.IOException;
import java.nio.file.Path;

/** Reads chosen rows of a table, in rising order. Not thread-safe. */
final class TableWalk implements AutoCloseable {
  private final Path table;
  private final MetadataRows rows;
  private final int columns;

  TableWalk(Path table) throws IOException {
    this.table = table;
    rows = MetadataRows.open(table);
    columns = rows.header().size();
  }

  /** The values of a row that lies behind the last one. */
  String[] values(int row) throws IOException {
    while (rows.number() < row) {
      if (!rows.next()) {
        throw new MetadataException(table + " became shorter while it was read");
      }
    }
    String[] values = new String[columns];
    for (int column = 0; column < columns; column++) {
      values[column] = rows.text(column);
    }
    return values;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
