package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.instar.evaluate.TrainedModel;
import dev.instar.image.InputException;
import dev.instar.loader.BadRecords;
import dev.instar.testing.StopAfter;
import dev.instar.testing.StripedPictures;
import dev.instar.torch.WeightsFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of a small network on small pictures. */
final class TrainingTest {
  /** Everything that could make a resumed run differ: random in the loader and in the network. */
  private static final List<String> EVERYTHING_RANDOM =
      List.of(
          "epochs=2",
          "batch=8",
          "augmentation.resize=34",
          "augmentation.crop=32",
          "augmentation.mixup=0.4",
          "augmentation.brightness=0.2",
          "dropout=0.3",
          "drop_path=0.1",
          "average=0.9",
          "schedule.kind=cosine",
          "schedule.warmup=0.5",
          "optimizer.rate=0.05",
          "clip=5");

  private static final BooleanSupplier NEVER = () -> false;

  @TempDir static Path folder;
  private static StripedPictures random;
  private static TrainingResult<Measures> whole;

  @BeforeAll
  static void draw() throws IOException {
    random = StripedPictures.draw(Files.createTempDirectory(folder, "random"), 9, 3);
  }

  @Test
  void aNetworkLearnsWhatItIsShown() throws Exception {
    StripedPictures task = StripedPictures.draw(Files.createTempDirectory(folder, "learn"), 24, 8);
    List<String> changes =
        List.of(
            "epochs=8",
            "batch=16",
            "augmentation.resize=34",
            "augmentation.crop=32",
            "augmentation.flip=0",
            "normalisation=dataset",
            "optimizer.rate=0.01");
    TrainingResult<Measures> result = run(task, "run", changes, 1, NEVER);

    assertThat(result.finished()).isTrue();
    assertThat(result.epochs()).isEqualTo(8);
    assertThat(result.steps()).isEqualTo(48);
    assertThat(result.best().get(0).top1()).isGreaterThan(0.7);
    Path run = task.table().resolveSibling("run");
    TrainedModel model = TrainedModel.read(run);
    assertThat(model.classes()).hasSize(4);
    assertThat(model.normalisation().mean()).allSatisfy(m -> assertThat(m).isBetween(0.4, 0.65));
    try (var network = model.network(run)) {
      assertThat(network.state()).isNotEmpty();
    }
    assertThat(run.resolve("last.safetensors")).exists();
    assertThat(History.read(run.resolve("history.jsonl")))
        .hasSize(8)
        .allSatisfy(
            line -> {
              assertThat(line.get("learning_rate").asDouble()).isEqualTo(0.01);
              assertThat(line.get("images_per_second").asDouble()).isPositive();
            });
  }

  @Test
  void aRunThatIsStoppedInTheMiddleOfAnEpochEndsWithTheSameBytes() throws Exception {
    whole();

    TrainingResult<Measures> stopped = run(random, "parts", EVERYTHING_RANDOM, 2, new StopAfter(3));
    assertThat(stopped.finished()).isFalse();
    assertThat(stopped.steps()).isEqualTo(3);
    TrainingResult<Measures> finished = run(random, "parts", EVERYTHING_RANDOM, 1, NEVER);

    assertThat(finished.finished()).isTrue();
    assertSameEnd("parts");
  }

  @Test
  @Tag("slow")
  void aRunThatIsInterruptedEverywhereEndsWithTheSameBytes() throws Exception {
    whole();

    int sessions = 0;
    boolean finished = false;
    while (!finished) {
      // Asked once a step and once for each batch of validation: stops come in both.
      int asked = 1 + sessions % 4;
      finished =
          run(random, "pieces", EVERYTHING_RANDOM, 1 + sessions % 3, new StopAfter(asked))
              .finished();
      sessions++;
    }

    assertThat(sessions).isGreaterThan(4);
    assertSameEnd("pieces");
  }

  @Test
  void aRunThatMayNotBeGoneOnWithIsLeftWithoutACheckpoint() throws Exception {
    BooleanSupplier thirdTime = new StopAfter(3);
    BooleanSupplier lost =
        () -> {
          if (thirdTime.getAsBoolean()) {
            throw new CancellationException();
          }
          return false;
        };

    assertThatThrownBy(() -> run(random, "lost", EVERYTHING_RANDOM, 1, lost))
        .isInstanceOf(CancellationException.class);

    assertThat(run("lost").resolve("checkpoints")).isEmptyDirectory();
  }

