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

  /** What the quality filter says, if a table has all of it. */
  static final List<String> JUDGEMENT = List.of("valid", "empty", "blurry", "fragmented", "focus");

  private final String file;
  private final BoxRow.Sink sink;

  BoxRows(String file, BoxRow.Sink sink) {
    this.file = file;
    this.sink = sink;
  }

  private record Columns(
      String key, List<String> numbers, boolean sized, String width, String height) {}

  /**
   * The first line.
   *
   * @param tabs whether blanks around a name are none of it; between commas the parser has removed
   *     those that no quotes keep
   */
  private record Header(Columns columns, Map<String, Integer> places, boolean tabs) {
    String key(String[] row) {
      String key = uncut(row, columns.key());
      return tabs ? key.strip() : key;
    }

    String cell(String[] row, String column) {
      return uncut(row, column).strip();
    }

    private String uncut(String[] row, String column) {
      Integer place = places.get(column);
      return place == null || place >= row.length ? "" : row[place];
    }

    boolean allEmpty(String[] row, List<String> columns) {
      return columns.stream().allMatch(column -> cell(row, column).isEmpty());
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
    rowReader = tabs ? rowReader : rowReader.with(CsvParser.Feature.TRIM_SPACES);
    long line = 1;
    try (MappingIterator<String[]> rows = rowReader.readValues(text)) {
      if (!rows.hasNextValue()) {
        throw new BoxFileException(file, 1, "the file is empty");
      }
      line = rows.getCurrentLocation().getLineNr();
      Header header = header(rows.nextValue(), tabs, line);
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

  private Header header(String[] names, boolean tabs, long line) throws BoxFileException {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      String name = names[i].strip().toLowerCase(Locale.ROOT);
      if (places.put(name, i) != null && !name.isEmpty()) {
        throw new BoxFileException(file, line, "two columns have the name " + name);
      }
    }
    for (Columns kind : KINDS) {
      if (places.containsKey(kind.key()) && places.keySet().containsAll(kind.numbers())) {
        return new Header(kind, places, tabs);
      }
    }
    throw new BoxFileException(
        file,
        line,
        "no box file: it is no JSON object, and its first line has neither the columns file,x,y,w,h"
            + " nor processid,x0,y0,x1,y1");
  }

  private void addRow(Header header, String[] row, long line) throws IOException {
    Columns columns = header.columns();
    String key = header.key(row);
    if (key.isBlank()) {
      throw new BoxFileException(file, line, "the column " + columns.key() + " is empty");
    }
    Optional<BoundingBox> box = box(header, row, key, line);
    String score = header.cell(row, "score");
    sink.add(
        new BoxRow(
            key,
            drawnOn(header, row, line),
            box,
            score.isEmpty() || box.isEmpty()
                ? Float.NaN
                : BoxNumber.share(number(score, "score", line), "score", file, line),
            Quality.of(header.cell(row, "quality")),
            judgement(header, row, line),
            line));
  }

  private Optional<BoundingBox> box(Header header, String[] row, String key, long line)
      throws BoxFileException {
    Columns columns = header.columns();
    if (header.allEmpty(row, columns.numbers())) {
      return Optional.empty();
    }
    double[] numbers = numbers(header, row, columns.numbers(), line);
    double right = columns.sized() ? numbers[0] + numbers[2] : numbers[2];
    double bottom = columns.sized() ? numbers[1] + numbers[3] : numbers[3];
    if (right < numbers[0] || bottom < numbers[1]) {
      throw new BoxFileException(file, line, "the box of " + key + " has a negative size");
    }
    return Optional.of(
        new BoundingBox((float) numbers[0], (float) numbers[1], (float) right, (float) bottom));
  }

  private Optional<QualityScores> judgement(Header header, String[] row, long line)
      throws BoxFileException {
    if (!header.places().keySet().containsAll(JUDGEMENT) || header.allEmpty(row, JUDGEMENT)) {
      return Optional.empty();
    }
    return Optional.of(judgement(numbers(header, row, JUDGEMENT, line), file, line));
  }

  /** The judgement of numbers in the order of {@link #JUDGEMENT}. */
  static QualityScores judgement(double[] numbers, String file, long line) throws BoxFileException {
    float[] shares = new float[4];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = BoxNumber.share(numbers[i], JUDGEMENT.get(i), file, line);
    }
    double focus = BoxNumber.checked(numbers[4], JUDGEMENT.get(4), file, line);
    return new QualityScores(shares[0], shares[1], shares[2], shares[3], (float) focus);
  }

  private double[] numbers(Header header, String[] row, List<String> columns, long line)
      throws BoxFileException {
    double[] numbers = new double[columns.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(header.cell(row, columns.get(i)), columns.get(i), line);
    }
    return numbers;
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
