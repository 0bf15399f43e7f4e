package dev.instar.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.sweep.RunSummary.Outcome;
import dev.instar.sweep.SweepRunner.Assignment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SweepRunnerTest {
  private static final BooleanSupplier NEVER = () -> false;

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Set<Integer> slots = new TreeSet<>();

  private RunSummary run(SmallSweep small, Assignment assignment, BooleanSupplier stop)
      throws Exception {
    RunLog log = RunLog.on(new PrintStream(said, true, StandardCharsets.UTF_8), false);
    return SweepRunner.run(
        small.sweep(),
        assignment,
        (cell, slot) -> {
          slots.add(slot);
          return small.command(cell);
        },
        log,
        stop);
  }

  private RunSummary run(SmallSweep small) throws Exception {
    return run(small, new Assignment(CellFilter.ALL, 1, false), NEVER);
  }

  @Test
  void cellsWithoutAResultAreRunInTheirOrder() throws Exception {
    SmallSweep small = new SmallSweep(folder, 4);
    Files.createDirectories(small.folder(1).path());
    small.folder(1).write(SmallSweep.result(small.cell(1)));

    RunSummary summary = run(small);

    assertThat(small.begun()).containsExactly(small.name(0), small.name(2), small.name(3));
    assertThat(summary.names(Outcome.DONE)).isEqualTo(small.begun());
    assertThat(summary.names(Outcome.DONE_BEFORE)).containsExactly(small.name(1));
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains(small.name(0) + " begins")
        .contains(small.name(0) + " done in ")
        .contains("top-1 50.00% on test");
    assertThat(run(small).names(Outcome.DONE_BEFORE)).hasSize(4);
    assertThat(small.begun()).hasSize(3);
  }

  @Test
  void onATerminalALineBelowTheRemarksSaysHowFarItIs() throws Exception {
    SmallSweep small = new SmallSweep(folder, 2);
    small.does(0, "finish_slowly");
    RunLog log = RunLog.on(new PrintStream(said, true, StandardCharsets.UTF_8), true);

    SweepRunner.run(
        small.sweep(),
        new Assignment(CellFilter.ALL, 1, false),
        (cell, slot) -> small.command(cell),
        log,
        NEVER);

    String line = "0/2 cells done";
    String blank = "\r" + " ".repeat(line.length()) + "\r";
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("\r" + line + blank + "instar: " + small.name(0) + " done in ")
        .endsWith(blank);
  }

  @Test
  void aFailingCellIsRecordedAndDoesNotStopTheOthers() throws Exception {
    SmallSweep small = new SmallSweep(folder, 3);
    small.does(0, "break");

    RunSummary summary = run(small);

    assertThat(summary.names(Outcome.FAILED)).containsExactly(small.name(0));
    assertThat(summary.names(Outcome.DONE)).hasSize(2);
    CellFailure failure = small.folder(0).failure().orElseThrow();
    assertThat(failure.message()).isEqualTo("its process ended with status 1");
    assertThat(failure.trace()).isEqualTo("it broke");
    assertThat(small.folder(0).state(small.cell(0))).isEqualTo(CellState.FAILED);
  }

  @Test
  void whatFailedBeforeIsTriedAgainWhereThatIsAskedForOnce() throws Exception {
    SmallSweep small = new SmallSweep(folder, 2);
    small.does(0, "break");
    run(small);

    assertThat(run(small).names(Outcome.FAILED)).containsExactly(small.name(0));
    assertThat(small.begun()).hasSize(2);
    assertThat(run(small, new Assignment(CellFilter.ALL, 1, true), NEVER).names(Outcome.FAILED))
        .containsExactly(small.name(0));
    assertThat(small.begun()).hasSize(3);
    assertThat(small.folder(0).failure().orElseThrow().attempts()).isEqualTo(2);
    small.does(0, "finish");
    assertThat(run(small, new Assignment(CellFilter.ALL, 1, true), NEVER).names(Outcome.DONE))
        .containsExactly(small.name(0));
    assertThat(small.folder(0).failure()).isEmpty();
  }

  @Test
  void aCellWhoseProcessIsKilledIsBegunThreeTimesAtMost() throws Exception {
    SmallSweep small = new SmallSweep(folder, 3);
    small.does(0, "die");
    small.does(1, "die_once");

    RunSummary summary = run(small);

    assertThat(small.begun()).containsOnlyOnce(small.name(2));
    assertThat(small.begun()).filteredOn(small.name(0)::equals).hasSize(3);
    assertThat(small.begun()).filteredOn(small.name(1)::equals).hasSize(2);
    assertThat(summary.names(Outcome.FAILED)).containsExactly(small.name(0));
    CellFailure failure = small.folder(0).failure().orElseThrow();
    assertThat(failure.status()).isEqualTo(137);
    assertThat(failure.message()).contains("was killed by signal 9");
    assertThat(failure.trace()).isEqualTo("last words");
  }

  @Test
  void aCellThatIsStoppedByOthersAgainAndAgainIsLeftAndNoFailure() throws Exception {
    SmallSweep small = new SmallSweep(folder, 2);
    small.does(0, "stop");

    RunSummary summary = run(small);

    assertThat(small.begun()).hasSize(4);
    assertThat(summary.names(Outcome.STOPPED)).containsExactly(small.name(0));
    assertThat(summary.stopped()).isFalse();
    assertThat(small.folder(0).failure()).isEmpty();
  }

  @Test
  void aProcessThatEndsWithoutAResultIsAFailure() throws Exception {
    SmallSweep small = new SmallSweep(folder, 1);
    small.does(0, "nothing");

    assertThat(run(small).names(Outcome.FAILED)).hasSize(1);
    assertThat(small.folder(0).failure().orElseThrow().message())
        .isEqualTo("its process ended without a result");
  }

  @Test
  void asManyAtATimeAsWereAskedForEachInAPlaceOfItsOwn() throws Exception {
    SmallSweep small = new SmallSweep(folder, 6);
    for (int i = 0; i < 6; i++) {
      small.does(i, "finish_slowly");
    }

    RunSummary summary = run(small, new Assignment(CellFilter.ALL, 3, false), NEVER);

    assertThat(summary.names(Outcome.DONE)).hasSize(6);
    assertThat(small.mostAtATime()).isEqualTo(3);
    assertThat(slots).containsExactly(0, 1, 2);
  }

  @Test
  void onlyTheCellsThatWereAskedForAreRun() throws Exception {
    SmallSweep small = new SmallSweep(folder, 3);

    RunSummary summary = run(small, new Assignment(CellFilter.parse("seed=1|3"), 1, false), NEVER);

    assertThat(summary.names(Outcome.DONE)).containsExactly(small.name(0), small.name(2));
    assertThat(small.begun()).hasSize(2);
    assertThatThrownBy(
            () -> run(small, new Assignment(CellFilter.parse("modle=a"), 1, false), NEVER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("modle");
  }

  @Test
  void aCellInOtherHandsIsLeftToThem() throws Exception {
    SmallSweep small = new SmallSweep(folder, 2);
    try (Lease lease = Lease.take(small.folder(0).path()).orElseThrow()) {
      RunSummary summary = run(small);

      assertThat(summary.names(Outcome.ELSEWHERE)).containsExactly(small.name(0));
      assertThat(summary.names(Outcome.DONE)).containsExactly(small.name(1));
      assertThat(lease.lost()).isFalse();
    }
    assertThat(run(small).names(Outcome.DONE)).containsExactly(small.name(0));
  }

  @Test
  void toldToStopItTellsItsProcessesAndWaitsForThem() throws Exception {
    SmallSweep small = new SmallSweep(folder, 3);
    small.does(0, "wait");
    small.does(1, "wait");
    BooleanSupplier bothBegan = () -> waits(small, 0) && waits(small, 1);

    RunSummary summary = run(small, new Assignment(CellFilter.ALL, 2, false), bothBegan);

    assertThat(summary.stopped()).isTrue();
    assertThat(summary.names(Outcome.STOPPED)).hasSize(3);
    assertThat(small.begun()).hasSize(2);
    assertThat(small.folder(0).failure()).isEmpty();
  }

  @Test
  void theCancellationOfTheSweepStopsItToo() throws Exception {
    SmallSweep small = new SmallSweep(folder, 2);
    small.does(0, "wait");
    BooleanSupplier cancelling =
        () -> {
          if (waits(small, 0)) {
            try {
              small.sweep().cancel();
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }
          return false;
        };

    RunSummary summary = run(small, new Assignment(CellFilter.ALL, 1, false), cancelling);

    assertThat(summary.stopped()).isTrue();
    assertThat(summary.names(Outcome.STOPPED)).hasSize(2);
  }

  private static boolean waits(SmallSweep small, int cell) {
    return Files.exists(small.folder(cell).path().resolve("waits"));
  }
}
