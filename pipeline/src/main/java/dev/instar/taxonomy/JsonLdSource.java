package dev.instar.taxonomy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of a {@code .jsonld} file: the objects of its graph, or those of the reference's plain
 * array. The columns are the names that the context defines and all that the objects use, so the
 * file is read once for them and once for the rows.
 */
final class JsonLdSource implements RowSource {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Path path;
  private final List<String> columns;
  private final Map<String, Integer> places = new HashMap<>();
  private final TextRow row;
  private final List<BadRow> firstBad = new ArrayList<>();
  private long bad;
  private JsonParser json;
  private boolean linked;

  JsonLdSource(Path path) throws IOException {
    this.path = path;
    Set<String> names = new LinkedHashSet<>();
    open(names);
    try {
      while (nextObject()) {
        JsonRow.names(json, linked, names);
      }
      // A context may also stand behind the graph.
      while (linked && json.nextToken() == JsonToken.FIELD_NAME) {
        readKey(names);
      }
    } catch (JsonProcessingException | CharConversionException e) {
      throw broken(e);
    } finally {
      json.close();
    }
    columns = List.copyOf(names);
    for (int i = 0; i < columns.size(); i++) {
      places.put(columns.get(i), i);
    }
    row = new TextRow(columns.size());
    open(new LinkedHashSet<>());
  }

  /** Goes to the start of the array of records. */
  private void open(Set<String> names) throws IOException {
    json = FACTORY.createParser(path.toFile());
    boolean success = false;
    try {
      JsonToken first = json.nextToken();
      linked = first == JsonToken.START_OBJECT;
      if (!linked && first != JsonToken.START_ARRAY) {
        throw new MetadataException(path + " is no table: it is neither an object nor an array");
      }
      while (linked && json.nextToken() == JsonToken.FIELD_NAME) {
        if (json.currentName().equals("@graph")) {
          if (json.nextToken() == JsonToken.START_ARRAY) {
            success = true;
            return;
          }
          break;
        }
        readKey(names);
      }
      if (linked) {
        throw new MetadataException(path + " is no table: it has no list under \"@graph\"");
      }
      success = true;
    } catch (JsonProcessingException | CharConversionException e) {
      throw broken(e);
    } finally {
      if (!success) {
        json.close();
      }
    }
  }

  private void readKey(Set<String> names) throws IOException {
    boolean context = json.currentName().equals("@context");
    JsonToken value = json.nextToken();
    if (context && value == JsonToken.START_OBJECT) {
      JsonRow.names(json, true, names);
    } else {
      json.skipChildren();
    }
  }

  private boolean nextObject() throws IOException {
    JsonToken token = json.nextToken();
    if (token == JsonToken.END_ARRAY) {
      return false;
    }
    if (token != JsonToken.START_OBJECT) {
      throw new MetadataException(
          path
              + " is no table: line "
              + json.currentTokenLocation().getLineNr()
              + " has something other than an object among the records");
    }
    return true;
  }

  private MetadataException broken(IOException e) {
    if (e instanceof JsonProcessingException where && where.getLocation() != null) {
      return new MetadataException(
          path
              + " is broken in line "
              + where.getLocation().getLineNr()
              + ": "
              + where.getOriginalMessage().split("\n", 2)[0],
          e);
    }
    return new MetadataException(path + " is no JSON in UTF-8", e);
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean next() throws IOException {
    try {
      while (nextObject()) {
        long line = json.currentTokenLocation().getLineNr();
        Optional<String> fault = JsonRow.read(json, linked, places, row);
        if (fault.isEmpty()) {
          return true;
        }
        bad++;
        if (firstBad.size() < BadRows.NAMED) {
          firstBad.add(new BadRow(line, fault.get()));
        }
      }
      return false;
    } catch (JsonProcessingException | CharConversionException e) {
      throw broken(e);
    }
  }

  @Override
  public byte[] data(int column) {
    return row.data();
  }

  @Override
  public int from(int column) {
    return row.from(column);
  }

  @Override
  public int to(int column) {
    return row.to(column);
  }

  @Override
  public BadRows bad() {
    return new BadRows(bad, firstBad);
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
