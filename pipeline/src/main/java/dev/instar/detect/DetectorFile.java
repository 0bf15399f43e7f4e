package dev.instar.detect;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.model.DetrOptions;
import dev.instar.taxonomy.AtomicText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a detector's weights do not say of it, as {@code detector.json} beside them has it.
 *
 * @param options its size; the number of heads shows in no tensor's shape
 * @param shorterSide of the pictures that it was trained for, in pixels
 * @param longestSide what their longer side has at most
 */
public record DetectorFile(
    @JsonProperty("options") DetrOptions options,
    @JsonProperty("shorterSide") int shorterSide,
    @JsonProperty("longestSide") int longestSide) {
  /** The name of the file. */
  public static final String NAME = "detector.json";

  private static final long MOST_BYTES = 1 << 16;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  public DetectorFile {
    new InputSize(shorterSide, longestSide); // refuses sides that no pictures have
  }

  /** The size of the pictures that it was trained for. */
  InputSize input() {
    return new InputSize(shorterSide, longestSide);
  }

  /**
   * What lies beside a file of weights, if anything does.
   *
   * @throws InputException if the file is damaged
   */
  public static Optional<DetectorFile> beside(Path weights) throws IOException {
    Path file = weights.resolveSibling(NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new InputException(Fault.CORRUPT, file + " is too large for a detector's description");
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), DetectorFile.class));
    } catch (JsonProcessingException e) {
      Throwable cause = e.getCause() instanceof IllegalArgumentException c ? c : e;
      String reason = cause == e ? e.getOriginalMessage() : cause.getMessage();
      throw new InputException(
          Fault.CORRUPT,
          file + " does not describe a detector: " + reason.lines().findFirst().orElse(""),
          e);
    }
  }

  /** Writes it into the folder of weights, at once or not at all. */
  public void write(Path folder) throws IOException {
    AtomicText.write(folder.resolve(NAME), JSON.writeValueAsString(this) + "\n");
  }
}
