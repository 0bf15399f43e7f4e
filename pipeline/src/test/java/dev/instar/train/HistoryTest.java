package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static ObjectNode line(long step) {
    return JSON.createObjectNode().put("step", step).put("loss", 1.0 / (step + 1));
  }

  private static Path written(Path folder, long... steps) throws IOException {
    Path path = folder.resolve("history.jsonl");
    try (History history = History.open(path, 0)) {
      for (long step : steps) {
        history.append(line(step));
      }
    }
    return path;
  }

  private static List<Long> steps(Path path) throws IOException {
    return History.read(path).stream().map(entry -> entry.get("step").asLong()).toList();
  }

  @Test
  void isOneObjectALine(@TempDir Path folder) throws IOException {
    Path path = written(folder, 1, 2);
    assertThat(Files.readAllLines(path))
        .containsExactly("{\"step\":1,\"loss\":0.5}", "{\"step\":2,\"loss\":0.3333333333333333}");
  }

  @Test
  void aLineIsThereOnceItIsWritten(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("history.jsonl");
    try (History history = History.open(path, 0)) {
      history.append(line(4));
      assertThat(steps(path)).containsExactly(4L);
    }
  }

  @Test
  void aResumedRunKeepsWhatWasBeforeItsCheckpoint(@TempDir Path folder) throws IOException {
    Path path = written(folder, 10, 20, 20, 30, 40);
    try (History history = History.open(path, 20)) {
      history.append(line(25));
    }
    assertThat(steps(path)).containsExactly(10L, 20L, 20L, 25L);
  }

  @Test
  void aNewRunBeginsWithNothing(@TempDir Path folder) throws IOException {
    Path path = written(folder, 10, 20);
    History.open(path, 0).close();
    assertThat(path).isEmptyFile();
  }

  @Test
  void everyTornEndIsLeftOutAndThenDropped(@TempDir Path folder) throws IOException {
    Path path = written(folder, 10, 20, 30);
    byte[] whole = Files.readAllBytes(path);
    int lastLine = new String(whole, 0, whole.length - 1, "US-ASCII").lastIndexOf('\n') + 1;
    for (int length = lastLine; length < whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertThat(steps(path)).containsExactly(10L, 20L);
      try (History history = History.open(path, 100)) {
        history.append(line(100));
      }
      assertThat(steps(path)).containsExactly(10L, 20L, 100L);
      assertThat(Files.readAllLines(path)).hasSize(3);
    }
  }

  @Test
  void aDamagedLineCostsNoOther(@TempDir Path folder) throws IOException {
    Path path = written(folder, 10, 20, 30);
    byte[] bytes = Files.readAllBytes(path);
    int second = new String(bytes, "US-ASCII").indexOf('\n') + 1;
    bytes[second] = 0;
    Files.write(path, bytes);
    History.open(path, 30).close();
    assertThat(steps(path)).containsExactly(10L, 30L);
  }

  @Test
  void refusesALineWithoutItsStep(@TempDir Path folder) throws IOException {
    try (History history = History.open(folder.resolve("history.jsonl"), 0)) {
      assertThatThrownBy(() -> history.append(JSON.createObjectNode().put("loss", 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("step");
    }
  }

  @Test
  void thereIsNothingToReadBeforeTheFirstLine(@TempDir Path folder) throws IOException {
    assertThat(History.read(folder.resolve("absent"))).isEmpty();
  }
}
