package dev.instar.parquet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/**
 * A Parquet file that is being written, row by row: set the values that are there, then end the
 * row. Compressed with Zstandard. Not thread-safe.
 *
 * <p>It holds one row group in memory; the file is whole only after {@link #close()}.
 */
public final class ParquetTable implements AutoCloseable {
  /** A row group's size that suits texts, in bytes. */
  public static final long TEXT_ROW_GROUP = 32L << 20;

  private record Picture(Binary bytes, Binary path) {}

  private final Object[] row;
  private final ParquetWriter<Object[]> writer;

  private ParquetTable(int columns, ParquetWriter<Object[]> writer) {
    row = new Object[columns];
    this.writer = writer;
  }

  /**
   * Starts a file, replacing one of that name.
   *
   * @param metadata the file's key-value metadata, such as {@code huggingface}
   * @param rowGroupBytes about how much memory a row group may take
   */
  public static ParquetTable create(
      Path path, List<ParquetColumn> columns, Map<String, String> metadata, long rowGroupBytes)
      throws IOException {
    MessageType schema =
        new MessageType("schema", columns.stream().map(ParquetColumn::type).toList());
    ParquetWriter<Object[]> writer =
        new Builder(new LocalOutputFile(path), new Rows(columns, schema, metadata))
            .withConf(new PlainParquetConfiguration())
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withCodecFactory(new Codecs())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize(rowGroupBytes)
            .build();
    return new ParquetTable(columns.size(), writer);
  }

  /** Sets a text of the row to a copy of UTF-8 bytes. */
  public void text(int column, byte[] data, int from, int to) {
    row[column] = Binary.fromConstantByteArray(Arrays.copyOfRange(data, from, to));
  }

  /** Sets a text of the row. */
  public void text(int column, String value) {
    row[column] = Binary.fromString(value);
  }

  /** Sets a whole number of the row. */
  public void integer(int column, long value) {
    row[column] = value;
  }

  /** Sets a floating-point number of the row. */
  public void number(int column, double value) {
    row[column] = value;
  }

  /** Sets a picture of the row; {@code bytes} must not change until the row group is written. */
  public void image(int column, byte[] bytes, String path) {
    row[column] =
        new Picture(
            Binary.fromConstantByteArray(bytes),
            Binary.fromConstantByteArray(path.getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes the row; the next one starts without any value. */
  public void endRow() throws IOException {
    writer.write(row);
    Arrays.fill(row, null);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
    private final Rows rows;

    Builder(OutputFile file, Rows rows) {
      super(file);
      this.rows = rows;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @Deprecated
    protected WriteSupport<Object[]> getWriteSupport(Configuration unused) {
      return rows;
    }

    @Override
    protected WriteSupport<Object[]> getWriteSupport(ParquetConfiguration unused) {
      return rows;
    }
  }

  private static final class Rows extends WriteSupport<Object[]> {
    private final List<ParquetColumn> columns;
    private final WriteContext context;
    private RecordConsumer out;

    Rows(List<ParquetColumn> columns, MessageType schema, Map<String, String> metadata) {
      this.columns = List.copyOf(columns);
      context = new WriteContext(schema, metadata);
    }

    @Override
    @Deprecated
    public WriteContext init(Configuration unused) {
      return context;
    }

    @Override
    public WriteContext init(ParquetConfiguration unused) {
      return context;
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      out = consumer;
    }

    @Override
    public void write(Object[] row) {
      out.startMessage();
      for (int i = 0; i < row.length; i++) {
        if (row[i] != null) {
          out.startField(columns.get(i).name(), i);
          writeValue(row[i]);
          out.endField(columns.get(i).name(), i);
        }
      }
      out.endMessage();
    }

    private void writeValue(Object value) {
      if (value instanceof Binary text) {
        out.addBinary(text);
      } else if (value instanceof Long number) {
        out.addLong(number);
      } else if (value instanceof Double number) {
        out.addDouble(number);
      } else {
        Picture picture = (Picture) value;
        out.startGroup();
        out.startField("bytes", 0);
        out.addBinary(picture.bytes);
        out.endField("bytes", 0);
        out.startField("path", 1);
        out.addBinary(picture.path);
        out.endField("path", 1);
        out.endGroup();
      }
    }
  }
}
