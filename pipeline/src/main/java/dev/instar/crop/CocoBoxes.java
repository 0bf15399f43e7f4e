package dev.instar.crop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.instar.image.Size;
import dev.instar.pack.NameTable;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads boxes from COCO's JSON as a stream: {@code images} and {@code annotations} in either order,
 * everything else is passed over.
 */
final class CocoBoxes {
  private static final int NONE = -1;

  private final String file;
  private final BoxTable table;

  /** The ids of images, of those that only annotations name too. */
  private final NameTable ids = new NameTable();

  /** The row of each id, or {@link #NONE} as long as there is no image of it. */
  private int[] rows = new int[1 << 6];

  private Annotations annotations = new Annotations(1 << 6);
  private int count;

  CocoBoxes(String file, BoxTable table) {
    this.file = file;
    this.table = table;
  }

  /** Annotations in their order: the number of the image's id, corners, score and line of each. */
  private record Annotations(int[] ids, float[] corners, float[] scores, int[] lines) {
    Annotations(int length) {
      this(new int[length], new float[4 * length], new float[length], new int[length]);
    }

    Annotations grown() {
      int length = ids.length + (ids.length >> 1);
      return new Annotations(
          Arrays.copyOf(ids, length),
          Arrays.copyOf(corners, Math.multiplyExact(length, 4)),
          Arrays.copyOf(scores, length),
          Arrays.copyOf(lines, length));
    }
  }

  void read(Reader text) throws IOException {
    boolean hasPictures = false;
    try (JsonParser json = new JsonFactory().createParser(text)) {
      json.nextToken();
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        json.nextToken();
        if (field.equals("images")) {
          hasPictures = true;
          forEachObject(json, "images", () -> picture(json));
        } else if (field.equals("annotations")) {
          forEachObject(json, "annotations", () -> annotation(json));
        } else {
          json.skipChildren();
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT) {
        throw problem(json, "the JSON ends too early");
      }
      if (!hasPictures) {
        throw problem(json, "no COCO file: it has no list named images");
      }
      if (json.nextToken() != null) {
        throw problem(json, "there is text after the JSON object");
      }
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new BoxFileException(file, line, "the JSON is broken: " + e.getOriginalMessage());
    }
    join();
  }

  private interface Element {
    void read() throws IOException;
  }

