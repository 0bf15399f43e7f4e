package dev.instar.crop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.instar.image.Size;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads boxes from a table with a header: commas with RFC 4180 quotes, or tabs without quoting. */
final class BoxRows {
  /**
   * Tried in this order: a table of hand-drawn boxes may have a {@code processid} beside its {@code
   * file}.
   */
  private static final List<Columns> KINDS =
      List.of(
          new Columns("file", List.of("x", "y", "w", "h"), true, "width", "height"),
          new Columns(
              "processid",
              List.of("x0", "y0", "x1", "y1"),
              false,
              "width_original",
              "height_original"));

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private final String file;
  private final BoxTable table;

  BoxRows(String file, BoxTable table) {
    this.file = file;
    this.table = table;
  }

  private record Columns(
      String key, List<String> numbers, boolean sized, String width, String height) {}

  private record Header(Columns columns, Map<String, Integer> places) {
    String cell(String[] row, String column) {
      Integer place = places.get(column);
      return place == null || place >= row.length ? "" : row[place].strip();
    }
  }

  void read(BufferedReader text) throws IOException {
    text.mark(1 << 16);
    boolean tabs = firstLine(text).indexOf('\t') >= 0;
    text.reset();
    CsvSchema schema = CsvSchema.emptySchema();
    schema = tabs ? schema.withColumnSeparator('\t').withoutQuoteChar() : schema;
    ObjectReader rowReader =
        new CsvMapper()
            .readerFor(String[].class)
            .with(schema)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .with(CsvParser.Feature.SKIP_EMPTY_LINES);
    long line = 1;
    try (MappingIterator<String[]> rows = rowReader.readValues(text)) {
      if (!rows.hasNextValue()) {
        throw new BoxFileException(file, 1, "the file is empty");
      }
      line = rows.getCurrentLocation().getLineNr();
      Header header = header(rows.nextValue(), line);
      while (rows.hasNextValue()) {
        line = rows.getCurrentLocation().getLineNr();
        addRow(header, rows.nextValue(), line);
      }
    } catch (JsonProcessingException e) {
      throw new BoxFileException(file, line, "the row cannot be read: " + e.getOriginalMessage());
    }
  }

  private static String firstLine(BufferedReader text) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = text.read(); c >= 0 && line.length() < (1 << 16) - 1; c = text.read()) {
      if ((c == '\n' || c == '\r') && !line.toString().isBlank()) {
        break;
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private Header header(String[] names, long line) throws BoxFileException {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      String name = names[i].strip().toLowerCase(Locale.ROOT);
      if (places.put(name, i) != null && !name.isEmpty()) {
        throw new BoxFileException(file, line, "two columns have the name " + name);
      }
    }
    for (Columns kind : KINDS) {
      if (places.containsKey(kind.key()) && places.keySet().containsAll(kind.numbers())) {
        return new Header(kind, places);
      }
    }
    throw new BoxFileException(
        file,
        line,
        "no box file: it is no JSON object, and its first line has neither the columns file,x,y,w,h"
            + " nor processid,x0,y0,x1,y1");
  }

  private void addRow(Header header, String[] row, long line) throws BoxFileException {
    Columns columns = header.columns();
    String key = header.cell(row, columns.key());
    if (key.isEmpty()) {
      throw new BoxFileException(file, line, "the column " + columns.key() + " is empty");
    }
    Optional<Size> drawnOn = drawnOn(header, row, line);
    if (columns.numbers().stream().allMatch(column -> header.cell(row, column).isEmpty())) {
      table.add(key, Optional.empty(), drawnOn, line);
      return;
    }
    double[] numbers = new double[4];
    for (int i = 0; i < numbers.length; i++) {
      String column = columns.numbers().get(i);
      numbers[i] = number(header.cell(row, column), column, line);
    }
    double right = columns.sized() ? numbers[0] + numbers[2] : numbers[2];
    double bottom = columns.sized() ? numbers[1] + numbers[3] : numbers[3];
    if (right < numbers[0] || bottom < numbers[1]) {
      throw new BoxFileException(file, line, "the box of " + key + " has a negative size");
    }
    BoundingBox box =
        new BoundingBox((float) numbers[0], (float) numbers[1], (float) right, (float) bottom);
    table.add(key, Optional.of(box), drawnOn, line);
  }

  private Optional<Size> drawnOn(Header header, String[] row, long line) throws BoxFileException {
    String width = header.cell(row, header.columns().width());
    String height = header.cell(row, header.columns().height());
    if (width.isEmpty() && height.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Size(
            pixels(width, header.columns().width(), line),
            pixels(height, header.columns().height(), line)));
  }

  private int pixels(String cell, String column, long line) throws BoxFileException {
    double value = number(cell, column, line);
    if (value < 1 || value > BoxNumber.LARGEST || value != Math.rint(value)) {
      throw new BoxFileException(
          file, line, column + " is " + cell + ", it must be a whole number of pixels, 1 or more");
    }
    return (int) value;
  }

  private double number(String cell, String column, long line) throws BoxFileException {
    if (!NUMBER.matcher(cell).matches()) {
      throw new BoxFileException(
          file, line, column + " is '" + BoxNumber.shortened(cell) + "', it must be a number");
    }
    return BoxNumber.checked(Double.parseDouble(cell), column, file, line);
  }
}
