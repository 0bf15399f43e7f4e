package dev.instar.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.BatchFormat.Layout;
import dev.instar.image.PixelType;
import dev.instar.pack.Encoding;
import dev.instar.pack.Pack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What batches hold: a function of seed, epoch and number, and of nothing else. */
final class BatchLoaderTest {
  @TempDir private static Path folder;
  private static Pack pack;
  private static Samples samples;

  @BeforeAll
  static void open() throws IOException {
    pack = TestCollection.pack(folder, Encoding.JPEG, 50);
    samples = TestCollection.samples(pack);
  }

  @AfterAll
  static void close() {
    pack.close();
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void batchesAreTheSameOnAnyNumberOfThreads(Encoding encoding) throws Exception {
    Path own = Files.createTempDirectory(folder, "own");
    try (Pack stored = TestCollection.pack(own, encoding, 30)) {
      Samples all = TestCollection.samples(stored);
      for (Layout layout : Layout.values()) {
        for (PixelType type : PixelType.values()) {
          PlanOf plan = new PlanOf().format(TestCollection.format(layout, type)).mixed();
          List<Copied> one = load(all, plan.threads(1).queue(2), 3, 0);
          assertThat(one).hasSize(8);
          assertThat(load(all, plan.threads(2).queue(3), 3, 0)).isEqualTo(one);
          assertThat(load(all, plan.threads(16).queue(5), 3, 0)).isEqualTo(one);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Sampling.class)
  void anEpochGoesOnFromAnyBatchAsIfItHadNotStopped(Sampling sampling) throws Exception {
    PlanOf plan = new PlanOf().sampling(sampling).mixed();
    List<Copied> whole = load(samples, plan, 2, 0);
    assertThat(whole).hasSize(13);
    for (int first = 0; first <= 13; first++) {
      assertThat(load(samples, plan, 2, first)).isEqualTo(whole.subList(first, 13));
    }
  }

  @Test
  void aSampleIsTheSameWhateverTheBatchAndTheNumberOfProcesses() throws Exception {
    List<Copied> whole = load(samples, new PlanOf(), 1, 0);
    Map<Integer, byte[]> alone = images(whole);
    assertThat(alone.keySet()).hasSize(50);
    for (int ranks = 2; ranks <= 3; ranks++) {
      Map<Integer, byte[]> shared = new HashMap<>();
      List<Integer> order = new ArrayList<>(Arrays.asList(new Integer[50]));
      for (int rank = 0; rank < ranks; rank++) {
        List<Copied> share = load(samples, new PlanOf().batch(7).shard(rank, ranks), 1, 0);
        List<Integer> taken = share.stream().flatMap(b -> b.samples().stream()).toList();
        for (int i = 0; i < taken.size(); i++) {
          order.set(rank + i * ranks, taken.get(i));
        }
        shared.putAll(images(share));
      }
      assertThat(order).isEqualTo(whole.stream().flatMap(b -> b.samples().stream()).toList());
      assertThat(shared).containsOnlyKeys(alone.keySet());
      shared.forEach((sample, image) -> assertThat(image).isEqualTo(alone.get(sample)));
    }
  }

  @Test
  void epochsAndSeedsChangeOrderAndSamples() throws Exception {
    List<Copied> first = load(samples, new PlanOf(), 0, 0);
    List<Copied> second = load(samples, new PlanOf(), 1, 0);
    List<Copied> other = load(samples, new PlanOf().seed(8), 0, 0);
    assertThat(second.get(0).samples()).isNotEqualTo(first.get(0).samples());
    assertThat(other.get(0).samples()).isNotEqualTo(first.get(0).samples());
    assertThat(images(second).get(5)).isNotEqualTo(images(first).get(5));
  }

  @Test
  void aRecordThatIsTakenTwiceInAnEpochIsChangedInTwoWays() throws Exception {
    int[] labels = new int[50];
    labels[7] = 1;
    Samples rare = Samples.of(pack, IntStream.range(0, 50).toArray(), labels, 2);
    List<Copied> epoch = load(rare, new PlanOf().sampling(Sampling.CLASS_BALANCED), 0, 0);
    Set<Integer> images = new HashSet<>();
    int times = 0;
    for (Copied batch : epoch) {
      for (int i = 0; i < batch.samples().size(); i++) {
        if (batch.samples().get(i) == 7) {
          images.add(Arrays.hashCode(batch.image(i)));
          times++;
        }
      }
    }
    assertThat(times).isEqualTo(25);
    assertThat(images).hasSize(25);
  }

  @Test
  void labelsAreThoseOfTheSamples() throws Exception {
    for (Copied batch : load(samples, new PlanOf(), 0, 0)) {
      for (int i = 0; i < batch.samples().size(); i++) {
        assertThat(batch.labels().get(i)).isEqualTo(batch.samples().get(i) % 3);
      }
      assertThat(batch.partners()).isEqualTo(batch.labels());
      assertThat(batch.mixing()).isEqualTo(1);
    }
    Samples unknown = Samples.unlabelled(pack);
    List<Copied> batches = load(unknown, new PlanOf().sampling(Sampling.SEQUENTIAL), 0, 0);
    assertThat(batches.get(1).samples()).containsExactly(4, 5, 6, 7);
    assertThat(batches.get(1).labels()).containsOnly(-1L);
  }

  @Test
  void theLastBatchIsShortOrLeftOut() throws Exception {
    List<Copied> all = load(samples, new PlanOf().batch(8), 0, 0);
    assertThat(all).hasSize(7);
    assertThat(all.get(6).samples()).hasSize(2);
    try (BatchLoader loader = BatchLoader.open(samples, new PlanOf().batch(8).dropLast().plan())) {
      assertThat(loader.batches()).isEqualTo(6);
      assertThat(Copied.epoch(loader, 0, 0)).isEqualTo(all.subList(0, 6));
    }
  }

  @Test
  void oneLoaderGivesOneEpochAfterAnother() throws Exception {
    try (BatchLoader loader = BatchLoader.open(samples, new PlanOf().plan())) {
      for (int epoch = 0; epoch < 3; epoch++) {
        assertThat(Copied.epoch(loader, epoch, 0)).isEqualTo(load(samples, new PlanOf(), epoch, 0));
      }
      assertThat(loader.times().samples()).isEqualTo(150);
      assertThat(loader.times().convertNanos()).isPositive();
      assertThat(loader.times().since(loader.times()).samples()).isZero();
      assertThat(loader.skipped()).isZero();
    }
  }

  @Test
  void refusesPlansThatCannotWork() {
    assertThatThrownBy(() -> new PlanOf().queue(1).plan()).hasMessageContaining("it takes 2");
    assertThatThrownBy(() -> new PlanOf().batch(0).plan()).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new PlanOf().batch(1 << 20).plan())
        .hasMessageContaining("at most 2 GiB are possible, which a batch of 699050 stays below");
    assertThatThrownBy(() -> new PlanOf().augmentation(Augmentation.evaluation(64, 32)).plan())
        .hasMessageContaining("samples of 16x16 pixels, and crops of 32");
    Samples none = Samples.of(pack, new int[0], new int[0], 3);
    assertThatThrownBy(() -> BatchLoader.open(none, new PlanOf().plan()))
        .hasMessageContaining("no samples");
    assertThatThrownBy(
            () -> BatchLoader.open(samples, new PlanOf().batch(30).shard(1, 2).dropLast().plan()))
        .hasMessageContaining("50 samples do not fill one batch of 30 for each of 2 processes");
  }

  private static Map<Integer, byte[]> images(List<Copied> batches) {
    Map<Integer, byte[]> images = new HashMap<>();
    for (Copied batch : batches) {
      for (int i = 0; i < batch.samples().size(); i++) {
        images.put(batch.samples().get(i), batch.image(i));
      }
    }
    return images;
  }

  private static List<Copied> load(Samples samples, PlanOf plan, int epoch, int first)
      throws IOException, InterruptedException {
    try (BatchLoader loader = BatchLoader.open(samples, plan.plan())) {
      return Copied.epoch(loader, epoch, first);
    }
  }
}
