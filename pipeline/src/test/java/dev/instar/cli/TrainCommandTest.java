package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.sweep.Provenance;
import dev.instar.testing.StripedPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verb, in this process and in processes that are stopped and killed. */
final class TrainCommandTest {
  private static final int KILLED = 128 + 9;

  @TempDir static Path folder;
  private static StripedPictures task;

  @BeforeAll
  static void draw() throws IOException {
    task = StripedPictures.draw(folder, 8, 2);
  }

  @Test
  void trainsAndSaysWhatItCameToForPeopleAndForMachines() throws Exception {
    Path run = folder.resolve("run");
    CommandRun first = CommandRun.of(arguments(run, "--epochs", 1));
    Optional<Provenance> provenance = Provenance.read(run);
    Files.delete(run.resolve("provenance.json"));
    CommandRun second = CommandRun.of(arguments(run, "--epochs", 1, "--json"));

    assertThat(first.status()).as(first.err()).isEqualTo(ExitStatus.DONE);
    assertThat(first.out())
        .contains(run + ": finished after 1 epochs (4 steps")
        .contains("best epoch 1 on validation: top-1")
        .contains("instar evaluate " + run);
    JsonNode result = new ObjectMapper().readTree(second.out());
    assertThat(result.get("finished").asBoolean()).isTrue();
    assertThat(result.get("best").get(0).get("top1").isNumber()).isTrue();
    assertThat(result.get("stage_seconds").get("forward").asDouble()).isPositive();
    assertThat(Files.readString(run.resolve("recipe.yaml"))).contains("crop: 32");
    assertThat(provenance.orElseThrow().options()).containsEntry("recipe.epochs", "1");
    assertThat(provenance.orElseThrow().command())
        .startsWith("instar", "train")
        .containsSequence("--set", "epochs=1")
        .endsWith("-o", "run");
    // The second process told what the first one did, and is not where that came from.
    assertThat(Provenance.read(run)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--experiment tiny_order | no experiment 'tiny_order'",
        "--experiment small_insect_order --split-column split | names the split already",
        "--split-column split | say what to train",
        "--split-column split --target order --checkpoint-every often | write 10m, 90s",
        "--split-column split --target order --epochs 0 | a whole number from 1 on",
        "--split-column split --target order --on-bad-record ignore | --on-bad-record",
        "--split-column split --target order --set optimizer.rte=1 | did you mean optimizer.rate",
        "--split-column split --target order --loss focus | loss.kind cannot be 'focus'; it is one of ce, focal",
      })
  void misuseIsAUsageError(String options, String sentence) {
    List<Object> arguments = new ArrayList<>(List.of("train", "--pack", task.pictures()));
    arguments.addAll(List.of("--metadata", task.table(), "-o", folder.resolve("misused")));
    arguments.addAll(List.of(options.split(" ")));
    CommandRun run = CommandRun.of(arguments.toArray());

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains(sentence);
    assertThat(folder.resolve("misused")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--model resnet19 | TorchScript file 'resnet19'; there are resnet18",
        "--recipe slow | no recipe 'slow': there are paper and fast",
        "--device tpu | no device 'tpu'; write auto, cpu, cuda or cuda:N",
        "--weights nowhere.pth | nowhere.pth",
        "--target genus | genus",
        "--set freeze=[nothing] | nothing",
      })
  void whatCannotBeTrainedIsOneSentence(String options, String sentence) {
    CommandRun run =
        CommandRun.of(arguments(folder.resolve("wrong"), (Object[]) options.split(" ")));

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains(sentence).hasLineCount(1);
  }

