package dev.instar.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.InputException;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.pack.Encoding;
import dev.instar.pack.ImageRecord;
import dev.instar.pack.Pack;
import dev.instar.pack.PackWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that cannot be used, under both policies. */
final class BadRecordsTest {
  @TempDir private Path folder;

  private final List<String> named = new ArrayList<>();

  /** A pack in which the records of these numbers are cut in half. */
  private Pack halved(int records, Set<Integer> bad) throws Exception {
    int[] next = {0};
    return TestCollection.pack(
        folder,
        Encoding.JPEG,
        records,
        jpeg -> bad.contains(next[0]++) ? Arrays.copyOf(jpeg, jpeg.length / 2) : jpeg);
  }

  private BatchLoader open(Samples samples, PlanOf plan) {
    return BatchLoader.open(samples, plan.plan(), (location, reason) -> named.add(location));
  }

  @Test
  void failNamesTheRecordAfterTheBatchesBeforeIt() throws Exception {
    try (Pack pack = halved(20, Set.of(9, 10, 17))) {
      for (int threads : new int[] {1, 2, 16}) {
        PlanOf plan = new PlanOf().sampling(Sampling.SEQUENTIAL).threads(threads);
        try (BatchLoader loader = open(TestCollection.samples(pack), plan);
            Epoch epoch = loader.epoch(0, 0)) {
          epoch.next().orElseThrow().close();
          epoch.next().orElseThrow().close();
          for (int i = 0; i < 2; i++) {
            assertThatThrownBy(epoch::next)
                .isInstanceOf(InputException.class)
                .hasMessageContaining(pack.location(9))
                .hasMessageContaining("--on-bad-record skip");
          }
        }
      }
      assertThat(named).isEmpty();
    }
  }

  @Test
  void anEpochCanBeBegunAgainAfterAFailure() throws Exception {
    try (Pack pack = halved(12, Set.of(5));
        BatchLoader loader =
            open(TestCollection.samples(pack), new PlanOf().sampling(Sampling.SEQUENTIAL))) {
      try (Epoch epoch = loader.epoch(0, 0)) {
        epoch.next().orElseThrow().close();
        assertThatThrownBy(epoch::next).isInstanceOf(InputException.class);
      }
      assertThat(Copied.epoch(loader, 0, 2)).hasSize(1);
    }
  }

