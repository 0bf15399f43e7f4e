package dev.instar.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * A Parquet file read back by the library's own example reader: pictures as maps of bytes and path.
 *
 * @param schema as the library prints it
 * @param metadata the key-value metadata
 * @param rows values by column; what is null is absent
 */
public record PictureTable(
    String schema, Map<String, String> metadata, List<Map<String, Object>> rows) {

  public static PictureTable read(Path path) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new Codecs())
            .build();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(path), options)) {
      MessageType schema = reader.getFileMetaData().getSchema();
      List<Map<String, Object>> rows = new ArrayList<>();
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        RecordReader<Group> records =
            new ColumnIOFactory()
                .getColumnIO(schema)
                .getRecordReader(pages, new GroupRecordConverter(schema));
        for (long i = 0; i < pages.getRowCount(); i++) {
          rows.add(values(records.read()));
        }
      }
      return new PictureTable(
          schema.toString(), Map.copyOf(reader.getFileMetaData().getKeyValueMetaData()), rows);
    }
  }

  private static Map<String, Object> values(Group group) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < group.getType().getFieldCount(); i++) {
      if (group.getFieldRepetitionCount(i) > 0) {
        values.put(group.getType().getFieldName(i), value(group, i));
      }
    }
    return values;
  }

  private static Object value(Group group, int field) {
    Type type = group.getType().getType(field);
    if (!type.isPrimitive()) {
      return values(group.getGroup(field, 0));
    }
    if (type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64) {
      return group.getLong(field, 0);
    }
    if (type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE) {
      return group.getDouble(field, 0);
    }
    return type.getLogicalTypeAnnotation() == null
        ? group.getBinary(field, 0).getBytes()
        : group.getString(field, 0);
  }
}
