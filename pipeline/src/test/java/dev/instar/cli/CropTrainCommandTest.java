package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.testing.SmallWells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CropTrainCommandTest {
  private static final List<String> TINY =
      List.of(
          "detector.backbone=resnet18_c3",
          "detector.width=32",
          "detector.feed_forward=64",
          "pictures.shorter_sides=[48]",
          "pictures.longest_side=64");

  @TempDir static Path folder;
  private static SmallWells wells;

  @BeforeAll
  static void draw() throws Exception {
    wells = SmallWells.draw(folder, 4);
  }

  @Test
  void trainsAndSaysWhatItCameToForPeopleAndForMachines() throws Exception {
    Path run = folder.resolve("run");
    CommandRun first = CommandRun.of(arguments(run));
    CommandRun second = CommandRun.of(arguments(run, "--json"));

    assertThat(first.status()).as(first.err()).isEqualTo(ExitStatus.DONE);
    assertThat(first.out())
        .contains(run + ": finished after 1 epochs (2 steps")
        .contains("best epoch 1 on validation: AP ")
        .contains("--weights " + run.resolve("best.safetensors"));
    JsonNode result = new ObjectMapper().readTree(second.out());
    assertThat(result.get("finished").asBoolean()).isTrue();
    assertThat(result.get("best").get(0).get("ap50").isNumber()).isTrue();
    assertThat(Files.readString(run.resolve("recipe.yaml"))).contains("backbone: resnet18_c3");
  }

  @Test
  void boxesOfEveryFormAreTaken() throws Exception {
    Path coco = folder.resolve("coco.json");
    CommandRun converted = CommandRun.of("crop", "convert", wells.boxes(), "-o", coco);
    assertThat(converted.status()).as(converted.err()).isEqualTo(ExitStatus.DONE);

    Path run = folder.resolve("of-coco");
    CommandRun trained = CommandRun.of(arguments(run, "--boxes", coco, "--overwrite"));

    assertThat(trained.status()).as(trained.err()).isEqualTo(ExitStatus.DONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--validation 1.5 | --validation 1.5: a part lies between 0 and 1",
        "--set backbone_rte=1 | did you mean backbone_rate",
        "--checkpoint-every often | write 10m, 90s",
        "--epochs 0 | a whole number from 1 on",
        "--weights | --weights",
      })
  void misuseIsAUsageError(String options, String sentence) {
    Path run = folder.resolve("misused");
    CommandRun said = CommandRun.of(arguments(run, (Object[]) options.split(" ")));

    assertThat(said.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(said.err()).contains(sentence);
    assertThat(run).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--validation nowhere.json | nowhere.json",
        "--weights nowhere.pth | nowhere.pth",
        "--recipe slow | no recipe 'slow': there are detr and detr-small",
        "--device tpu | no device 'tpu'; write auto, cpu, cuda or cuda:N",
        "--set freeze=[nothing] | no parameter to freeze begins with \"nothing\"",
        "--photos nowhere | nowhere",
      })
  void whatCannotBeTrainedIsOneSentence(String options, String sentence) {
    CommandRun said =
        CommandRun.of(arguments(folder.resolve("wrong"), (Object[]) options.split(" ")));

    assertThat(said.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(said.err()).contains(sentence).hasLineCount(1);
  }

  private static Object[] arguments(Path run, Object... more) {
    List<Object> all = new ArrayList<>(List.of("crop", "train", "-o", run));
    List<Object> given = List.of(more);
    if (!given.contains("--photos")) {
      all.addAll(List.of("--photos", wells.photographs()));
    }
    if (!given.contains("--boxes")) {
      all.addAll(List.of("--boxes", wells.boxes()));
    }
    if (!given.contains("--recipe")) {
      all.addAll(List.of("--recipe", "detr-small"));
      TINY.forEach(change -> all.addAll(List.of("--set", change)));
    }
    if (!given.contains("--validation")) {
      all.addAll(List.of("--validation", "0.25"));
    }
    if (!given.contains("--epochs")) {
      all.addAll(List.of("--epochs", 1));
    }
    if (!given.contains("--device")) {
      all.addAll(List.of("--device", "cpu"));
    }
    all.addAll(List.of("--batch", 2, "--torch-threads", 1, "--threads", 1));
    all.addAll(given);
    return all.toArray();
  }
}
