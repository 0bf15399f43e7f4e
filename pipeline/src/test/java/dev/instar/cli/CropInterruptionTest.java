package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.crop.BoxWriter;
import dev.instar.image.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that are told to stop, or killed, while they look for insects. */
final class CropInterruptionTest {
  private static final int COUNT = 150;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"TERM, 143", "KILL, 137"})
  void theSameCommandContinuesAndEndsWithTheBytesOfACalmRun(String signal, int status)
      throws Exception {
    Path photos = Photographs.folder(folder.resolve("photos"), COUNT, new Size(640, 480));
    Path calm = Files.createDirectory(folder.resolve("calm")).resolve("boxes.csv");
    Path target = Files.createDirectory(folder.resolve("stopped")).resolve("boxes.csv");
    CommandRun whole = CommandRun.of("crop", photos, "-o", calm);
    assertThat(whole.status()).as(whole.err()).isEqualTo(ExitStatus.QUARANTINED);

    Process child =
        CommandRun.start(folder, Map.of(), "crop", photos, "-o", target, "--threads", 1);
    while (child.isAlive() && !Files.exists(BoxWriter.unfinished(target))) {
      Thread.sleep(1);
    }
    new ProcessBuilder("kill", "-" + signal, String.valueOf(child.pid())).start().waitFor();
    CommandRun stopped = CommandRun.end(child, folder);
    assertThat(stopped.status()).as(stopped.err()).isEqualTo(status);
    assertThat(target).doesNotExist();

    CommandRun rest = CommandRun.of("crop", photos, "-o", target);
    assertThat(rest.status()).as(rest.err()).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(Photographs.files(target.getParent()))
        .isEqualTo(Photographs.files(calm.getParent()));
  }
}
