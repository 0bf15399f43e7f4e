package dev.instar.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far a training has come, by the end of its {@code history.jsonl}. */
final class ProgressReading {
  /** Some 600 lines, one every 50 steps: an epoch of a million pictures. */
  private static final int TAIL_BYTES = 1 << 18;

  private ProgressReading() {}

  /**
   * Reads the end of a run's history.
   *
   * @return nothing before its first line
   */
  static Optional<CellProgress> of(Path run) throws IOException {
    Path history = run.resolve("history.jsonl");
    Optional<JsonNode> last = Optional.empty();
    Optional<JsonNode> step = Optional.empty();
    Optional<JsonNode> epoch = Optional.empty();
    Instant when;
    List<String> lines;
    try {
      when = Files.getLastModifiedTime(history).toInstant();
      lines = tail(history).lines().toList();
    } catch (NoSuchFileException notYet) {
      return Optional.empty();
    }
    for (int i = lines.size() - 1; i >= 0 && (step.isEmpty() || epoch.isEmpty()); i--) {
      Optional<JsonNode> line = parsed(lines.get(i));
      String kind = line.map(tree -> tree.path("kind").asText()).orElse("");
      last = last.or(() -> line);
      step = step.isEmpty() && kind.equals("step") ? line : step;
      epoch = epoch.isEmpty() && kind.equals("epoch") ? line : epoch;
    }
    if (last.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CellProgress(
            epoch
                .map(line -> line.path("epoch").asInt() + 1)
                .orElse(last.get().path("epoch").asInt()),
            last.get().path("epochs").asInt(),
            last.get().path("done").asDouble(),
            last.get().path("seconds").asDouble(),
            step.map(line -> line.path("images_per_second").asDouble()).orElse(0.0),
            epoch.map(line -> line.path("validation").path("top1").asDouble()).orElse(0.0),
            when));
  }

  private static String tail(Path file) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(0, open.length() - TAIL_BYTES);
      byte[] bytes = new byte[(int) (open.length() - start)];
      open.seek(start);
      open.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static Optional<JsonNode> parsed(String line) {
    try {
      JsonNode tree = CellJson.MAPPER.readTree(line);
      return tree.isObject() ? Optional.of(tree) : Optional.empty();
    } catch (JsonProcessingException torn) {
      return Optional.empty();
    }
  }
}
