package dev.instar.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code attempts.jsonl}: a line when an attempt begins, {@code {"begun": holder}}, and one when it
 * ends, {@code {"ended": {"status", "when"}}}. Written by whoever holds the cell.
 */
record AttemptLog(Path path) {
  private record Begun(Holder begun) {}

  private record Ended(CellAttempt.End ended) {}

  void begin(Holder holder) throws IOException {
    append(CellJson.line(new Begun(holder)));
  }

  void end(CellAttempt.End end) throws IOException {
    append(CellJson.line(new Ended(end)));
  }

  private void append(String line) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      long end = file.length();
      boolean torn = false;
      if (end > 0) {
        file.seek(end - 1);
        torn = file.read() != '\n';
      }
      file.seek(end);
      file.write(((torn ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8));
      file.getFD().sync();
    }
  }

  /** Every attempt; a line that a kill has torn is left out. */
  List<CellAttempt> read() throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(path);
    } catch (NoSuchFileException notYet) {
      return List.of();
    }
    List<CellAttempt> attempts = new ArrayList<>();
    for (String line : lines) {
      try {
        JsonNode tree = CellJson.MAPPER.readTree(line);
        if (tree.has("begun")) {
          Begun begun = CellJson.MAPPER.treeToValue(tree, Begun.class);
          attempts.add(new CellAttempt(begun.begun(), Optional.empty()));
        } else if (tree.has("ended") && !attempts.isEmpty()) {
          Ended ended = CellJson.MAPPER.treeToValue(tree, Ended.class);
          CellAttempt last = attempts.remove(attempts.size() - 1);
          attempts.add(new CellAttempt(last.begun(), Optional.of(ended.ended())));
        }
      } catch (JsonProcessingException torn) {
        continue;
      }
    }
    return List.copyOf(attempts);
  }
}
