package dev.instar.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of {@code key: value} lines that people write. */
public final class YamlFile {
  private static final long MOST_BYTES = 1 << 20;

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // A number keeps the digits that it was written with.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private YamlFile() {}

  /**
   * What a file says; an empty one says nothing.
   *
   * @param what the file should be, such as {@code recipe}, for messages
   * @throws InputException if it is not YAML, or no {@code key: value} lines; the message names it
   */
  public static ObjectNode read(Path file, String what) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new InputException(Fault.CORRUPT, file + " is too large for a " + what);
    }
    JsonNode tree;
    try {
      tree = YAML.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new InputException(Fault.CORRUPT, file + " is not YAML: " + sentence(e), e);
    }
    if (tree == null || tree.isMissingNode() || tree.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw new InputException(
        Fault.CORRUPT, file + " is not a " + what + ": it holds no 'key: value' lines");
  }

  /** Where reading ended and why: the last of the parser's lines that is no excerpt. */
  private static String sentence(JsonProcessingException e) {
    String why =
        e.getOriginalMessage()
            .lines()
            .filter(line -> !line.startsWith(" "))
            .reduce("", (a, b) -> b);
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    return line > 0 ? "line " + line + ": " + why : why;
  }
}
