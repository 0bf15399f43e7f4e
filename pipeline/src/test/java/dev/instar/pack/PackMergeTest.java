package dev.instar.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.pack.Samples.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackMergeTest {
  @TempDir(factory = FastFolder.class)
  Path folder;

  private final List<Sample> samples = Samples.random(30, 500, 11);
  private Path first;
  private Path second;
  private Path all;

  @BeforeEach
  void write() throws IOException {
    first = Samples.pack(folder.resolve("1.h5"), samples.subList(0, 12));
    second = Samples.pack(folder.resolve("2.h5"), samples.subList(12, 30));
    all = folder.resolve("all.h5");
  }

  @Test
  void aVirtualPackHasTheRecordsOfItsShardsInTheirOrder() throws IOException {
    merge(List.of(first, second), false);
    PackRoundTripTest.assertHolds(all, samples);
    assertThat(Files.size(all)).isLessThan(20_000);
  }

  @Test
  void virtualPacksCanBeMergedAgain() throws IOException {
    merge(List.of(first), false);
    Path nested = folder.resolve("nested.h5");
    try (PackMerge merge = PackMerge.of(List.of(all, second))) {
      merge.writeVirtual(nested, Map.of());
    }
    PackRoundTripTest.assertHolds(nested, samples);
  }

  @Test
  void aCopyIsThePackThatOneRunWouldHaveWritten() throws IOException {
    merge(List.of(first, second), true);
    Path direct = Samples.pack(folder.resolve("direct.h5"), samples);
    assertThat(all).hasSameBinaryContentAs(direct);
  }

  @Test
  void refusesAShardThatWasCutShortAfterTheMerge() throws IOException {
    merge(List.of(first, second), false);
    byte[] shard = Files.readAllBytes(second);
    Files.write(second, Arrays.copyOf(shard, shard.length / 2));
    assertThatThrownBy(() -> Pack.open(all)).isInstanceOf(IOException.class);
    Files.delete(second);
    assertThatThrownBy(() -> Pack.open(all)).isInstanceOf(IOException.class);
  }

  @Test
  void refusesANameThatIsInTwoShards() throws IOException {
    Path again = Samples.pack(folder.resolve("3.h5"), samples.subList(5, 6));
    assertThatThrownBy(() -> PackMerge.of(List.of(first, second, again)))
        .hasMessageContaining(samples.get(5).record().name())
        .hasMessageContaining("3.h5");
  }

  @Test
  void refusesDifferentEncodings() throws IOException {
    Path raw = folder.resolve("raw.h5");
    try (PackWriter writer = PackWriter.open(raw, Encoding.RAW, Map.of())) {
      writer.finish();
    }
    assertThatThrownBy(() -> PackMerge.of(List.of(first, raw))).hasMessageContaining("raw.h5");
  }

  @Test
  void aCopyRefusesARecordWhoseChecksumDoesNotMatch() throws IOException {
    byte[] bytes = Files.readAllBytes(second);
    long offset;
    try (Pack pack = Pack.open(second)) {
      offset = PackLog.START + pack.table().offset(3);
    }
    bytes[(int) offset] ^= 1;
    Files.write(second, bytes);
    assertThatThrownBy(() -> merge(List.of(first, second), true))
        .hasMessageContaining(samples.get(15).record().name())
        .hasMessageContaining("checksum");
  }

  @Test
  void aCopyThatWasToldToStopIsContinued() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (PackMerge merge = PackMerge.of(List.of(first, second))) {
      assertThat(merge.copy(all, Map.of(), () -> asked.incrementAndGet() == 2)).isFalse();
      assertThat(all).doesNotExist();
      assertThat(merge.copy(all, Map.of(), () -> false)).isTrue();
    }
    Path calm = all.resolveSibling("calm.h5");
    try (PackMerge merge = PackMerge.of(List.of(first, second))) {
      assertThat(merge.copy(calm, Map.of(), () -> false)).isTrue();
    }
    assertThat(all).hasSameBinaryContentAs(calm);
  }

  @Test
  void aVirtualPackCannotBeAppendedTo() throws IOException {
    merge(List.of(first, second), false);
    assertThatThrownBy(() -> PackWriter.open(all, Encoding.JPEG, Map.of()))
        .hasMessageContaining("cannot be appended to");
  }

  private void merge(List<Path> shards, boolean copy) throws IOException {
    try (PackMerge merge = PackMerge.of(shards)) {
      if (copy) {
        assertThat(merge.copy(all, Map.of(), () -> false)).isTrue();
      } else {
        merge.writeVirtual(all, Map.of());
      }
    }
  }
}