  @Test
  void aDamagedCheckpointIsLeftAsideAndTheOneBeforeItUsed() throws Exception {
    whole();
    run(random, "damaged", EVERYTHING_RANDOM, 1, new StopAfter(2));
    run(random, "damaged", EVERYTHING_RANDOM, 1, new StopAfter(2));
    Path last = last(run("damaged"));
    try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
      file.seek(file.length() / 2);
      int old = file.read();
      file.seek(file.length() / 2);
      file.write(old ^ 1);
    }

    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Training.run(
        plan(random, "damaged", EVERYTHING_RANDOM, 1),
        TrainingLog.on(new PrintStream(said, true, StandardCharsets.UTF_8), false),
        NEVER);

    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("a checkpoint is damaged")
        .contains(last.getFileName().toString());
    assertThat(last.resolveSibling(last.getFileName() + ".damaged")).exists();
    assertSameEnd("damaged");
  }

  @Test
  void aFinishedRunIsNotTrainedAgain() throws Exception {
    TrainingResult<Measures> first = whole();

    TrainingResult<Measures> again = run(random, "whole", EVERYTHING_RANDOM, 1, NEVER);

    assertThat(again).isEqualTo(first);
  }

  @Test
  void whatAKilledProcessHadBegunToWriteIsRemoved() throws Exception {
    whole();
    Path left = Files.writeString(run("whole").resolve("checkpoints/.7.safetensors.123.tmp"), "x");

    run(random, "whole", EVERYTHING_RANDOM, 1, NEVER);

    assertThat(left).doesNotExist();
  }

  @Test
  void aFolderOfOtherSettingsIsRefusedWithTheDifference() throws Exception {
    whole();
    List<String> other = new ArrayList<>(EVERYTHING_RANDOM);
    other.add("optimizer.rate=0.5");

    assertThatThrownBy(() -> run(random, "whole", other, 1, NEVER))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("recipe.optimizer.rate was 0.05 and is 0.5")
        .hasMessageContaining("--overwrite");
  }

  @Test
  void aLossThatIsNoNumberStopsTheRunAndIsNeverSaved() throws Exception {
    List<String> changes = new ArrayList<>(EVERYTHING_RANDOM);
    changes.addAll(List.of("optimizer.rate=1e30", "clip=0", "schedule.kind=constant"));

    assertThatThrownBy(() -> run(random, "diverged", changes, 1, NEVER))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("training diverged at step")
        .hasMessageContaining("optimizer.rate");
    assertThat(run("diverged").resolve("checkpoints")).isEmptyDirectory();
    assertThat(run("diverged").resolve("best.safetensors")).doesNotExist();
  }

  @Test
  void withoutABetterEpochTrainingStopsEarly() throws Exception {
    List<String> changes = new ArrayList<>(EVERYTHING_RANDOM);
    changes.addAll(List.of("optimizer.rate=1e-12", "patience=1", "accumulate=3", "epochs=9"));

    TrainingResult<Measures> result = run(random, "patient", changes, 1, NEVER);

    assertThat(result.early()).isTrue();
    assertThat(result.epochs()).isLessThan(9);
    // Five batches are two steps, the second of two batches.
    assertThat(result.steps()).isEqualTo(2L * result.epochs());
  }

  @Test
  void aTableWithoutValidationIsRefused() throws Exception {
    Path alone = folder.resolve("alone.tsv");
    Files.writeString(
        alone, Files.readString(random.table()).replace("\tvalidation", "\tno_split"));
    StripedPictures task = new StripedPictures(random.pictures(), alone);

    assertThatThrownBy(() -> run(task, "alone", EVERYTHING_RANDOM, 1, NEVER))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("0 to validate");
  }

  @Test
  void aGpuThatIsNotThereIsOneSentence() throws Exception {
    assumeThat(torch.cuda_is_available()).isFalse();
    TrainingPlan plan = plan(random, "gpu", EVERYTHING_RANDOM, 1);
    TrainingPlan onGpu =
        new TrainingPlan(
            plan.pack(),
            plan.metadata(),
            plan.splitColumn(),
            plan.target(),
            plan.model(),
            plan.recipe(),
            plan.weights(),
            plan.badRecords(),
            conduct(random, "gpu", "cuda", 1));

    assertThatThrownBy(() -> Training.run(onGpu, TrainingLog.silent(), NEVER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no GPU can be used here")
        .hasMessageContaining("--device cpu");
  }

  /** The run that is never interrupted, made once. */
  private static TrainingResult<Measures> whole() throws Exception {
    if (whole == null) {
      whole = run(random, "whole", EVERYTHING_RANDOM, 1, NEVER);
    }
    return whole;
  }

  private static Path run(String name) {
    return random.table().resolveSibling(name);
  }

  private static void assertSameEnd(String name) throws IOException {
    for (String file : List.of("best.safetensors", "last.safetensors")) {
      assertThat(run(name).resolve(file)).hasSameBinaryContentAs(run("whole").resolve(file));
    }
    assertSameTensors(last(run("whole")), last(run(name)));
  }

  private static Path last(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
      return files
          .filter(file -> file.toString().endsWith(".safetensors"))
          .max((a, b) -> Long.compare(step(a), step(b)))
          .orElseThrow();
    }
  }

  private static long step(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().replace(".safetensors", ""));
  }

  private static void assertSameTensors(Path expected, Path found) throws IOException {
    try (WeightsFile a = WeightsFile.open(expected);
        WeightsFile b = WeightsFile.open(found)) {
      assertThat(b.tensors().keySet()).isEqualTo(a.tensors().keySet());
      a.tensors()
          .forEach(
              (name, tensor) ->
                  assertThat(b.tensors().get(name).data().buffer())
                      .as(name)
                      .isEqualTo(tensor.data().buffer()));
    }
  }

  static TrainingResult<Measures> run(
      StripedPictures task, String name, List<String> changes, int threads, BooleanSupplier stop)
      throws IOException, InterruptedException {
    return Training.run(plan(task, name, changes, threads), TrainingLog.silent(), stop);
  }

  static TrainingPlan plan(StripedPictures task, String name, List<String> changes, int threads)
      throws IOException {
    return new TrainingPlan(
        task.pictures(),
        task.table(),
        "split",
        "order",
        "resnet18",
        Recipe.FORM.read("paper", changes),
        Optional.empty(),
        BadRecords.FAIL,
        conduct(task, name, "cpu", threads));
  }

  private static Conduct conduct(StripedPictures task, String name, String device, int threads) {
    return new Conduct(
        1,
        device,
        threads,
        1,
        new Cadence(Duration.ZERO, 1000),
        task.table().resolveSibling(name),
        false);
  }
}
