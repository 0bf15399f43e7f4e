package dev.instar.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.instar.sweep.CellStatus.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class TimeLeftTest {
  @Test
  void aCellThatRunsTakesAsLongAgainAsItsPartSays() {
    TimeLeft left = TimeLeft.of(List.of(cell(State.RUNNING, 0.25, 100)), List.of(0.0));

    assertThat(left.cells().get(0).secondsLeft()).hasValue(300);
    assertThat(left.ofAll()).hasValue(300);
  }

  @Test
  void whatWasPlannedIsCorrectedByWhatOthersTook() {
    TimeLeft left =
        TimeLeft.of(
            List.of(
                cell(State.DONE, 1, 200),
                cell(State.RUNNING, 0.5, 200),
                cell(State.PENDING, 0, 0),
                cell(State.INTERRUPTED, 0.5, 10)),
            List.of(100.0, 200.0, 50.0, 10.0));

    // 200 + 400 + 20 seconds took 310 planned ones.
    assertThat(left.cells().get(0).secondsLeft()).hasValue(0);
    assertThat(left.cells().get(1).secondsLeft()).hasValue(200);
    assertThat(left.cells().get(2).secondsLeft().getAsDouble()).isCloseTo(100, within(1e-9));
    assertThat(left.cells().get(3).secondsLeft()).hasValue(10);
  }

  @Test
  void asManyAsRunNowGoOnRunning() {
    List<CellStatus> cells =
        List.of(
            cell(State.RUNNING, 0.5, 100), // 100 left
            cell(State.RUNNING, 0.5, 40), // 40 left
            cell(State.QUEUED, 0, 0),
            cell(State.PENDING, 0, 0),
            cell(State.FAILED, 0, 0));
    TimeLeft left = TimeLeft.of(cells, List.of(200.0, 80.0, 70.0, 30.0, 1000.0));

    // 70 goes where 40 ends, at 110; 30 where 100 ends, at 130.
    assertThat(left.ofAll()).hasValue(130);
  }

  @Test
  void withoutAnEstimateTheMeanOfOthersCounts() {
    TimeLeft left =
        TimeLeft.of(
            List.of(cell(State.DONE, 1, 100), cell(State.DONE, 1, 300), cell(State.PENDING, 0, 0)),
            List.of(0.0, 0.0, 0.0));

    assertThat(left.ofAll()).hasValue(200);
  }

  @Test
  void nothingIsSaidWhereNothingIsKnown() {
    TimeLeft left = TimeLeft.of(List.of(cell(State.PENDING, 0, 0)), List.of(0.0));

    assertThat(left.ofAll()).isEmpty();
    assertThat(left.cells().get(0).secondsLeft()).isEmpty();
  }

  private static CellStatus cell(State state, double done, double seconds) {
    Cell cell =
        new Cell(
            "c",
            Map.of(),
            Path.of("/p"),
            Path.of("/t"),
            "split",
            "order",
            "resnet18",
            Optional.empty(),
            "paper",
            List.of(),
            1);
    return new CellStatus(
        cell,
        state,
        "",
        "",
        false,
        done == 0
            ? Optional.empty()
            : Optional.of(new CellProgress(1, 2, done, seconds, 1, 0, Instant.EPOCH)),
        Optional.empty(),
        "",
        Path.of("/log"),
        OptionalDouble.empty());
  }
}
