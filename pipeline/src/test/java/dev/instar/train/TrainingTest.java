package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.evaluate.TrainedModel;
import dev.instar.image.InputException;
import dev.instar.loader.BadRecords;
import dev.instar.testing.StripedPictures;
import dev.instar.torch.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of a small network on small pictures. */
final class TrainingTest {
  /** Everything that could make a resumed run differ: random in the loader and in the network. */
  private static final List<String> EVERYTHING_RANDOM =
      List.of(
          "epochs=3",
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

  @TempDir static Path folder;

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
    TrainingResult result = run(task, "run", changes, 1, () -> false);

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
    assertThat(History.read(run.resolve("history.jsonl"))).hasSize(8);
  }

  @Test
  void anInterruptedRunEndsWithTheSameBytes() throws Exception {
    StripedPictures task = StripedPictures.draw(Files.createTempDirectory(folder, "resume"), 9, 3);
    run(task, "whole", EVERYTHING_RANDOM, 1, () -> false);

    int sessions = 0;
    boolean finished = false;
    while (!finished) {
      int steps = 1 + sessions % 4;
      finished =
          run(task, "parts", EVERYTHING_RANDOM, 1 + sessions % 3, new After(steps)).finished();
      sessions++;
    }

    assertThat(sessions).isGreaterThan(4);
    Path whole = task.table().resolveSibling("whole");
    Path parts = task.table().resolveSibling("parts");
    for (String file : List.of("best.safetensors", "last.safetensors")) {
      assertThat(parts.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
    assertSameTensors(last(whole), last(parts));
  }

  private static Path last(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
      return files.max((a, b) -> Long.compare(step(a), step(b))).orElseThrow();
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

  /** Says stop when it has been asked so often: once after every step. */
  private static final class After implements BooleanSupplier {
    private int left;

    After(int steps) {
      left = steps;
    }

    @Override
    public boolean getAsBoolean() {
      return --left <= 0;
    }
  }

  static TrainingResult run(
      StripedPictures task, String name, List<String> changes, int threads, BooleanSupplier stop)
      throws IOException, InterruptedException {
    return Training.run(
        plan(task, name, changes, threads), TrainingLog.silent(), stop);
  }

  static TrainingPlan plan(StripedPictures task, String name, List<String> changes, int threads)
      throws IOException {
    return new TrainingPlan(
        task.pictures(),
        task.table(),
        "split",
        "order",
        "resnet18",
        Recipes.read("paper", changes),
        Optional.empty(),
        1,
        "cpu",
        threads,
        1,
        BadRecords.FAIL,
        new Cadence(Duration.ZERO, 1000),
        task.table().resolveSibling(name),
        false);
  }
}
