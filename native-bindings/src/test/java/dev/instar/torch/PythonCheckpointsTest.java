package dev.instar.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.InputException;
import dev.instar.testing.PythonTorch;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints as training programs write them, made by PyTorch itself. */
final class PythonCheckpointsTest {
  @TempDir static Path folder;

  @BeforeAll
  static void write() throws Exception {
    try (InputStream script = PythonCheckpointsTest.class.getResourceAsStream("checkpoints.py")) {
      PythonTorch.run(new String(script.readAllBytes(), StandardCharsets.UTF_8), folder);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "protocol2.pt",
        "protocol3.pt",
        "protocol4.pt",
        "protocol5.pt",
        "legacy.pt",
        "deflated.pt",
        "zip64.pt"
      })
  void readsWhatATrainingRunKeeps(String name) throws IOException {
    try (TorchCheckpoint checkpoint = TorchCheckpoint.open(folder.resolve(name))) {
      assertThat(checkpoint.weightsPath()).isEqualTo("state_dict");
      StoredTensor weight = checkpoint.tensors().get("0.weight");
      assertThat(weight.shape()).containsExactly(4L, 3L, 3L, 3L);
      byte[] expected = Files.readAllBytes(folder.resolve("0.weight.bin"));
      assertThat(weight.data().toArray()).isEqualTo(expected);
      assertThat(checkpoint.allTensors())
          .containsKey("optimizer/state/int:0/exp_avg")
          .containsKey("ema/shadow/[1]");

      Map<String, Object> values = checkpoint.values();
      assertThat(values)
          .containsEntry("best_acc", 0.75)
          .containsEntry("best_loss", 0.5)
          .containsEntry("best_step", 12L)
          .containsEntry("finite", true)
          .containsEntry("scheduler/milestones/int:20", 1L)
          .containsEntry("args/model", "resnet18")
          .containsEntry("args/device", "cuda:0")
          .containsEntry("args/size", List.of(2L, 3L))
          .containsEntry("args/dtype", "torch.float32")
          .containsEntry("args/path", "/data/x")
          .containsEntry("args/none", Optional.empty())
          .containsEntry("history/train", List.of(0.5, 0.25))
          .containsEntry("big", new BigInteger("1180591620717411303424"))
          .containsEntry("negative", -70000L);
      assertThat(checkpoint.verify()).isEqualTo(!name.equals("legacy.pt"));
    }
  }

  @Test
  void refusesAWholeModelByName() {
    assertThatThrownBy(() -> WeightsFile.open(folder.resolve("module.pt")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("asks for torch.nn.modules.container.Sequential")
        .hasMessageContaining("save its state_dict");
  }

  @Test
  void refusesATorchScriptProgram() {
    assertThatThrownBy(() -> WeightsFile.open(folder.resolve("script.pt")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a TorchScript program");
  }

  @Test
  void refusesAPickleThatIsNoCheckpoint() {
    assertThatThrownBy(() -> WeightsFile.open(folder.resolve("plain.pkl")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not one that torch.save wrote");
  }

  @Test
  void refusesAnArchiveThatUnpacksToFarMoreThanItIs() {
    assertThatThrownBy(() -> WeightsFile.open(folder.resolve("bomb.pt")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("unpacks");
  }
}
