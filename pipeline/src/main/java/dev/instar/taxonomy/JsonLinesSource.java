package dev.instar.taxonomy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of a {@code .jsonl} file. The columns are the names of all its objects, in the order in
 * which they appear, so the file is read once for them and once for the rows.
 */
final class JsonLinesSource implements RowSource {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Path path;
  private final List<String> columns;
  private final Map<String, Integer> places = new HashMap<>();
  private final TextRow row;
  private final List<BadRow> firstBad = new ArrayList<>();
  private long bad;
  private Lines lines;

  JsonLinesSource(Path path) throws IOException {
    this.path = path;
    Set<String> names = new LinkedHashSet<>();
    try (Lines scan = new Lines(path)) {
      while (scan.next()) {
        Set<String> ofLine = new LinkedHashSet<>();
        if (parse(scan, json -> JsonRow.names(json, false, ofLine)).isEmpty()) {
          names.addAll(ofLine);
        }
      }
    }
    columns = List.copyOf(names);
    if (columns.isEmpty()) {
      throw new MetadataException(path + " has no record: none of its lines is a JSON object");
    }
    for (int i = 0; i < columns.size(); i++) {
      places.put(columns.get(i), i);
    }
    row = new TextRow(columns.size());
    lines = new Lines(path);
  }

  private interface Reading {
    void of(JsonParser json) throws IOException;
  }

  /** Reads the object of one line; what is wrong with the line, if anything. */
  private static Optional<String> parse(Lines lines, Reading reading) throws IOException {
    try (JsonParser json = FACTORY.createParser(lines.data, 0, lines.length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.of("is no JSON object");
      }
      reading.of(json);
      return json.nextToken() == null
          ? Optional.empty()
          : Optional.of("has something behind its JSON object");
    } catch (JsonProcessingException e) {
      return Optional.of("is no JSON: " + e.getOriginalMessage().split("\n", 2)[0]);
    } catch (CharConversionException e) {
      return Optional.of("is no JSON in UTF-8");
    }
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean next() throws IOException {
    while (lines.next()) {
      List<String> faults = new ArrayList<>();
      parse(lines, json -> JsonRow.read(json, false, places, row).ifPresent(faults::add))
          .ifPresent(faults::add);
      if (faults.isEmpty()) {
        return true;
      }
      bad++;
      if (firstBad.size() < BadRows.NAMED) {
        firstBad.add(new BadRow(lines.number, faults.get(0)));
      }
    }
    return false;
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
    lines.close();
  }

  @Override
  public String toString() {
    return path.toString();
  }

  /** The lines of a file that are not blank. */
  private static final class Lines implements AutoCloseable {
    private final Path path;
    private final InputStream in;
    private byte[] data = new byte[1 << 14];
    private int length;
    private long number;

    Lines(Path path) throws IOException {
      this.path = path;
      in = new BufferedInputStream(Files.newInputStream(path), 1 << 20);
    }

    boolean next() throws IOException {
      while (true) {
        length = 0;
        number++;
        boolean blank = true;
        int b = in.read();
        if (b < 0) {
          return false;
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
          if (length == data.length) {
            grow();
          }
          data[length++] = (byte) b;
          blank &= b == ' ' || b == '\t' || b == '\r';
        }
        if (!blank) {
          return true;
        }
      }
    }

    private void grow() throws MetadataException {
      if (length >= RowCursor.LONGEST_ROW) {
        throw new MetadataException(
            path + " is no table: line " + number + " is longer than 64 MiB");
      }
      data = Arrays.copyOf(data, length * 2);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
