package dev.instar.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What training came to.
 *
 * @param folder of the run
 * @param finished whether there is nothing left to do; if not, it was told to stop
 * @param early whether it ended before the last epoch for want of a better one
 * @param epochs that were trained and validated
 * @param steps of the optimizer
 * @param best the best epoch's measures; none before the first epoch's end
 * @param skipped records that were left out, each as often as it was
 * @param seconds of training, those of sessions before this one among them
 * @param imagesPerSecond learnt from by this session
 * @param stageSeconds where this session's time went
 * @param device that it was computed on
 */
public record TrainingResult<M extends Measured>(
    String folder,
    boolean finished,
    boolean early,
    int epochs,
    long steps,
    List<M> best,
    long skipped,
    double seconds,
    double imagesPerSecond,
    Map<String, Double> stageSeconds,
    String device) {
  /** Its name in the folder of a run. */
  public static final String FILE = "result.json";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);

  public TrainingResult {
    best = List.copyOf(best);
    stageSeconds = Collections.unmodifiableMap(new LinkedHashMap<>(stageSeconds));
  }

  /** As JSON. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * What a classifier's run came to, if it is finished.
   *
   * @param run its folder
   * @throws InputException if the file is damaged; the message names it
   */
  public static Optional<TrainingResult<Measures>> read(Path run) throws IOException {
    return read(run, Measures.class);
  }

  /** As above, of any run. */
  static <M extends Measured> Optional<TrainingResult<M>> read(Path run, Class<M> measures)
      throws IOException {
    Path file = run.resolve(FILE);
    return Files.exists(file)
        ? Optional.of(parse(Files.readString(file), measures, file))
        : Optional.empty();
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param measures of its best epoch
   * @param file that it comes from, for messages
   */
  static <M extends Measured> TrainingResult<M> parse(String json, Class<M> measures, Path file)
      throws InputException {
    try {
      return JSON.readValue(
          json, JSON.getTypeFactory().constructParametricType(TrainingResult.class, measures));
    } catch (JsonProcessingException e) {
      throw new InputException(Fault.CORRUPT, file + " is damaged: " + e.getOriginalMessage(), e);
    }
  }
}
