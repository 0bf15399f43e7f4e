package dev.instar.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.pack.FolderLock;
import dev.instar.slurm.Resources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of a sweep was handed to Slurm, in {@code slurm/submissions.jsonl}: an object a line, the
 * oldest first. Only ever appended to; a line that a kill has torn counts for nothing.
 */
public final class Submissions {
  static final String FILE = "submissions.jsonl";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Submissions() {}

  /** All of them, the newest first. */
  public static List<Submission> of(Sweep sweep) throws IOException {
    Path file = sweep.slurm().resolve(FILE);
    List<Submission> newestFirst = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
        parsed(sweep, line).ifPresent(submission -> newestFirst.add(0, submission));
      }
    }
    return newestFirst;
  }

  /**
   * Keeps others from submitting cells of the sweep until closed: they would submit the same ones.
   *
   * @throws IOException if somebody is submitting already
   */
  public static FolderLock lock(Sweep sweep) throws IOException {
    return FolderLock.take(sweep.slurm(), ".submitting");
  }

  /** Notes one more; it is with the system on return. */
  public static void add(Sweep sweep, Submission submission) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("job", submission.job());
    line.put("when", submission.when().toString());
    line.put("folder", submission.folder().getFileName().toString());
    submission.cells().forEach(line.putArray("cells")::add);
    line.set("resources", resources(submission.resources()));
    Files.createDirectories(sweep.slurm());
    try (FileChannel file =
        FileChannel.open(
            sweep.slurm().resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      // The line before may be torn; an empty line does no harm.
      ByteBuffer bytes = ByteBuffer.wrap(("\n" + line + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(false);
    }
  }

  private static Optional<Submission> parsed(Sweep sweep, String line) {
    try {
      JsonNode node = JSON.readTree(line);
      if (!node.path("job").canConvertToLong() || !node.path("folder").isTextual()) {
        return Optional.empty();
      }
      List<String> cells = new ArrayList<>();
      node.path("cells").forEach(cell -> cells.add(cell.asText()));
      return Optional.of(
          new Submission(
              node.get("job").asLong(),
              Instant.parse(node.path("when").asText()),
              sweep.slurm().resolve(node.get("folder").asText()),
              cells,
              resources(node.path("resources"))));
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  private static ObjectNode resources(Resources resources) {
    ObjectNode node = JSON.createObjectNode();
    resources.partition().ifPresent(value -> node.put("partition", value));
    resources.account().ifPresent(value -> node.put("account", value));
    resources.qos().ifPresent(value -> node.put("qos", value));
    resources.time().ifPresent(value -> node.put("time", value));
    node.put("gpus", resources.gpus());
    node.put("cpus", resources.cpus());
    resources.memory().ifPresent(value -> node.put("memory", value));
    node.put("max_running", resources.maxRunning());
    resources.extra().forEach(node.putArray("extra")::add);
    return node;
  }

  private static Resources resources(JsonNode node) {
    List<String> extra = new ArrayList<>();
    node.path("extra").forEach(line -> extra.add(line.asText()));
    return new Resources(
        text(node, "partition"),
        text(node, "account"),
        text(node, "qos"),
        text(node, "time"),
        node.path("gpus").asInt(),
        node.path("cpus").asInt(),
        text(node, "memory"),
        node.path("max_running").asInt(),
        extra);
  }

  private static Optional<String> text(JsonNode node, String key) {
    return Optional.ofNullable(node.path(key).textValue());
  }
}
