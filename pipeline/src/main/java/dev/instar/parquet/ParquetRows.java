package dev.instar.parquet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveStringifier;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * The rows of a Parquet file of single values, as UTF-8 text by column; what is absent is empty.
 * Holds one row group in memory. Not thread-safe.
 */
public final class ParquetRows implements AutoCloseable {
  private static final byte[] NOTHING = {};

  private final Path path;
  private final ParquetFileReader reader;
  private final MessageType schema;
  private final byte[][] row;
  private RecordReader<byte[][]> group;
  private long left;

  private ParquetRows(Path path, ParquetFileReader reader) throws IOException {
    this.path = path;
    this.reader = reader;
    schema = reader.getFileMetaData().getSchema();
    for (Type field : schema.getFields()) {
      if (!field.isPrimitive() || field.isRepetition(Type.Repetition.REPEATED)) {
        throw new IOException(
            path + " is no table of single values: column '" + field.getName() + "' is nested");
      }
    }
    row = new byte[schema.getFieldCount()][];
  }

  /** Opens a file before its first row. */
  public static ParquetRows open(Path path) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new Codecs())
            .build();
    ParquetFileReader reader = null;
    boolean success = false;
    try {
      reader = ParquetFileReader.open(new LocalInputFile(path), options);
      ParquetRows rows = new ParquetRows(path, reader);
      success = true;
      return rows;
    } catch (IOException | RuntimeException e) {
      throw broken(path, e);
    } finally {
      if (!success && reader != null) {
        reader.close();
      }
    }
  }

  private static IOException broken(Path path, Exception e) {
    String known = String.valueOf(e.getMessage());
    return e instanceof IOException failure && known.startsWith(path.toString())
        ? failure
        : new IOException(path + " is no Parquet file that can be read: " + known, e);
  }

  /** The column names. */
  public List<String> columns() {
    return schema.getFields().stream().map(Type::getName).toList();
  }

  /** The key-value metadata of the file. */
  public Map<String, String> metadata() {
    return Map.copyOf(reader.getFileMetaData().getKeyValueMetaData());
  }

  /** Goes to the next row; false after the last. */
  public boolean next() throws IOException {
    try {
      while (left == 0) {
        PageReadStore pages = reader.readNextRowGroup();
        if (pages == null) {
          return false;
        }
        left = pages.getRowCount();
        group = new ColumnIOFactory().getColumnIO(schema).getRecordReader(pages, new Rows());
      }
      left--;
      return group.read() != null;
    } catch (IOException | RuntimeException e) {
      throw broken(path, e);
    }
  }

  /** The text of a value; valid until {@link #next()}, and must not be changed. */
  public byte[] value(int column) {
    return row[column];
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private final class Rows extends RecordMaterializer<byte[][]> {
    private final GroupConverter root;

    Rows() {
      List<Converter> fields = new ArrayList<>();
      for (int i = 0; i < schema.getFieldCount(); i++) {
        fields.add(new Field(i, schema.getType(i).asPrimitiveType()));
      }
      root =
          new GroupConverter() {
            @Override
            public Converter getConverter(int field) {
              return fields.get(field);
            }

            @Override
            public void start() {
              Arrays.fill(row, NOTHING);
            }

            @Override
            public void end() {}
          };
    }

    @Override
    public byte[][] getCurrentRecord() {
      return row;
    }

    @Override
    public GroupConverter getRootConverter() {
      return root;
    }
  }

  private final class Field extends PrimitiveConverter {
    private final int column;
    private final PrimitiveStringifier text;
    private final boolean plain;

    Field(int column, PrimitiveType type) {
      this.column = column;
      text = type.stringifier();
      LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
      // Text without the mark that it is text is what old writers leave.
      plain =
          type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
              && (meaning == null
                  || meaning.equals(LogicalTypeAnnotation.stringType())
                  || meaning.equals(LogicalTypeAnnotation.enumType())
                  || meaning.equals(LogicalTypeAnnotation.jsonType()));
    }

    private void set(String value) {
      row[column] = value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void addBinary(Binary value) {
      if (plain) {
        row[column] = value.getBytes();
      } else {
        set(text.stringify(value));
      }
    }

    @Override
    public void addBoolean(boolean value) {
      set(text.stringify(value));
    }

    @Override
    public void addInt(int value) {
      set(text.stringify(value));
    }

    @Override
    public void addLong(long value) {
      set(text.stringify(value));
    }

    @Override
    public void addFloat(float value) {
      set(text.stringify(value));
    }

    @Override
    public void addDouble(double value) {
      set(text.stringify(value));
    }
  }
}
