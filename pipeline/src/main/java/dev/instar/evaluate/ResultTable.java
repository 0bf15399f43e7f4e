package dev.instar.evaluate;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.instar.parquet.ParquetColumn;
import dev.instar.parquet.ParquetTable;
import dev.instar.taxonomy.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A file of one row a record, CSV or Parquet; it appears under its name when it is finished. Not
 * thread-safe.
 */
public final class ResultTable implements AutoCloseable {
  /** Writes rows in one format. */
  private interface Format extends AutoCloseable {
    void row(Object[] values) throws IOException;

    @Override
    void close() throws IOException;
  }

  private final AtomicFile file;
  private final Format format;

  private ResultTable(AtomicFile file, Format format) {
    this.file = file;
    this.format = format;
  }

  /** Begins a table in the format that the file's ending says: {@code .parquet}, else CSV. */
  public static ResultTable create(Path path, List<ParquetColumn> columns) throws IOException {
    AtomicFile file = AtomicFile.create(path);
    boolean success = false;
    try {
      Format format =
          path.toString().endsWith(".parquet")
              ? new Parquet(file.temporary(), columns)
              : new Csv(file, columns);
      success = true;
      return new ResultTable(file, format);
    } finally {
      if (!success) {
        file.close();
      }
    }
  }

  /** Adds a row: a text, whole number or floating-point number for each column, or null. */
  public void row(Object... values) throws IOException {
    format.row(values);
  }

  /** Completes the file. */
  public void finish() throws IOException {
    format.close();
    file.commit();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static final class Csv implements Format {
    private final SequenceWriter writer;

    Csv(AtomicFile file, List<ParquetColumn> columns) throws IOException {
      CsvMapper mapper =
          CsvMapper.builder()
              .disable(CsvGenerator.Feature.ALWAYS_QUOTE_EMPTY_STRINGS)
              .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
              .build();
      CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true);
      columns.forEach(column -> schema.addColumn(column.name()));
      writer = mapper.writerFor(Object[].class).with(schema.build()).writeValues(file.stream());
    }

    @Override
    public void row(Object[] values) throws IOException {
      // Jackson leaves nulls of an array out, and what follows would slip into their columns.
      writer.write(Arrays.stream(values).map(value -> value == null ? "" : value).toArray());
    }

    @Override
    public void close() throws IOException {
      writer.flush(); // the stream is the file's to close
    }
  }

  private static final class Parquet implements Format {
    private final List<ParquetColumn> columns;
    private final ParquetTable table;

    Parquet(Path path, List<ParquetColumn> columns) throws IOException {
      this.columns = List.copyOf(columns);
      table = ParquetTable.create(path, columns, Map.of(), ParquetTable.TEXT_ROW_GROUP);
    }

    @Override
    public void row(Object[] values) throws IOException {
      for (int i = 0; i < values.length; i++) {
        if (values[i] != null) {
          switch (columns.get(i).kind()) {
            case TEXT -> table.text(i, (String) values[i]);
            case INTEGER -> table.integer(i, ((Number) values[i]).longValue());
            case NUMBER -> table.number(i, (double) values[i]);
            case IMAGE -> throw new IllegalArgumentException("results hold no pictures");
          }
        }
      }
      table.endRow();
    }

    @Override
    public void close() throws IOException {
      table.close();
    }
  }
}