  private void forEachObject(JsonParser json, String name, Element element) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw problem(json, name + " must be a list");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw problem(json, name + " must be a list of objects");
      }
      element.read();
    }
  }

  private void picture(JsonParser json) throws IOException {
    long line = json.currentTokenLocation().getLineNr();
    String id = null;
    String name = null;
    int width = 0;
    int height = 0;
    Optional<Quality> verdict = Optional.empty();
    Judgement judgement = new Judgement();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      switch (field) {
        case "id" -> id = text(json, field);
        case "file_name" -> name = text(json, field);
        case "width" -> width = pixels(json, field);
        case "height" -> height = pixels(json, field);
        case "quality" -> {
          verdict = Quality.of(json.getText());
          json.skipChildren();
        }
        case "valid", "empty", "blurry", "fragmented", "focus" -> judgement.read(json, field);
        default -> json.skipChildren();
      }
    }
    if (id == null || name == null || name.isBlank()) {
      throw new BoxFileException(file, line, "an image needs an id and a file_name");
    }
    if ((width == 0) != (height == 0)) {
      throw new BoxFileException(
          file, line, "the image " + name + " has only one of width and height");
    }
    int number = number(id);
    if (rows[number] != NONE) {
      throw new BoxFileException(file, line, "a second image has the id " + id);
    }
    Optional<Size> size = width == 0 ? Optional.empty() : Optional.of(new Size(width, height));
    rows[number] =
        table.addPhotograph(
            new BoxRow(
                name, size, Optional.empty(), Float.NaN, verdict, judgement.scores(line), line));
  }

  /** The number of an id, new or known. */
  private int number(String id) {
    int number = ids.add(id);
    if (number == NameTable.NONE) {
      return ids.find(id);
    }
    if (number == rows.length) {
      rows = Arrays.copyOf(rows, number + (number >> 1));
    }
    rows[number] = NONE;
    return number;
  }

  /** The numbers of a judgement; some of them alone mean something else in other programs. */
  private final class Judgement {
    private final double[] numbers = new double[BoxRows.JUDGEMENT.size()];
    private int known;

    void read(JsonParser json, String field) throws IOException {
      if (json.currentToken().isNumeric()) {
        int place = BoxRows.JUDGEMENT.indexOf(field);
        numbers[place] = json.getDoubleValue();
        known |= 1 << place;
      } else {
        json.skipChildren();
      }
    }

    Optional<QualityScores> scores(long line) throws BoxFileException {
      return known == (1 << numbers.length) - 1
          ? Optional.of(BoxRows.judgement(numbers, file, line))
          : Optional.empty();
    }
  }

  private void annotation(JsonParser json) throws IOException {
    long line = json.currentTokenLocation().getLineNr();
    String picture = null;
    BoundingBox box = null;
    float score = Float.NaN;
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      switch (field) {
        case "image_id" -> picture = text(json, field);
        case "bbox" -> box = box(json);
        case "score" ->
            score =
                BoxNumber.share(
                    number(json, field), field, file, json.currentTokenLocation().getLineNr());
        default -> json.skipChildren();
      }
    }
    if (picture == null || box == null) {
      throw new BoxFileException(file, line, "an annotation needs an image_id and a bbox");
    }
    if (count == annotations.ids().length) {
      annotations = annotations.grown();
    }
    annotations.ids()[count] = number(picture);
    annotations.corners()[4 * count] = box.x0();
    annotations.corners()[4 * count + 1] = box.y0();
    annotations.corners()[4 * count + 2] = box.x1();
    annotations.corners()[4 * count + 3] = box.y1();
    annotations.scores()[count] = score;
    annotations.lines()[count] = (int) line;
    count++;
  }

  /** COCO's {@code [x, y, width, height]}. */
  private BoundingBox box(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw problem(json, "bbox must be a list [x, y, width, height]");
    }
    double[] numbers = new double[4];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (count == numbers.length) {
        throw problem(json, "bbox has more than 4 numbers");
      }
      numbers[count++] = number(json, "bbox");
    }
    if (count < numbers.length) {
      throw problem(json, "bbox has " + count + " numbers, it needs 4: x, y, width, height");
    }
    if (numbers[2] < 0 || numbers[3] < 0) {
      throw problem(json, "bbox has a negative size");
    }
    return new BoundingBox(
        (float) numbers[0],
        (float) numbers[1],
        (float) (numbers[0] + numbers[2]),
        (float) (numbers[1] + numbers[3]));
  }

  private void join() throws BoxFileException {
    for (int i = 0; i < count; i++) {
      int id = annotations.ids()[i];
      if (rows[id] == NONE) {
        throw new BoxFileException(
            file,
            annotations.lines()[i],
            "no image has the id " + BoxNumber.shortened(ids.get(id)));
      }
      float[] corners = annotations.corners();
      table.addBox(
          rows[id],
          new BoundingBox(
              corners[4 * i], corners[4 * i + 1], corners[4 * i + 2], corners[4 * i + 3]),
          annotations.scores()[i]);
    }
  }

  private String text(JsonParser json, String field) throws IOException {
    if (!json.currentToken().isScalarValue() || json.currentToken() == JsonToken.VALUE_NULL) {
      throw problem(json, field + " must be a text or a number");
    }
    return json.getText();
  }

  private int pixels(JsonParser json, String field) throws IOException {
    double value = number(json, field);
    if (value < 1 || value != Math.rint(value)) {
      throw problem(
          json, field + " is " + value + ", it must be a whole number of pixels, 1 or more");
    }
    return (int) value;
  }

  private double number(JsonParser json, String field) throws IOException {
    if (json.currentToken() == null || !json.currentToken().isNumeric()) {
      throw problem(json, field + " must be a number");
    }
    return BoxNumber.checked(
        json.getDoubleValue(), field, file, json.currentTokenLocation().getLineNr());
  }

  private BoxFileException problem(JsonParser json, String what) {
    return new BoxFileException(file, json.currentTokenLocation().getLineNr(), what);
  }
}
