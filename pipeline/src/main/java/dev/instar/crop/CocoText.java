package dev.instar.crop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;

/**
 * Writes {@link BoxForm#COCO}: one category, {@code insect}, and no crowds. What is known of a
 * photograph's quality stands in its image, in fields of the names that {@link BoxForm#CSV} has
 * columns of.
 */
final class CocoText {
  private static final int INSECT = 1;

  private final Writer out;
  private int images;
  private int annotations;
  private int annotated;

  private CocoText(Writer out) {
    this.out = out;
  }

  /** Writes what the log has, in two passes over it, so that none of it is held. */
  static void write(BoxLog log, Writer out) throws IOException {
    new CocoText(out).write(log);
  }

  private void write(BoxLog log) throws IOException {
    out.write("{\"categories\":[{\"id\":" + INSECT + ",\"name\":\"insect\"}],\n\"images\":[\n");
    try (JsonGenerator json = lines()) {
      log.forEach(record -> image(json, record));
    }
    out.write("\n],\n\"annotations\":[\n");
    try (JsonGenerator json = lines()) {
      log.forEach(record -> annotations(json, record));
    }
    out.write("\n]}\n");
  }

  /** Writes objects, one a line, with commas between them. */
  private JsonGenerator lines() throws IOException {
    return new JsonFactory()
        .createGenerator(out)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .setRootValueSeparator(new SerializedString(",\n"));
  }

  private void image(JsonGenerator json, BoxRecord record) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", ++images);
    json.writeStringField("file_name", record.name());
    if (record.drawnOn().isPresent()) {
      json.writeNumberField("width", record.drawnOn().get().width());
      json.writeNumberField("height", record.drawnOn().get().height());
    }
    if (record.verdict().isPresent()) {
      json.writeStringField("quality", record.verdict().get().label());
    }
    if (record.quality().isPresent()) {
      QualityScores scores = record.quality().get();
      for (Quality quality : Quality.values()) {
        number(json, quality.label(), Decimals.of(scores.of(quality)));
      }
      number(json, "focus", Decimals.of(scores.focus()));
    }
    json.writeEndObject();
  }

  private void annotations(JsonGenerator json, BoxRecord record) throws IOException {
    annotated++;
    for (Detection detection : record.detections()) {
      List<String> box = BoxLines.numbers(detection.box());
      json.writeStartObject();
      json.writeNumberField("id", ++annotations);
      json.writeNumberField("image_id", annotated);
      json.writeNumberField("category_id", INSECT);
      json.writeArrayFieldStart("bbox");
      for (String number : box) {
        json.writeNumber(number);
      }
      json.writeEndArray();
      BigDecimal area = new BigDecimal(box.get(2)).multiply(new BigDecimal(box.get(3)));
      number(json, "area", String.valueOf(area.doubleValue()));
      json.writeNumberField("iscrowd", 0);
      if (record.scored()) {
        number(json, "score", Decimals.of(detection.score()));
      }
      json.writeEndObject();
    }
  }

  private static void number(JsonGenerator json, String field, String decimal) throws IOException {
    json.writeFieldName(field);
    json.writeNumber(decimal);
  }
}