  @Test
  void skipClosesTheGapCountsAndNamesEachOnce() throws Exception {
    try (Pack pack = halved(22, Set.of(0, 5, 6, 12, 13, 14, 15, 21))) {
      Samples samples = TestCollection.samples(pack);
      List<Copied> expected = null;
      for (int threads : new int[] {1, 2, 16}) {
        named.clear();
        PlanOf plan = new PlanOf().sampling(Sampling.SEQUENTIAL).skip().threads(threads);
        try (BatchLoader loader = open(samples, plan)) {
          List<Copied> batches = Copied.epoch(loader, 0, 0);
          assertThat(batches)
              .extracting(Copied::samples)
              .containsExactly(
                  List.of(1, 2, 3),
                  List.of(4, 7),
                  List.of(8, 9, 10, 11),
                  List.of(16, 17, 18, 19),
                  List.of(20));
          // The batch of which nothing is left is not handed out.
          assertThat(batches).extracting(Copied::number).containsExactly(0, 1, 2, 4, 5);
          assertThat(loader.skipped()).isEqualTo(8);
          assertThat(named)
              .containsExactlyElementsOf(
                  List.of(0, 5, 6, 12, 13, 14, 15, 21).stream().map(pack::location).toList());
          Copied.epoch(loader, 1, 0);
          assertThat(loader.skipped()).isEqualTo(16);
          assertThat(named).hasSize(8);
          expected = expected == null ? batches : expected;
          assertThat(batches).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void whatIsLeftIsAsIfTheBadRecordsHadNotBeenThere() throws Exception {
    Path other = folder.resolve("whole");
    Files.createDirectory(other);
    try (Pack bad = halved(12, Set.of(2, 9));
        Pack good = TestCollection.pack(other, Encoding.JPEG, 12)) {
      PlanOf plan = new PlanOf().batch(12).sampling(Sampling.SEQUENTIAL).skip();
      Copied whole;
      Copied rest;
      try (BatchLoader loader = open(TestCollection.samples(good), plan)) {
        whole = Copied.epoch(loader, 4, 0).get(0);
      }
      try (BatchLoader loader = open(TestCollection.samples(bad), plan)) {
        rest = Copied.epoch(loader, 4, 0).get(0);
      }
      assertThat(rest.samples()).containsExactly(0, 1, 3, 4, 5, 6, 7, 8, 10, 11);
      for (int i = 0; i < rest.samples().size(); i++) {
        assertThat(rest.image(i)).isEqualTo(whole.image(rest.samples().get(i)));
        assertThat(rest.labels().get(i)).isEqualTo(rest.samples().get(i) % 3);
      }
    }
  }

  @Test
  void smallerBatchesAreMixedByWhatIsLeft() throws Exception {
    try (Pack pack = halved(4, Set.of(1))) {
      PlanOf plan = new PlanOf().sampling(Sampling.SEQUENTIAL).skip().mixed();
      try (BatchLoader loader = open(TestCollection.samples(pack), plan)) {
        Copied batch = Copied.epoch(loader, 0, 0).get(0);
        assertThat(batch.labels()).containsExactly(0L, 2L, 0L);
        assertThat(batch.partners()).containsExactly(0L, 2L, 0L);
        assertThat(batch.mixing()).isBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void anEpochWithoutASampleIsAnError() throws Exception {
    try (Pack pack = halved(6, Set.of(0, 1, 2, 3, 4, 5));
        BatchLoader loader = open(TestCollection.samples(pack), new PlanOf().skip());
        Epoch epoch = loader.epoch(0, 0)) {
      assertThatThrownBy(epoch::next)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("none of its 6 records can be used");
      assertThat(loader.skipped()).isEqualTo(6);
    }
  }

  @Test
  void aPictureOfAnotherSizeThanTheIndexSaysIsABadRecord() throws Exception {
    Path file = folder.resolve("other.h5");
    Size stated = new Size(30, 30);
    try (PackWriter writer = PackWriter.open(file, Encoding.JPEG, Map.of())) {
      byte[] jpeg = TestCollection.content(Encoding.JPEG, new Size(31, 30), 1);
      writer.append(
          new ImageRecord("a.jpg", 0, stated, stated, Region.of(stated)), Bytes.copyOf(jpeg));
      writer.append(
          new ImageRecord("b.jpg", 0, stated, stated, Region.of(stated)),
          Bytes.copyOf(new byte[0]));
      writer.append(
          new ImageRecord("c.jpg", 0, stated, stated, Region.of(stated)),
          Bytes.copyOf(TestCollection.content(Encoding.JPEG, stated, 2)));
      writer.finish();
    }
    try (Pack pack = Pack.open(file);
        BatchLoader loader =
            open(TestCollection.samples(pack), new PlanOf().sampling(Sampling.SEQUENTIAL).skip())) {
      assertThat(Copied.epoch(loader, 0, 0).get(0).samples()).containsExactly(2);
      assertThat(named).containsExactly(pack.location(0), pack.location(1));
    }
  }

  @Test
  void damageAnywhereIsSkippedOrNamedAndNeverAnythingElse() throws Exception {
    SplittableRandom random = new SplittableRandom(11);
    int records = 300;
    try (Pack pack =
        TestCollection.pack(
            folder,
            Encoding.JPEG,
            records,
            jpeg -> {
              byte[] damaged = jpeg.clone();
              for (int i = random.nextInt(1, 6); i > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
              }
              return random.nextInt(3) == 0
                  ? Arrays.copyOf(damaged, random.nextInt(damaged.length))
                  : damaged;
            })) {
      Samples samples = TestCollection.samples(pack);
      Set<Integer> left = new TreeSet<>();
      try (BatchLoader loader = open(samples, new PlanOf().skip().threads(3))) {
        Copied.epoch(loader, 0, 0).forEach(batch -> left.addAll(batch.samples()));
        assertThat(left.size() + loader.skipped()).isEqualTo(records);
        assertThat(named).hasSize((int) loader.skipped());
        assertThat(loader.skipped()).isBetween(100L, 299L);
      }
      PlanOf plan = new PlanOf().sampling(Sampling.SEQUENTIAL).batch(1);
      try (BatchLoader loader = open(samples, plan)) {
        for (int record = 0; record < 60; record++) {
          try (Epoch epoch = loader.epoch(0, record)) {
            if (left.contains(record)) {
              epoch.next().orElseThrow().close();
            } else {
              assertThatThrownBy(epoch::next)
                  .isInstanceOf(InputException.class)
                  .hasMessageContaining(pack.location(record));
            }
          }
        }
      }
    }
  }
}
