package dev.instar.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.instar.taxonomy.AtomicText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What decides what a run comes to, as it was when the run was begun: in {@code run.json} by name.
 */
public final class RunSettings {
  static final String FILE = "run.json";

  /** The recipe, every key of it, in a run's folder. */
  public static final String RECIPE = "recipe.yaml";

  /**
   * What the run came from, in its folder once it is finished; whoever had it trained writes it.
   */
  public static final String PROVENANCE = "provenance.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private RunSettings() {}

  /**
   * The settings of a run, in their order; none if it was not begun.
   *
   * @param run its folder
   * @throws IOException if the file is damaged; the message says what to do
   */
  public static Optional<Map<String, String>> read(Path run) throws IOException {
    Path file = run.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          JSON.readValue(
              Files.readString(file), new TypeReference<LinkedHashMap<String, String>>() {}));
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is damaged; begin anew with --overwrite, or elsewhere", e);
    }
  }

  static void write(Path run, Map<String, String> settings) throws IOException {
    AtomicText.write(run.resolve(FILE), JSON.writeValueAsString(settings) + "\n");
  }
}
