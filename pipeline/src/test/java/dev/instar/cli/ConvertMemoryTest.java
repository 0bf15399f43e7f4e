package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much memory a whole process takes for large photographs. */
final class ConvertMemoryTest {
  private static final int COUNT = 42;
  private static final long GIGABYTE_IN_KB = 1_000_000_000L / 1024;
  private static final Path PROC = Path.of("/proc");

  @TempDir Path folder;

  @Test
  @Tag("slow")
  void twoThreadsStayBelowAGigabyteWhateverTheFormat() throws Exception {
    assumeTrue(Files.exists(PROC.resolve("self/status")), "memory is read from /proc");
    Path photos = Files.createDirectory(folder.resolve("photos"));
    BufferedImage large =
        Photographs.picture(
            6000, 4000, (x, y) -> (x >> 5 & 0xff) << 16 | (y >> 4 & 0xff) << 8 | (x * y >> 9 & 31));
    Files.write(photos.resolve("baseline0.jpg"), Photographs.jpeg(large, 0.9f, false));
    Files.write(photos.resolve("progressive0.jpg"), Photographs.jpeg(large, 0.9f, true));
    Photographs.png(photos.resolve("lossless0.png"), large);
    for (int i = 1; i < COUNT / 3; i++) {
      for (String name : new String[] {"baseline0.jpg", "progressive0.jpg", "lossless0.png"}) {
        Files.createLink(
            photos.resolve(name.replace("0", String.valueOf(i))), photos.resolve(name));
      }
    }

    Process child =
        CommandRun.start(
            folder, Map.of(), "convert", photos, "-o", folder.resolve("out.h5"), "--threads", 2);
    long peak = 0;
    while (child.isAlive()) {
      peak = Math.max(peak, peakOf(child.pid()));
      Thread.sleep(20);
    }
    CommandRun run = CommandRun.end(child, folder);

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(Photographs.records(folder.resolve("out.h5"))).hasSize(COUNT);
    assertThat(peak).as("kB resident at most").isPositive().isLessThan(GIGABYTE_IN_KB);
  }

  /** The largest resident size of a process so far, in kB; 0 once it has ended. */
  private static long peakOf(long process) {
    try (Stream<String> lines = Files.lines(PROC.resolve(process + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }
}
