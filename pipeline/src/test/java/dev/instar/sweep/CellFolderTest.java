package dev.instar.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CellFolderTest {
  private static final Holder HOLDER =
      new Holder("node1", "boot", 12, "34", "5_6", 1, Instant.parse("2024-02-29T12:00:00.5Z"));

  @TempDir Path path;
  private CellFolder folder;

  @BeforeEach
  void open() {
    folder = new CellFolder(path);
  }

  private static Cell cell(String name) {
    return new Cell(
        name,
        Map.of("seed", "1"),
        Path.of("/pack.h5"),
        Path.of("/split.tsv"),
        "fold",
        "order",
        "resnet18",
        Optional.empty(),
        "paper",
        List.of(),
        1);
  }

  @Test
  void itsFilesSayWhereItStands() throws Exception {
    Cell cell = cell("a");
    assertThat(new CellFolder(path.resolve("none")).state(cell)).isEqualTo(CellState.PENDING);
    assertThat(folder.state(cell)).isEqualTo(CellState.PENDING);
    try (Lease lease = Lease.take(path).orElseThrow()) {
      folder.begin(lease.holder());
      assertThat(folder.state(cell)).isEqualTo(CellState.RUNNING);
    }
    assertThat(folder.state(cell)).isEqualTo(CellState.INTERRUPTED);
    folder.fail("it broke", "", 1);
    assertThat(folder.state(cell)).isEqualTo(CellState.FAILED);
    folder.forgetFailure();
    assertThat(folder.state(cell)).isEqualTo(CellState.INTERRUPTED);
    folder.fail("it broke", "", 1);
    folder.write(SmallSweep.result(cell));
    assertThat(folder.state(cell)).isEqualTo(CellState.DONE);
    assertThat(folder.failure()).isEmpty();
  }

  @Test
  void aResultOfAnotherCellOrADamagedOneCountsForNothing() throws Exception {
    folder.write(SmallSweep.result(cell("b")));
    assertThat(folder.state(cell("a"))).isEqualTo(CellState.INTERRUPTED);
    assertThat(folder.state(cell("b"))).isEqualTo(CellState.DONE);
    byte[] whole = Files.readAllBytes(path.resolve("result.json"));
    for (int length : new int[] {0, 1, whole.length / 2, whole.length - 3}) {
      Files.write(path.resolve("result.json"), java.util.Arrays.copyOf(whole, length));
      assertThat(folder.state(cell("b"))).isEqualTo(CellState.INTERRUPTED);
    }
  }

  @Test
  void aResultIsReadAsItWasWritten() throws Exception {
    CellResult result = SmallSweep.result(cell("a"));
    folder.write(result);
    assertThat(folder.result()).contains(result);
    assertThat(path.resolve("result.json"))
        .content()
        .contains("\"split_column\" : \"fold\"", "\"macro_f1\" : 0.3333333333333333");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"format\" : 1', '\"format\" : 2', newer version",
    "'\"records\" : 80', '\"records\" : null', damaged",
    "'\"records\" : 80,', '', damaged",
    "'\"top1\"', '\"top7\"', damaged",
    "'\"cell\"', '\"kell\"', damaged",
  })
  void aResultOfAnotherFormIsRefusedByName(String old, String changed, String sentence)
      throws Exception {
    folder.write(SmallSweep.result(cell("a")));
    Path file = path.resolve("result.json");
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, changed));

    assertThatThrownBy(folder::result)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(sentence);
  }

  @Test
  void attemptsAreToldWithTheirEndsThoughALineIsTorn() throws Exception {
    folder.begin(HOLDER);
    folder.end(75);
    folder.begin(HOLDER);
    Path log = path.resolve("attempts.jsonl");
    Files.writeString(log, "{\"ended\": {\"sta", StandardOpenOption.APPEND);
    folder.begin(HOLDER);
    folder.fail("it broke", "here", 1);

    List<CellAttempt> attempts = folder.attempts();
    assertThat(attempts).extracting(CellAttempt::begun).containsExactly(HOLDER, HOLDER, HOLDER);
    assertThat(attempts.get(0).end().orElseThrow().status()).isEqualTo(75);
    assertThat(attempts.get(1).end()).isEmpty();
    assertThat(attempts).extracting(CellAttempt::failed).containsExactly(false, false, true);
  }

  @Test
  void aFailureSaysHowOftenItWasTried() throws Exception {
    for (int times = 1; times <= 3; times++) {
      folder.forgetFailure();
      folder.begin(HOLDER);
      folder.fail("it broke", "trace", 1);
      assertThat(folder.failure().orElseThrow().attempts()).isEqualTo(times);
    }
    CellFailure failure = folder.failure().orElseThrow();
    assertThat(failure.message()).isEqualTo("it broke");
    assertThat(failure.host()).isEqualTo(LocalProcesses.HOST);
  }

  @Test
  void progressIsThatOfTheLastLines() throws Exception {
    assertThat(folder.progress()).isEmpty();
    Files.createDirectory(folder.run());
    Path history = folder.run().resolve("history.jsonl");
    StringBuilder lines = new StringBuilder();
    for (int step = 50; step <= 10_000; step += 50) {
      lines.append(line("step", step, step / 1000, step / 20_000.0));
      if (step % 1000 == 0) {
        lines.append(line("epoch", step, step / 1000 - 1, step / 20_000.0));
      }
    }
    lines.append(line("step", 10_050, 10, 0.5025)).append("{\"kind\":\"st");
    Files.writeString(history, lines);

    CellProgress progress = folder.progress().orElseThrow();
    assertThat(progress.epoch()).isEqualTo(10);
    assertThat(progress.epochs()).isEqualTo(20);
    assertThat(progress.done()).isEqualTo(0.5025);
    assertThat(progress.seconds()).isEqualTo(1005);
    assertThat(progress.imagesPerSecond()).isEqualTo(80);
    assertThat(progress.top1()).isEqualTo(0.625);
  }

  private static String line(String kind, int step, int epoch, double done) {
    return "{\"kind\":\"%s\",\"step\":%d,\"epoch\":%d,\"epochs\":20,\"done\":%s,\"seconds\":%s,%s}\n"
        .formatted(
            kind,
            step,
            epoch,
            done,
            step / 10.0,
            kind.equals("step") ? "\"images_per_second\":80.0" : "\"validation\":{\"top1\":0.625}");
  }

  @Test
  void statusesOfProcessesSayWhatBecameOfThem() throws IOException {
    assertThat(CellExit.of(0)).isEqualTo(CellExit.DONE);
    assertThat(CellExit.of(3)).isEqualTo(CellExit.DONE);
    assertThat(CellExit.of(75)).isEqualTo(CellExit.STOPPED);
    assertThat(CellExit.of(143)).isEqualTo(CellExit.STOPPED);
    assertThat(CellExit.of(130)).isEqualTo(CellExit.STOPPED);
    assertThat(CellExit.of(137)).isEqualTo(CellExit.KILLED);
    assertThat(CellExit.of(139)).isEqualTo(CellExit.KILLED);
    assertThat(CellExit.of(1)).isEqualTo(CellExit.FAILED);
    assertThat(CellExit.of(255)).isEqualTo(CellExit.FAILED);
  }
}
