package dev.instar.publish;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.parquet.ParquetColumn;
import dev.instar.parquet.ParquetTable;
import dev.instar.taxonomy.MetadataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Parquet shards as the {@code datasets} library writes them (5.0.1, arrow_writer.py): a column
 * {@code image} of bytes and path, class labels as numbers, the features as JSON in the key {@code
 * huggingface}. An empty value is null.
 */
final class HuggingFaceShards implements ShardForm {
  /** The column of pictures. */
  static final String IMAGE = "image";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long ROW_GROUP = 32L << 20;

  private final List<String> columns;
  private final Map<String, ClassLabels> coded;
  private final List<ParquetColumn> schema = new ArrayList<>();
  private final Map<String, String> metadata;

  HuggingFaceShards(Plan plan) throws IOException {
    columns = plan.header().columns();
    coded = plan.coded();
    ObjectNode features = JSON.createObjectNode();
    schema.add(new ParquetColumn(IMAGE, ParquetColumn.Kind.IMAGE));
    features.putObject(IMAGE).put("_type", "Image");
    for (String column : columns) {
      if (features.has(column)) {
        throw new MetadataException(
            plan.file() + ": Parquet cannot hold two columns '" + column + "'; rename one");
      }
      ClassLabels labels = coded.get(column);
      if (labels != null) {
        schema.add(new ParquetColumn(column, ParquetColumn.Kind.INTEGER));
        ObjectNode feature = features.putObject(column);
        labels.names().forEach(feature.putArray("names")::add);
        feature.put("_type", "ClassLabel");
      } else {
        schema.add(new ParquetColumn(column, ParquetColumn.Kind.TEXT));
        features.putObject(column).put("dtype", "string").put("_type", "Value");
      }
    }
    ObjectNode info = JSON.createObjectNode();
    info.putObject("info").set("features", features);
    metadata = Map.of("huggingface", JSON.writeValueAsString(info));
  }

  @Override
  public String fileOf(String split, int shard, int shards) {
    return String.format("data/%s-%05d-of-%05d.parquet", split, shard, shards);
  }

  @Override
  public long overheadBytes() {
    return 64;
  }

  @Override
  public Writer open(Path file) throws IOException {
    return new Rows(ParquetTable.create(file, schema, metadata, ROW_GROUP));
  }

  private final class Rows implements Writer {
    private final ParquetTable table;

    Rows(ParquetTable table) {
      this.table = table;
    }

    @Override
    public void append(Specimen specimen) throws IOException {
      table.image(0, specimen.picture().bytes(), specimen.fileName());
      for (int i = 0; i < columns.size(); i++) {
        ClassLabels labels = coded.get(columns.get(i));
        if (labels == null && !specimen.values()[i].isEmpty()) {
          table.text(i + 1, specimen.values()[i]);
        } else if (labels != null && labels.of(specimen.row()) != ClassLabels.NONE) {
          table.integer(i + 1, labels.of(specimen.row()));
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
