package dev.instar.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.pack.Samples.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackRecoveryTest {
  @TempDir(factory = FastFolder.class)
  Path folder;

  private final List<Sample> samples = Samples.random(4, 60, 7);
  private Path target;
  private Path partial;

  @BeforeEach
  void name() {
    target = folder.resolve("a.h5");
    partial = folder.resolve("a.h5.partial");
  }

  @Test
  void continuesFromEveryLengthAsIfNeverInterrupted() throws IOException {
    byte[] whole = finished();
    byte[] log = unfinished();
    for (int length = 0; length <= log.length; length += length < PackLog.START - 4 ? 101 : 1) {
      continueFrom(Arrays.copyOf(log, length));
      assertThat(Files.readAllBytes(target)).as("cut at %d", length).isEqualTo(whole);
    }
  }

  @Test
  void continuesWhereTheLastBytesWereNeverWritten() throws IOException {
    byte[] whole = finished();
    byte[] log = unfinished();
    ByteBuffer.wrap(log).put(512, new byte[12]);
    for (int length = PackLog.START; length <= log.length; length += 3) {
      continueFrom(Arrays.copyOf(Arrays.copyOf(log, length), log.length + 50));
      assertThat(Files.readAllBytes(target)).as("zeros from %d", length).isEqualTo(whole);
    }
  }

  @Test
  void continuesFromAnIndexThatWasNotYetWhole() throws IOException {
    byte[] whole = finished();
    byte[] sealed = whole.clone();
    Arrays.fill(sealed, 0, Superblock.LENGTH, (byte) 0);
    int log = unfinished().length;
    for (int length = log; length <= sealed.length; length += 41) {
      continueFrom(Arrays.copyOf(sealed, length));
      assertThat(Files.readAllBytes(target)).as("cut at %d", length).isEqualTo(whole);
    }
    continueFrom(sealed);
    assertThat(Files.readAllBytes(target)).isEqualTo(whole);
  }

  @Test
  void dropsARecordWhoseBytesAreNotWhatWasWritten() throws IOException {
    byte[] whole = finished();
    byte[] log = unfinished();
    ByteBuffer.wrap(log).put(512, new byte[12]);
    for (int at = PackLog.START; at < log.length; at++) {
      byte[] damaged = log.clone();
      damaged[at] ^= 0x10;
      continueFrom(damaged);
      assertThat(Files.readAllBytes(target)).as("bit at %d", at).isEqualTo(whole);
    }
  }

  @Test
  void commitsAndReopeningsLeaveNoTrace() throws IOException {
    byte[] whole = finished();
    Files.delete(target);
    for (int i = 0; i < samples.size(); i++) {
      try (PackWriter writer = open()) {
        assertThat(writer.size()).isEqualTo(i);
        Samples.appendTo(writer, samples.subList(0, i + 1));
        writer.commit();
      }
    }
    try (PackWriter writer = open()) {
      writer.finish();
    }
    assertThat(Files.readAllBytes(target)).isEqualTo(whole);
  }

  @Test
  void anInterruptedAppendLeavesTheOldPackReadableAndCanBeContinued() throws IOException {
    List<Sample> old = samples.subList(0, 2);
    byte[] before = Files.readAllBytes(Samples.pack(target, old));
    byte[] after = Files.readAllBytes(Samples.pack(target, samples));
    byte[] interrupted = after.clone();
    System.arraycopy(before, 0, interrupted, 0, Superblock.LENGTH);
    for (int length = before.length; length <= after.length; length += 7) {
      Files.write(target, Arrays.copyOf(interrupted, length));
      PackRoundTripTest.assertHolds(target, old);
      assertThat(Files.readAllBytes(Samples.pack(target, samples)))
          .as("cut at %d", length)
          .isEqualTo(after);
    }
    PackRoundTripTest.assertHolds(target, samples);
  }

  @Test
  void readersOfTheOldPackAreNotDisturbedByAnAppend() throws IOException {
    Samples.pack(target, samples.subList(0, 2));
    try (Pack old = Pack.open(target)) {
      Samples.pack(target, samples);
      assertThat(old.size()).isEqualTo(2);
      assertThat(old.verify(0)).isTrue();
      assertThat(old.bytes(1).toArray()).isEqualTo(samples.get(1).content());
    }
  }

  @Test
  void anAppendOfNothingLeavesThePackAsItIs() throws IOException {
    byte[] before = finished();
    Samples.pack(target, samples);
    assertThat(Files.readAllBytes(target)).isEqualTo(before);
  }

  @Test
  void appendedAttributesAreAddedToThoseOfThePack() throws IOException {
    Samples.pack(target, samples.subList(0, 3));
    try (PackWriter writer =
        PackWriter.open(target, Encoding.JPEG, Map.of("license", "CC0", "more", "yes"))) {
      Samples.appendTo(writer, samples);
      writer.finish();
    }
    try (Pack pack = Pack.open(target)) {
      assertThat(pack.attributes())
          .containsEntry("license", "CC0")
          .containsEntry("more", "yes")
          .containsEntry("copyright", Samples.ATTRIBUTES.get("copyright"));
    }
  }

  @Test
  void refusesASecondWriter() throws IOException {
    try (PackWriter first = open()) {
      Samples.appendTo(first, samples);
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is being written by another");
      first.finish();
    }
    try (PackWriter first = open()) {
      assertThat(first.size()).isEqualTo(samples.size());
      assertThatThrownBy(this::open).hasMessageContaining("is being written by another");
    }
  }

  @Test
  void refusesAnotherEncodingAndLeavesThePackAsItIs() throws IOException {
    byte[] log = unfinished();
    Files.write(partial, log);
    assertThatThrownBy(() -> PackWriter.open(target, Encoding.RAW, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not hold raw records");
    assertThat(Files.readAllBytes(partial)).isEqualTo(log);
  }

  @Test
  void refusesToOverwriteWhatIsNoPack() throws IOException {
    byte[] letter = "Dear Sir or Madam".repeat(500).getBytes(StandardCharsets.US_ASCII);
    Files.write(target, letter);
    assertThatThrownBy(this::open).hasMessageContaining("cannot be appended to");
    assertThat(Files.readAllBytes(target)).isEqualTo(letter);
    Files.delete(target);
    Files.write(partial, letter);
    assertThatThrownBy(this::open).hasMessageContaining("is not a pack");
    assertThat(Files.readAllBytes(partial)).isEqualTo(letter);
  }

  @Test
  void aPackThatIsNotFinishedIsNotOpened() throws IOException {
    Files.write(partial, unfinished());
    assertThatThrownBy(() -> Pack.open(target)).hasMessageContaining("is not finished yet");
    assertThatThrownBy(() -> Pack.open(partial)).isInstanceOf(IOException.class);
  }

  @Test
  void refusesRecordsThatCannotBeKept() throws IOException {
    try (PackWriter writer = open()) {
      Samples.appendTo(writer, samples);
      Sample first = samples.get(0);
      assertThatThrownBy(() -> writer.append(first.record(), Bytes.copyOf(first.content())))
          .hasMessageContaining("is already in");
      Size size = new Size(2, 2);
      ImageRecord climbing = new ImageRecord("../x.jpg", 0, size, size, Region.of(size));
      assertThatThrownBy(() -> writer.append(climbing, Bytes.copyOf(new byte[3])))
          .isInstanceOf(UnsafeNameException.class);
    }
    assertThatThrownBy(() -> PackWriter.open(target, Encoding.JPEG, Map.of("format", "x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PackWriter.open(folder.resolve("no/a.h5"), Encoding.JPEG, Map.of()))
        .hasMessageContaining("does not exist");
  }

  private PackWriter open() throws IOException {
    return PackWriter.open(target, Encoding.JPEG, Samples.ATTRIBUTES);
  }

  private byte[] finished() throws IOException {
    return Files.readAllBytes(Samples.pack(target, samples));
  }

  /** The committed log of all samples, without the end of a pack. */
  private byte[] unfinished() throws IOException {
    Files.deleteIfExists(target);
    Files.deleteIfExists(partial);
    try (PackWriter writer = open()) {
      Samples.appendTo(writer, samples);
      writer.commit();
    }
    byte[] log = Files.readAllBytes(partial);
    Files.delete(partial);
    return log;
  }

  private void continueFrom(byte[] bytes) throws IOException {
    Files.deleteIfExists(target);
    Files.write(partial, bytes);
    Samples.pack(target, samples);
  }
}
