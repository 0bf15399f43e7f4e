package dev.instar.taxonomy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes rows as the reference's plain array; of columns of one name the last counts, as in a
 * Python dictionary.
 */
final class PythonJsonSink implements RowSink {
  private final PythonJson json;
  private final Map<String, Integer> columns = new LinkedHashMap<>();

  PythonJsonSink(OutputStream out, List<String> columns) {
    json = new PythonJson(out);
    for (int i = 0; i < columns.size(); i++) {
      this.columns.put(columns.get(i), i);
    }
  }

  @Override
  public void write(RowSource rows) throws IOException {
    json.startRow();
    for (Map.Entry<String, Integer> column : columns.entrySet()) {
      int i = column.getValue();
      String value =
          new String(rows.data(i), rows.from(i), rows.to(i) - rows.from(i), StandardCharsets.UTF_8);
      json.field(column.getKey(), value);
    }
    json.endRow();
  }

  @Override
  public void finish() throws IOException {
    json.finish();
  }

  @Override
  public void close() {}
}
