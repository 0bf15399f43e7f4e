package dev.instar.taxonomy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Writes a table again with columns added or replaced; every other byte of the good rows is kept,
 * line ends apart, which become LF. Streams, so the size of the table does not matter. Not
 * thread-safe.
 *
 * <pre>{@code
 * TableRewrite.of(in).set("large_insect_order", row -> splits[row].label()).writeTo(out);
 * }</pre>
 */
public final class TableRewrite {
  /** What was written. */
  public record Written(long rows, BadRows bad) {}

  private record Column(String name, IntFunction<String> values) {}

  private static final int MOST_CACHED = 4096;

  private final Path in;
  private final Map<String, IntFunction<String>> columns = new LinkedHashMap<>();
  private final Map<String, byte[]> encoded = new HashMap<>();

  private TableRewrite(Path in) {
    this.in = in;
  }

  /** A rewriting of {@code in} that changes nothing yet. */
  public static TableRewrite of(Path in) {
    return new TableRewrite(in);
  }

  /**
   * Sets a column: in its place if the table has it, else behind the last one.
   *
   * @param values the value for each row, by the row numbers of {@link MetadataTable}
   */
  public TableRewrite set(String column, IntFunction<String> values) {
    columns.put(column, values);
    return this;
  }

  /**
   * Writes the table to {@code out}, which appears, or is replaced, only when it is complete; it
   * may be the table that is read.
   *
   * @throws MetadataException if {@code in} is no table, or a value cannot be written in the
   *     dialect of {@code out}
   */
  public Written writeTo(Path out) throws IOException {
    Dialect dialect = Dialect.of(out);
    try (MetadataRows rows = MetadataRows.open(in);
        AtomicFile file = AtomicFile.create(out)) {
      List<Column> replacing = new ArrayList<>();
      List<Column> added = new ArrayList<>();
      Column[] byPosition = new Column[rows.header().size()];
      for (Map.Entry<String, IntFunction<String>> set : columns.entrySet()) {
        int at = rows.header().find(set.getKey()).orElse(-1);
        Column column = new Column(set.getKey(), set.getValue());
        if (at >= 0) {
          byPosition[at] = column;
          replacing.add(column);
        } else {
          added.add(column);
        }
      }
      OutputStream stream = file.stream();
      writeHeader(stream, dialect, rows.header(), added);
      while (rows.next()) {
        int row = Math.toIntExact(rows.number());
        if (replacing.isEmpty() && dialect == rows.dialect()) {
          rows.writeRow(stream);
        } else {
          writeFields(stream, dialect, rows, byPosition, row);
        }
        for (Column column : added) {
          stream.write(dialect.separator());
          stream.write(encoded(dialect, column.values.apply(row)));
        }
        stream.write('\n');
      }
      file.commit();
      return new Written(rows.number() + 1, rows.bad());
    }
  }

  private void writeHeader(OutputStream out, Dialect dialect, Header header, List<Column> added)
      throws IOException {
    List<String> names = new ArrayList<>(header.columns());
    added.forEach(column -> names.add(column.name));
    for (int i = 0; i < names.size(); i++) {
      if (i > 0) {
        out.write(dialect.separator());
      }
      out.write(FieldText.written(dialect, names.get(i)).getBytes(StandardCharsets.UTF_8));
    }
    out.write('\n');
  }

  private void writeFields(
      OutputStream out, Dialect dialect, MetadataRows rows, Column[] byPosition, int row)
      throws IOException {
    for (int i = 0; i < byPosition.length; i++) {
      if (i > 0) {
        out.write(dialect.separator());
      }
      if (byPosition[i] != null) {
        out.write(encoded(dialect, byPosition[i].values.apply(row)));
      } else if (dialect == rows.dialect()) {
        out.write(rows.data(), rows.from(i), rows.to(i) - rows.from(i));
      } else {
        out.write(FieldText.written(dialect, rows.text(i)).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private byte[] encoded(Dialect dialect, String value) throws MetadataException {
    byte[] known = encoded.get(value);
    if (known == null) {
      known = FieldText.written(dialect, value).getBytes(StandardCharsets.UTF_8);
      if (encoded.size() < MOST_CACHED) {
        encoded.put(value, known);
      }
    }
    return known;
  }
}
