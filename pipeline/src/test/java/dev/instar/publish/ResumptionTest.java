package dev.instar.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ResumptionTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000);

  @TempDir private Path folder;

  /** Asks to stop after some records. */
  private static final class StopAfter implements Watch {
    private final long records;
    private long done;

    StopAfter(long records) {
      this.records = records;
    }

    @Override
    public boolean stopRequested() {
      return done >= records;
    }

    @Override
    public void begin(long total) {}

    @Override
    public void progress(long written, long refused, long bytes) {
      done = written + refused;
    }

    @Override
    public void end() {}
  }

  private Fixture fixture() throws IOException {
    return new Fixture(folder).many(60).experiment("small_insect_order").shardBytes(6000);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HUGGINGFACE", "WEBDATASET", "IMAGEFOLDER"})
  void aRunThatIsStoppedAgainAndAgainEndsAsOneThatIsNot(Format format) throws IOException {
    Fixture fixture = fixture().as(format, Format.CROISSANT).given("name", "Sixty");
    Path straight = folder.resolve("straight");
    fixture.publish(fixture.pack, straight, Watch.NOBODY);
    int runs = 0;
    for (int records = 7;
        !fixture.publish(fixture.pack, fixture.out, new StopAfter(records)).finished();
        records += 11) {
      assertThat(fixture.out.resolve("README.md")).doesNotExist();
      assertThat(files(fixture.out)).noneMatch(file -> file.toString().endsWith(".partial"));
      runs++;
    }
    assertThat(runs).isGreaterThan(3);
    assertThat(files(fixture.out)).isEqualTo(files(straight));
    for (Path file : files(straight)) {
      assertThat(fixture.out.resolve(file)).hasSameBinaryContentAs(straight.resolve(file));
    }
  }

  @Test
  void keepsFinishedShardsWithTheRightChecksumAndWritesDamagedOnesAgain() throws IOException {
    Fixture fixture = fixture();
    List<Shard> shards = fixture.publish().shards();
    Path kept = fixture.out.resolve(shards.get(0).file());
    Path damaged = fixture.out.resolve(shards.get(1).file());
    Path gone = fixture.out.resolve(shards.get(2).file());
    byte[] right = Files.readAllBytes(damaged);
    Files.setLastModifiedTime(kept, LONG_AGO);
    byte[] wrong = right.clone();
    wrong[wrong.length / 2] ^= 1;
    Files.write(damaged, wrong);
    Files.delete(gone);
    assertThat(fixture.publish().shards()).isEqualTo(shards);
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(LONG_AGO);
    assertThat(damaged).hasBinaryContent(right);
    assertThat(gone).exists();
  }

  @Test
  void refusesToMixTwoPublicationsAndReplacesOneWhenAsked() throws IOException {
    Fixture fixture = fixture();
    List<Shard> before = fixture.publish().shards();
    fixture.shardBytes(1 << 30);
    assertThatThrownBy(fixture::publish)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--overwrite");
    Path outside = Files.writeString(folder.resolve("outside"), "stays");
    Path index = fixture.out.resolve("shards.json");
    Files.writeString(index, Files.readString(index).replace(before.get(1).file(), "../outside"));
    List<Shard> after = fixture.overwrite().publish().shards();
    assertThat(after).hasSize(3);
    assertThat(fixture.out.resolve(before.get(0).file())).doesNotExist();
    assertThat(outside).exists();
  }

  @Test
  void aChangedTableIsAnotherPublication() throws IOException {
    Fixture fixture = fixture();
    fixture.publish();
    Files.writeString(fixture.table, Files.readString(fixture.table).replace("S7\t", "S77\t"));
    assertThatThrownBy(fixture::publish).hasMessageContaining("other records or settings");
  }

  @Test
  void refusesAFolderThatSomeoneElseWritesTo() throws IOException {
    Fixture fixture = fixture();
    Files.createDirectories(fixture.out);
    try (FileChannel other =
        FileChannel.open(
            fixture.out.resolve(".publishing"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      assertThat(other.lock().isValid()).isTrue();
      assertThatThrownBy(fixture::publish).hasMessageContaining("being written by another");
    }
  }
}
