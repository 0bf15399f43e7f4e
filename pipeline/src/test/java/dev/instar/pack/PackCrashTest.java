package dev.instar.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.instar.memory.Bytes;
import dev.instar.pack.Samples.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers that are killed, and disks that are full. */
final class PackCrashTest {
  private static final int RECORDS = 3000;

  @TempDir(factory = FastFolder.class)
  Path folder;

  @Test
  void aKilledWriterIsContinuedAsIfItHadNotBeenKilled() throws Exception {
    Path straight = Samples.pack(folder.resolve("straight.h5"), samples());
    Path target = folder.resolve("killed.h5");
    Path partial = Publication.partialOf(target);
    long step = Files.size(straight) / 5;
    for (int kill = 1; kill <= 3; kill++) {
      Process child = start(target);
      while (child.isAlive() && (!Files.exists(partial) || Files.size(partial) < kill * step)) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      child.destroyForcibly().waitFor();
      assertThat(target).doesNotExist();
    }
    try (PackWriter writer = PackWriter.open(target, Encoding.JPEG, Samples.ATTRIBUTES)) {
      assertThat(writer.size()).isPositive();
    }
    assertThat(start(target).waitFor()).isZero();
    assertThat(target).hasSameBinaryContentAs(straight);
  }

  @Test
  void aWriterInAnotherProcessIsRefused() throws Exception {
    Path target = folder.resolve("a.h5");
    try (PackWriter writer = PackWriter.open(target, Encoding.JPEG, Samples.ATTRIBUTES)) {
      assertThat(writer.size()).isZero();
      assertThat(start(target).waitFor()).isEqualTo(1);
    }
    assertThat(start(target).waitFor()).isZero();
  }

  @Test
  void aFullDiskIsOneClearErrorAndTheRestIsKept() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString())
            .start();
    assumeTrue(mount.waitFor() == 0, "no small file system could be mounted here");
    try {
      List<Sample> samples = Samples.random(200, 5000, 5);
      Path target = small.resolve("a.h5");
      int kept;
      try (PackWriter writer = PackWriter.open(target, Encoding.JPEG, Samples.ATTRIBUTES)) {
        assertThatThrownBy(() -> Samples.appendTo(writer, samples))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("could not be written")
            .hasMessageContaining("No space left on device");
        kept = writer.size();
        assertThat(kept).isBetween(20, 199);
      }
      Path moved = folder.resolve("a.h5");
      Files.copy(Publication.partialOf(target), Publication.partialOf(moved));
      try (PackWriter writer = PackWriter.open(moved, Encoding.JPEG, Samples.ATTRIBUTES)) {
        assertThat(writer.size()).isEqualTo(kept);
        assertThat(writer.discardedBytes()).isZero();
      }
      Path whole = Samples.pack(folder.resolve("whole.h5"), samples);
      assertThat(Samples.pack(moved, samples)).hasSameBinaryContentAs(whole);
    } finally {
      new ProcessBuilder("umount", small.toString()).start().waitFor();
    }
  }

  private static List<Sample> samples() {
    return Samples.random(RECORDS, 4000, 99);
  }

  private Process start(Path target) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    return new ProcessBuilder(
            java, "-cp", classes, PackCrashTest.class.getName(), target.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /**
   * The child process: appends what is missing, with commits at other places each time, then
   * finishes.
   */
  public static void main(String[] arguments) throws IOException {
    try (PackWriter writer =
        PackWriter.open(Path.of(arguments[0]), Encoding.JPEG, Samples.ATTRIBUTES)) {
      for (Sample sample : samples()) {
        if (!writer.contains(sample.record().name())) {
          writer.append(sample.record(), Bytes.copyOf(sample.content()));
          if (writer.size() % 77 == 0) {
            writer.commit();
          }
        }
      }
      writer.finish();
    }
  }
}