  @Test
  void aCommandThatCannotBeCarriedOutLeavesTheFolderAsItWas() throws Exception {
    Path run = Files.createDirectory(folder.resolve("kept"));
    Path weights = Files.writeString(run.resolve("best.safetensors"), "of an earlier run");

    CommandRun failing = CommandRun.of(arguments(run, "--model", "resnet19", "--overwrite"));

    assertThat(failing.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(weights).hasContent("of an earlier run");
    assertThat(run.resolve("run.json")).doesNotExist();
  }

  @Test
  void unreadablePicturesAreSkippedAndCountedWhereThatIsAskedFor() throws Exception {
    Path own = Files.createDirectory(folder.resolve("bad"));
    StripedPictures bad = StripedPictures.draw(own, 4, 2);
    Files.writeString(bad.pictures().resolve("p0_0.jpg"), "no picture");
    List<Object> arguments = new ArrayList<>(List.of("train", "--pack", bad.pictures()));
    arguments.addAll(List.of("--metadata", bad.table(), "--split-column", "split"));
    arguments.addAll(
        List.of("--target", "order", "--model", "resnet18", "--epochs", 1, "--torch-threads", 1));
    arguments.addAll(List.of("--set", "augmentation.resize=34", "--set", "augmentation.crop=32"));
    arguments.addAll(List.of("-o", own.resolve("run")));

    CommandRun failing = CommandRun.of(arguments.toArray());
    arguments.addAll(List.of("--on-bad-record", "skip"));
    CommandRun skipping = CommandRun.of(arguments.toArray());

    assertThat(failing.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(failing.err()).contains("p0_0.jpg");
    assertThat(skipping.status()).as(skipping.err()).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(skipping.out()).contains("1 times a record could not be read");
  }

  @ParameterizedTest
  @Tag("slow")
  @CsvSource({"TERM, 143", "INT, 130", "USR1, 75"})
  void signalsSaveTheRunAndTheSameCommandFinishesIt(String signal, int status) throws Exception {
    Path run = folder.resolve(signal);
    Object[] arguments = arguments(run, "--epochs", 3, "--checkpoint-every", "1step");
    Process child = CommandRun.start(folder, Map.of(), arguments);
    awaitCheckpoint(run, child);
    new ProcessBuilder("kill", "-" + signal, String.valueOf(child.pid())).start().waitFor();
    CommandRun stopped = CommandRun.end(child, folder);

    assertThat(stopped.status()).as(stopped.err()).isEqualTo(status);
    assertThat(stopped.err()).contains("instar: stopping after this step");
    assertThat(stopped.out()).contains("not finished; the same command continues");
    CommandRun rest = CommandRun.of(arguments);
    assertThat(rest.status()).as(rest.err()).isEqualTo(ExitStatus.DONE);
    assertThat(rest.out()).contains("finished after 3 epochs (12 steps");
  }

  @Test
  @Tag("slow")
  void aKilledRunEndsWithTheWeightsOfAnUndisturbedOne() throws Exception {
    CommandRun calm = CommandRun.of(arguments(folder.resolve("calm"), "--epochs", 3));
    assertThat(calm.status()).as(calm.err()).isEqualTo(ExitStatus.DONE);
    Path killed = folder.resolve("killed");
    Object[] arguments = arguments(killed, "--epochs", 3, "--checkpoint-every", "1step");

    Process child = CommandRun.start(folder, Map.of(), arguments);
    awaitCheckpoint(killed, child);
    child.destroyForcibly();
    assertThat(child.waitFor()).isEqualTo(KILLED);
    CommandRun rest = CommandRun.of(arguments);

    assertThat(rest.status()).as(rest.err()).isEqualTo(ExitStatus.DONE);
    for (String file : List.of("best.safetensors", "last.safetensors")) {
      assertThat(killed.resolve(file)).hasSameBinaryContentAs(folder.resolve("calm/" + file));
    }
  }

  private static void awaitCheckpoint(Path run, Process child) throws Exception {
    while (checkpoints(run) == 0 && !child.waitFor(10, TimeUnit.MILLISECONDS)) {
      Thread.onSpinWait();
    }
  }

  private static long checkpoints(Path run) throws IOException {
    if (!Files.isDirectory(run.resolve("checkpoints"))) {
      return 0;
    }
    try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).count();
    }
  }

  private static Object[] arguments(Path run, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("train", "--pack", task.pictures()));
    arguments.addAll(List.of("--metadata", task.table(), "--split-column", "split"));
    if (!List.of(more).contains("--target")) {
      arguments.addAll(List.of("--target", "order"));
    }
    if (!List.of(more).contains("--model")) {
      arguments.addAll(List.of("--model", "resnet18"));
    }
    arguments.addAll(List.of("--set", "augmentation.resize=34", "--set", "augmentation.crop=32"));
    arguments.addAll(List.of("--batch", 8, "--torch-threads", 1, "-o", run));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }
}
