package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.convert.Quarantine;
import dev.instar.image.Size;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Processes that are killed or told to stop while they convert: what the same command makes of it
 * later equals what an undisturbed run makes.
 */
final class ConvertInterruptionTest {
  private static final int COUNT = 120;
  private static final int KILLED = 128 + 9;

  @TempDir Path folder;
  private Path photos;

  @BeforeEach
  void draw() throws Exception {
    photos = Photographs.folder(folder.resolve("photos"), COUNT, new Size(1400, 1050));
  }

  @ParameterizedTest
  @Tag("slow")
  @CsvSource({"out.h5, pack", "out.zip, zip", "out, folder", "out.h5, bioscan"})
  void killedRunsLeaveNothingThatTheLastOneDoesNotMend(String name, String layout)
      throws Exception {
    Path calm = Files.createDirectory(folder.resolve("calm"));
    Path killed = Files.createDirectory(folder.resolve("killed"));
    CommandRun whole =
        CommandRun.of("convert", photos, "-o", calm.resolve(name), "--layout", layout);
    assertThat(whole.status()).as(whole.err()).isEqualTo(ExitStatus.QUARANTINED);
    long bytes = bytesBelow(calm);

    Random random = new Random(layout.hashCode());
    int kills = 0;
    for (int attempt = 0; attempt < 5; attempt++) {
      Process child = start(killed.resolve(name), layout);
      // Runs that continue begin with what is there, so each is let come further than the last.
      waitFor(child, killed, (long) (bytes * (attempt + random.nextDouble()) / 5.5));
      child.destroyForcibly();
      kills += child.waitFor() == KILLED ? 1 : 0;
    }
    assertThat(kills).as("runs killed before they had finished").isGreaterThanOrEqualTo(2);

    CommandRun last =
        CommandRun.of("convert", photos, "-o", killed.resolve(name), "--layout", layout);
    assertThat(last.status()).as(last.err()).isEqualTo(ExitStatus.QUARANTINED);
    if (layout.equals("bioscan")) {
      assertThat(Photographs.records(killed.resolve(name)))
          .containsExactlyEntriesOf(Photographs.records(calm.resolve(name)));
      assertThat(Photographs.files(killed).keySet()).isEqualTo(Photographs.files(calm).keySet());
    } else {
      Map<String, String> found = Photographs.files(killed);
      assertThat(found).containsExactlyEntriesOf(Photographs.files(calm));
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "USR1, 75"})
  void signalsEndTheRunBetweenTwoPicturesAndTheSameCommandContinues(String signal, int status)
      throws Exception {
    Path calm = folder.resolve("calm.h5");
    Path target = folder.resolve("out.h5");
    CommandRun whole = CommandRun.of("convert", photos, "-o", calm);
    assertThat(whole.status()).as(whole.err()).isEqualTo(ExitStatus.QUARANTINED);

    Path partial = folder.resolve("out.h5.partial");
    Process child = start(target, "pack");
    while (child.isAlive() && size(partial) < Files.size(calm) / 20) {
      Thread.sleep(1);
    }
    new ProcessBuilder("kill", "-" + signal, String.valueOf(child.pid())).start().waitFor();
    CommandRun stopped = CommandRun.end(child, folder);

    assertThat(stopped.status()).as(stopped.err()).isEqualTo(status);
    assertThat(stopped.err()).contains("instar: stopping after the pictures in work");
    assertThat(stopped.out()).contains("not finished; the same command continues", "written");
    assertThat(target).doesNotExist();

    CommandRun rest = CommandRun.of("convert", photos, "-o", target);
    assertThat(rest.status()).as(rest.err()).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(rest.out()).doesNotContain("already there 0");
    assertThat(target).hasSameBinaryContentAs(calm);
    try (Quarantine now = Quarantine.open(target);
        Quarantine before = Quarantine.open(calm)) {
      assertThat(new HashSet<>(now.entries())).isEqualTo(new HashSet<>(before.entries()));
    }
  }

  @Test
  void twoRunsAtOnceCannotHaveTheSameOutput() throws Exception {
    Path target = folder.resolve("out.h5");
    Process first = start(target, "pack");
    while (first.isAlive() && size(folder.resolve("out.h5.partial")) == 0) {
      Thread.sleep(1);
    }
    CommandRun second = CommandRun.of("convert", photos, "-o", target);
    CommandRun overwriting = CommandRun.of("convert", photos, "-o", target, "--overwrite");
    CommandRun end = CommandRun.end(first, folder);

    for (CommandRun late : new CommandRun[] {second, overwriting}) {
      assertThat(late.status()).isEqualTo(ExitStatus.FAILED);
      assertThat(late.err()).contains("is being written by another run").hasLineCount(1);
    }
    assertThat(end.status()).as(end.err()).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(Photographs.records(target)).hasSize(COUNT);
  }

  private Process start(Path target, String layout) throws IOException {
    return CommandRun.start(
        folder, Map.of(), "convert", photos, "-o", target, "--layout", layout, "--threads", 1);
  }

  private static void waitFor(Process child, Path where, long bytes)
      throws IOException, InterruptedException {
    while (bytesBelow(where) < bytes && !child.waitFor(1, TimeUnit.MILLISECONDS)) {
      Thread.onSpinWait();
    }
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static long bytesBelow(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.isDirectory(file) ? 0 : size(file);
      }
    } catch (UncheckedIOException e) {
      return bytes; // a file was renamed while we looked
    }
    return bytes;
  }
}
