package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.instar.image.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk without room, which takes root to make. */
final class ConvertDiskFullTest {
  private static final int COUNT = 40;

  @TempDir Path folder;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()),
        "mounting a small tmpfs takes root");
  }

  @AfterEach
  void unmount() throws Exception {
    // Lazily: a mapped file keeps it busy until its buffer is collected as garbage.
    run("umount", "--lazy", disk.toString());
  }

  @ParameterizedTest
  @CsvSource({"out.h5, pack", "out.zip, zip", "out, folder", "out.h5, bioscan"})
  void endsARunInOneLineAndTheSameCommandCompletesWhenThereIsRoom(String name, String layout)
      throws Exception {
    Path photos = Photographs.folder(folder.resolve("photos"), COUNT, new Size(400, 300));
    Path calm = folder.resolve("calm-" + name);
    assertThat(CommandRun.of("convert", photos, "-o", calm, "--layout", layout).status())
        .isEqualTo(ExitStatus.QUARANTINED);
    Path filler = Files.write(disk.resolve("filler"), new byte[(2 << 20) - (120 << 10)]);
    Path target = disk.resolve(name);

    CommandRun full = CommandRun.of("convert", photos, "-o", target, "--layout", layout);
    assertThat(full.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(full.err()).startsWith("instar: ").contains("No space left").hasLineCount(1);
    assertThat(full.out()).isEmpty();
    if (!layout.equals("folder")) {
      assertThat(target).doesNotExist();
    }

    Files.delete(filler);
    CommandRun rest = CommandRun.of("convert", photos, "-o", target, "--layout", layout);
    assertThat(rest.status()).as(rest.err()).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(Photographs.records(target))
        .hasSize(COUNT)
        .containsExactlyEntriesOf(Photographs.records(calm));
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }
}
