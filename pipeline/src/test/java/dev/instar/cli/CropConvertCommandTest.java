package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.crop.BoxRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CropConvertCommandTest {
  @TempDir private Path folder;

  @Test
  void writesTheFormOfTheEnding() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("a.csv"), "file,x,y,w,h\na.jpg,1,2,3,4\na.jpg,5,6,7,8\nb.jpg,,,,\n");
    Path coco = folder.resolve("a.json");
    CommandRun run = CommandRun.of("crop", "convert", csv, "-o", coco);
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).isEqualTo(coco + ": 2 photographs, 2 boxes\n");
    assertThat(BoxRecords.read(coco)).isEqualTo(BoxRecords.read(csv));
    assertThat(
            CommandRun.of("crop", "convert", coco, "-o", folder.resolve("b.tsv"), "--json").out())
        .contains("\"boxes\":1,\"left_out\":1");
  }

  @Test
  void leavesNothingWhereTheInputIsBad() throws IOException {
    Path csv = Files.writeString(folder.resolve("a.csv"), "file,x,y,w,h\na.jpg,1,2,3\n");
    CommandRun bad = CommandRun.of("crop", "convert", csv, "-o", folder.resolve("a.json"));
    assertThat(bad.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(bad.err()).contains("a.csv:2: h is ''");
    Path same =
        Files.writeString(
            folder.resolve("b.csv"), "file,x,y,w,h\np/a.jpg,1,2,3,4\nq/a.jpg,1,2,3,4\n");
    CommandRun ambiguous = CommandRun.of("crop", "convert", same, "-o", folder.resolve("b.tsv"));
    assertThat(ambiguous.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(ambiguous.err()).contains("q/a.jpg has the process id of another one");
    assertThat(CommandRun.of("crop", "convert", csv, "-o", folder.resolve("a.xml")).status())
        .isEqualTo(ExitStatus.USAGE);
    assertThat(folder).isDirectoryNotContaining("glob:**.{json,tsv,xml}");
  }
}
