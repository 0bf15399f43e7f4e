package dev.instar.taxonomy;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes rows as {@code .jsonl}, an object a line, or as {@code .jsonld}, a context and a graph
 * with an object a line.
 */
final class JsonSink implements RowSink {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final JsonGenerator json;
  private final SerializableString[] names;
  private final boolean linked;
  private final int identity;

  /** A sink for lines of objects, or for linked data. */
  JsonSink(OutputStream out, List<String> columns, boolean linked) throws IOException {
    this.linked = linked;
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!seen.add(column)) {
        throw new MetadataException("JSON cannot hold two columns '" + column + "'; rename one");
      }
      if (linked && (column.isEmpty() || column.startsWith("@"))) {
        throw new MetadataException("JSON-LD cannot hold a column '" + column + "'; rename it");
      }
    }
    names = columns.stream().map(SerializedString::new).toArray(SerializableString[]::new);
    identity = columns.indexOf("processid");
    json = FACTORY.createGenerator(out, JsonEncoding.UTF8);
    if (linked) {
      json.setPrettyPrinter(new MinimalPrettyPrinter(""));
      writeContext(columns);
    } else {
      json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    }
  }

  private void writeContext(List<String> columns) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("@context");
    json.writeStringField("@vocab", DarwinCore.OTHER);
    for (String column : columns) {
      // A name with a colon is an IRI in itself, which a context must not define anew.
      if (column.indexOf(':') < 0) {
        json.writeStringField(column, DarwinCore.term(column));
      }
    }
    json.writeEndObject();
    json.writeArrayFieldStart("@graph");
  }

  @Override
  public void write(RowSource rows) throws IOException {
    json.writeStartObject();
    if (linked) {
      if (identity >= 0 && rows.to(identity) > rows.from(identity)) {
        String id = DarwinCore.record(rows.data(identity), rows.from(identity), rows.to(identity));
        json.writeStringField("@id", id);
      }
      json.writeStringField("@type", DarwinCore.TYPE);
    }
    for (int i = 0; i < names.length; i++) {
      json.writeFieldName(names[i]);
      json.writeUTF8String(rows.data(i), rows.from(i), rows.to(i) - rows.from(i));
    }
    json.writeEndObject();
    if (linked) {
      json.writeRaw('\n');
    }
  }

  @Override
  public void finish() throws IOException {
    if (linked) {
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeRaw('\n');
    json.flush();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
