package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.torch.LibTorch;
import dev.instar.torch.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BestWeightsTest {
  @TempDir Path folder;

  @BeforeAll
  static void load() {
    LibTorch.load(1);
  }

  @Test
  void theBestAreRankedAndOfEqualsTheEarlierIsBetter() throws Exception {
    offer(3, List.of(0.5, 0.7, 0.7, 0.6, 0.1));

    assertThat(epochs()).containsExactly(1, 2, 3);
  }

  @Test
  void oneIsKeptWhereOneIsAskedFor() throws Exception {
    offer(1, List.of(0.5, 0.4, 0.9, 0.9));

    assertThat(epochs()).containsExactly(2);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void epochsThatAreDoneAgainLeaveTheSameRanking() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 20; trial++) {
      List<Double> values = random.doubles(9).boxed().toList();
      List<Integer> expected =
          IntStream.range(0, 9)
              .boxed()
              .sorted((a, b) -> Double.compare(values.get(b), values.get(a)))
              .limit(3)
              .toList();
      BestWeights best = new BestWeights(folder, 3, "TOP1");
      for (int epoch = 0; epoch < 9; epoch++) {
        offer(best, epoch, values.get(epoch));
        if (random.nextInt(3) == 0) {
          epoch = random.nextInt(epoch + 1) - 1; // killed: an earlier checkpoint is continued
        }
      }
      assertThat(epochs()).isEqualTo(expected);
      for (Path file : files()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void weightsOfOthersUnderTheNameAreReplaced() throws Exception {
    Files.writeString(folder.resolve("best.safetensors"), "not weights");

    offer(1, List.of(0.1));

    assertThat(epochs()).containsExactly(0);
  }

  private void offer(int keep, List<Double> values) throws IOException {
    BestWeights best = new BestWeights(folder, keep, "TOP1");
    for (int epoch = 0; epoch < values.size(); epoch++) {
      offer(best, epoch, values.get(epoch));
    }
  }

  private static void offer(BestWeights best, int epoch, double value) throws IOException {
    try (TinyNetwork network = TinyNetwork.convolutions(ScalarType.Float)) {
      best.offer(epoch, value, network);
    }
  }

  private List<Path> files() {
    return Stream.of("best.safetensors", "best-2.safetensors", "best-3.safetensors")
        .map(folder::resolve)
        .filter(Files::exists)
        .toList();
  }

  private List<Integer> epochs() throws IOException {
    List<Integer> epochs = new ArrayList<>();
    for (Path file : files()) {
      try (WeightsFile open = WeightsFile.open(file)) {
        assertThat(open.tensors()).containsKey("stem.weight");
        epochs.add(Integer.parseInt(open.metadata().get("epoch")));
      }
    }
    return epochs;
  }
}
