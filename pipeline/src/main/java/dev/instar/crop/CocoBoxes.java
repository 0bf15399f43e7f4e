package dev.instar.crop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.instar.image.Size;
import dev.instar.pack.NameTable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads boxes from COCO's JSON as a stream: {@code images} and {@code annotations} in either order,
 * everything else is passed over.
 */
final class CocoBoxes {
  private final String file;
  private final BoxTable table;
  private final NameTable pictureIds = new NameTable();
  private final List<Picture> pictures = new ArrayList<>();
  private final Map<String, Annotation> best = new HashMap<>();

  CocoBoxes(String file, BoxTable table) {
    this.file = file;
    this.table = table;
  }

  private record Picture(String id, String name, Optional<Size> size, long line) {}

  /** The score is NaN where none is given. */
  private record Annotation(BoundingBox box, double score, long line) {
    boolean beats(Annotation other) {
      if (Double.isNaN(score) != Double.isNaN(other.score)) {
        return !Double.isNaN(score);
      }
      return Double.isNaN(score) ? area() > other.area() : score > other.score;
    }

    private double area() {
      return (double) box.width() * box.height();
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
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      switch (field) {
        case "id" -> id = text(json, field);
        case "file_name" -> name = text(json, field);
        case "width" -> width = pixels(json, field);
        case "height" -> height = pixels(json, field);
        default -> json.skipChildren();
      }
    }
    if (id == null || name == null || name.isEmpty()) {
      throw new BoxFileException(file, line, "an image needs an id and a file_name");
    }
    if ((width == 0) != (height == 0)) {
      throw new BoxFileException(
          file, line, "the image " + name + " has only one of width and height");
    }
    if (pictureIds.add(id) < 0) {
      throw new BoxFileException(file, line, "a second image has the id " + id);
    }
    Optional<Size> size = width == 0 ? Optional.empty() : Optional.of(new Size(width, height));
    pictures.add(new Picture(id, name, size, line));
  }

  private void annotation(JsonParser json) throws IOException {
    long line = json.currentTokenLocation().getLineNr();
    String picture = null;
    BoundingBox box = null;
    double score = Double.NaN;
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      switch (field) {
        case "image_id" -> picture = text(json, field);
        case "bbox" -> box = box(json);
        case "score" -> score = number(json, field);
        default -> json.skipChildren();
      }
    }
    if (picture == null || box == null) {
      throw new BoxFileException(file, line, "an annotation needs an image_id and a bbox");
    }
    Annotation read = new Annotation(box, score, line);
    best.merge(picture, read, (kept, next) -> next.beats(kept) ? next : kept);
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
    for (Map.Entry<String, Annotation> entry : best.entrySet()) {
      if (pictureIds.find(entry.getKey()) < 0) {
        throw new BoxFileException(
            file,
            entry.getValue().line(),
            "no image has the id " + BoxNumber.shortened(entry.getKey()));
      }
    }
    for (Picture picture : pictures) {
      Optional<BoundingBox> box = Optional.ofNullable(best.get(picture.id())).map(Annotation::box);
      table.add(picture.name(), box, picture.size(), picture.line());
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
