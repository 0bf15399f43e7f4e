package dev.instar.convert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.instar.image.Codecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run did, on what machine and with which versions, for machines to read.
 *
 * @param command the verb
 * @param arguments as given
 * @param finished whether the output is complete
 * @param counts what became of the records
 * @param seconds of wall time
 * @param imagesPerSecond records stored by this run for each second
 * @param stageSeconds of all threads together
 * @param machine what it ran on
 * @param <C> a record of counts
 */
public record RunReport<C>(
    String command,
    List<String> arguments,
    boolean finished,
    C counts,
    double seconds,
    double imagesPerSecond,
    Map<String, Double> stageSeconds,
    Machine machine) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);

  /** The report of a run on this machine. */
  public static <C extends RunCounts> RunReport<C> of(
      String command, List<String> arguments, RunResult<C> result) {
    Map<String, Double> stages = new LinkedHashMap<>();
    result.stageNanos().forEach((stage, nanos) -> stages.put(stage.label(), nanos / 1e9));
    return new RunReport<>(
        command,
        List.copyOf(arguments),
        result.finished(),
        result.counts(),
        result.seconds(),
        result.imagesPerSecond(),
        stages,
        Machine.here(Codecs.report().name()));
  }

  /** The report as JSON. */
  public String toJson() throws IOException {
    return JSON.writeValueAsString(this);
  }

  /** Writes it to a file. */
  public void write(Path file) throws IOException {
    Files.writeString(file, toJson() + '\n');
  }
}
