package dev.instar.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a run logged, as JSON Lines: an object a line, each with the {@code step} that it is about.
 * Only ever appended to; a line is with the system when {@link #append} returns. Not thread-safe.
 *
 * <p>Write a step's line before the checkpoint of that step: a resumed run keeps the lines up to
 * its checkpoint and writes those after it again.
 */
final class History implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STEP = "step";

  private final FileChannel file;

  private History(FileChannel file) {
    this.file = file;
  }

  /**
   * Opens a run's history to go on from {@code step}, 0 for a new run: later lines are dropped, and
   * so is a last line that a kill has torn.
   */
  static History open(Path path, long step) throws IOException {
    long end = 0;
    for (Line line : lines(path)) {
      if (line.entry() != null && line.entry().path(STEP).asLong() > step) {
        break;
      }
      end = line.complete() ? line.end() : end;
    }
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean success = false;
    try {
      file.truncate(end);
      file.position(end);
      success = true;
      return new History(file);
    } finally {
      if (!success) {
        file.close();
      }
    }
  }

  /** All lines of a history; those that cannot be read, such as a torn last one, are left out. */
  static List<JsonNode> read(Path path) throws IOException {
    return lines(path).stream().map(Line::entry).filter(entry -> entry != null).toList();
  }

  /**
   * Writes a line.
   *
   * @throws IllegalArgumentException if it has no step
   */
  void append(ObjectNode entry) throws IOException {
    if (!entry.path(STEP).isIntegralNumber()) {
      throw new IllegalArgumentException("a line of a history needs its step: " + entry);
    }
    ByteBuffer line = ByteBuffer.wrap((entry + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      file.write(line);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /**
   * A line of a file.
   *
   * @param entry null where it cannot be read
   * @param end the byte after it
   * @param complete whether it ends in a line feed
   */
  private record Line(JsonNode entry, int end, boolean complete) {}

  private static List<Line> lines(Path path) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException notYet) {
      return List.of();
    }
    List<Line> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(new Line(parsed(Arrays.copyOfRange(bytes, start, i)), i + 1, true));
        start = i + 1;
      }
    }
    if (start < bytes.length) {
      lines.add(new Line(null, bytes.length, false));
    }
    return lines;
  }

  private static JsonNode parsed(byte[] line) throws IOException {
    try {
      JsonNode entry = JSON.readTree(line);
      return entry.isObject() ? entry : null;
    } catch (JsonProcessingException damaged) {
      return null;
    }
  }
}
