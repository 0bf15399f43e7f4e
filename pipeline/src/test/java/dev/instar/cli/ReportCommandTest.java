package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.testing.SampleSweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportCommandTest {
  @TempDir private static Path shared;
  private static SampleSweep small;

  @TempDir private Path folder;

  @BeforeAll
  static void draw() throws IOException {
    small = SampleSweep.small(shared);
  }

  @Test
  void writesAPageAndTablesAndPrintsTheResults() throws IOException {
    CommandRun done = CommandRun.of("report", small.folder(), "-o", folder.resolve("r"));
    assertThat(done.err()).isEmpty();
    assertThat(done.status()).isZero();
    assertThat(done.out())
        .contains("sample: 8 cells: 8 done", "ViT-B/16", "macro top-1 (%)")
        .contains("wrote " + folder.resolve("r/index.html"));
    assertThat(folder.resolve("r/index.html")).content().contains("<svg", "data:image/jpeg");
    assertThat(folder.resolve("r/report.json")).isNotEmptyFile();
    try (var files = Files.list(folder.resolve("r"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("results-test-order.csv", "results-test-order.md", "results-test-order.tex");
    }
  }

  @Test
  void printsAllNumbersAsJson() throws IOException {
    CommandRun done =
        CommandRun.of("report", small.folder(), "-o", folder, "--json", "--pictures", 0);
    assertThat(new ObjectMapper().readTree(done.out()).isObject()).isTrue();
    assertThat(folder.resolve("index.html")).content().doesNotContain("data:image/jpeg");
  }

  /** Two reports of the same results have the same bytes: nothing in them says when or where. */
  @Test
  void makesTheSameReportAgain() throws IOException {
    CommandRun.of("report", small.folder(), "-o", folder.resolve("a"));
    CommandRun.of("report", small.folder(), "-o", folder.resolve("b"));
    try (var files = Files.list(folder.resolve("a"))) {
      assertThat(files.toList())
          .hasSizeGreaterThan(5)
          .allSatisfy(
              file ->
                  assertThat(file)
                      .hasSameBinaryContentAs(folder.resolve("b").resolve(file.getFileName())));
    }
  }

  @Test
  void leavesDamagedEvaluationsOut() throws IOException {
    SampleSweep damaged = SampleSweep.small(folder);
    Path file = damaged.report().cells().get(0).run().resolve("evaluation-test.json");
    Files.writeString(file, "{");
    CommandRun done = CommandRun.of("report", damaged.folder(), "-o", folder.resolve("r"));
    assertThat(done.status()).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(done.err()).contains("left out: " + file + " is damaged").hasLineCount(1);
    assertThat(folder.resolve("r/index.html")).exists();
  }

  @Test
  void saysWhatIsNoSweepAndNoRun() throws IOException {
    assertThat(CommandRun.of("report", folder.resolve("none"), "-o", folder).err())
        .contains("none")
        .hasLineCount(1);
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(CommandRun.of("report", file, "-o", folder).err())
        .contains(file + " is no folder; name that of a sweep or of a training");
    CommandRun empty = CommandRun.of("report", folder, "-o", folder.resolve("r"));
    assertThat(empty.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(empty.err()).contains("neither the folder of a sweep").hasLineCount(1);
    assertThat(folder.resolve("r")).doesNotExist();
  }
}
