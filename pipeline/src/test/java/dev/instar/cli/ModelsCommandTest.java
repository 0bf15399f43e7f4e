package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelsCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void listsEveryNetworkWithWhatFitsIt() throws IOException {
    CommandRun run = CommandRun.of("models");

    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("resnet50 +25\\.6 M +224 +imagenet .*tv_in1k"))
        .anyMatch(line -> line.matches("vit_base_patch16_224 +86\\.6 M +224 +half .*in1k"));

    JsonNode list = JSON.readTree(CommandRun.of("models", "--json").out());
    assertThat(list).hasSize(10);
    assertThat(list.get(0).get("name").asText()).isEqualTo("resnet18");
    assertThat(list.get(0).get("mean").get(0).asDouble()).isEqualTo(0.485);
  }

  @Test
  void theListNeedsNoLibTorch(@TempDir Path folder) throws Exception {
    Process process =
        CommandRun.start(folder, Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load"), "models");

    CommandRun run = CommandRun.end(process, folder);

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out())
        .contains("dev.instar.model.Models ")
        .doesNotContain("org.bytedeco.pytorch");
  }

  @Test
  void saysWhatAFileOfWeightsIs() throws IOException {
    Path file = SharedData.path("golden/checkpoints/resnet18_head_subset.pth");

    CommandRun run = CommandRun.of("models", file);
    JsonNode node = JSON.readTree(CommandRun.of("models", file, "--json").out());

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).contains("resnet18: ").contains("classes").contains("not in the file: ");
    assertThat(node.get("fit").get("model").asText()).isEqualTo("resnet18");
    assertThat(node.get("fit").get("complete").asBoolean()).isFalse();
    assertThat(node.get("tensors").asInt()).isPositive();
  }

  @Test
  void aFileThatHoldsNoWeightsIsOneLine(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "no weights at all");

    CommandRun run = CommandRun.of("models", file);

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("notes.txt").hasLineCount(1);
  }
}
