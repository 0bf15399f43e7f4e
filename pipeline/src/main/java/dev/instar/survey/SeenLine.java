package dev.instar.survey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.crop.BoundingBox;
import dev.instar.crop.Detection;
import dev.instar.crop.Observation;
import dev.instar.crop.QualityScores;
import dev.instar.image.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of a survey's log: what was seen in one photograph, as a JSON object. Its numbers are read
 * back to the bit.
 *
 * @param end whether it is the last of its batch
 */
record SeenLine(SeenPhotograph seen, boolean end) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The line with its end, in UTF-8. */
  byte[] bytes() throws IOException {
    Observation observation = seen.observation();
    ObjectNode line = JSON.createObjectNode();
    line.put("name", seen.name());
    line.put("width", observation.photograph().width());
    line.put("height", observation.photograph().height());
    ArrayNode boxes = line.putArray("boxes");
    for (Detection detection : observation.detections()) {
      BoundingBox box = detection.box();
      boxes.addArray().add(box.x0()).add(box.y0()).add(box.x1()).add(box.y1()).add(detection.score());
    }
    observation
        .quality()
        .ifPresent(
            scores ->
                line.putArray("quality")
                    .add(scores.valid())
                    .add(scores.empty())
                    .add(scores.blurry())
                    .add(scores.fragmented())
                    .add(scores.focus()));
    line.put("end", end);
    return (JSON.writeValueAsString(line) + '\n').getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a line, which may lack its end; nothing where it is none of ours. */
  static Optional<SeenLine> parse(byte[] bytes) {
    try {
      JsonNode line = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
      List<Detection> detections = new ArrayList<>();
      for (JsonNode box : line.required("boxes")) {
        detections.add(
            new Detection(
                new BoundingBox(number(box, 0), number(box, 1), number(box, 2), number(box, 3)),
                number(box, 4)));
      }
      Optional<QualityScores> quality =
          Optional.ofNullable(line.get("quality"))
              .map(
                  scores ->
                      new QualityScores(
                          number(scores, 0),
                          number(scores, 1),
                          number(scores, 2),
                          number(scores, 3),
                          number(scores, 4)));
      Size size = new Size(line.required("width").intValue(), line.required("height").intValue());
      return Optional.of(
          new SeenLine(
              new SeenPhotograph(
                  line.required("name").textValue(), new Observation(size, detections, quality)),
              line.required("end").booleanValue()));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static float number(JsonNode numbers, int index) {
    return numbers.required(index).floatValue();
  }
}
