package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.instar.train.HistoryFile.Epoch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryFileTest {
  private static final String EPOCH =
      "{\"kind\":\"epoch\",\"step\":10,\"epoch\":0,\"loss\":1.5,\"learning_rate\":0.1,\"images_per_second\":200,\"seconds\":3.5,\"best\":true,\"validation\":{\"epoch\":0,\"top1\":0.5,\"macroTop1\":0.25,\"loss\":1.25}}\n";

  @TempDir private Path run;

  private List<Epoch> read(byte[] content) throws IOException {
    Files.write(run.resolve("history.jsonl"), content);
    return HistoryFile.read(run).epochs();
  }

  private List<Epoch> read(String content) throws IOException {
    return read(content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void hasTheEpochsAndNotTheSteps() throws IOException {
    assertThat(HistoryFile.read(run).epochs()).isEmpty();
    String step = "{\"kind\":\"step\",\"step\":5,\"epoch\":0,\"loss\":2}\n";
    assertThat(read(step + EPOCH + step))
        .containsExactly(new Epoch(0, 1.5, 0.1, 200, 3.5, 1.25, 0.5, 0.25));
  }

  @Test
  void leavesTornAndForeignLinesOut() throws IOException {
    String torn = EPOCH.substring(0, EPOCH.length() - 9);
    assertThat(read(EPOCH + "\u0000\u00ff garbage \"validation\"\n" + EPOCH + torn)).hasSize(2);
    byte[] damaged = (EPOCH + EPOCH).getBytes(StandardCharsets.UTF_8);
    damaged[3] = (byte) 0xff;
    assertThat(read(damaged)).hasSize(1);
  }

  @Test
  void whatIsMissingIsNoNumber() throws IOException {
    Epoch epoch = read("{\"kind\":\"epoch\",\"epoch\":2,\"validation\":{\"top1\":\"x\"}}\n").get(0);
    assertThat(epoch.epoch()).isEqualTo(2);
    assertThat(List.of(epoch.loss(), epoch.learningRate(), epoch.top1(), epoch.seconds()))
        .allMatch(value -> value.isNaN());
  }

  @FuzzTest
  void readsWhateverThereIs(byte[] bytes) throws IOException {
    Path folder = Files.createTempDirectory("history");
    try {
      Files.write(folder.resolve("history.jsonl"), bytes);
      assertThat(HistoryFile.read(folder).epochs()).doesNotContainNull();
    } finally {
      Files.delete(folder.resolve("history.jsonl"));
      Files.delete(folder);
    }
  }
}
