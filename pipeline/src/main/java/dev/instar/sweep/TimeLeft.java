package dev.instar.sweep;

import dev.instar.sweep.CellStatus.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.PriorityQueue;

/**
 * How long cells will take, by how long others took and by what was planned.
 *
 * @param cells with what is left of each
 * @param ofAll until the last of them is done
 */
record TimeLeft(List<CellStatus> cells, OptionalDouble ofAll) {
  /** A training that has come less far tells little of how long it takes. */
  private static final double ENOUGH = 0.01;

  /**
   * @param planned seconds of each cell, 0 where nothing was estimated
   */
  static TimeLeft of(List<CellStatus> cells, List<Double> planned) {
    double took = 0;
    double expected = 0;
    double sum = 0;
    int seen = 0;
    for (int i = 0; i < cells.size(); i++) {
      OptionalDouble whole = whole(cells.get(i));
      if (whole.isPresent()) {
        sum += whole.getAsDouble();
        seen++;
        if (planned.get(i) > 0) {
          took += whole.getAsDouble();
          expected += planned.get(i);
        }
      }
    }
    double pace = expected > 0 ? took / expected : 1;
    List<CellStatus> told = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      OptionalDouble whole = whole(cells.get(i));
      if (whole.isEmpty() && planned.get(i) > 0) {
        whole = OptionalDouble.of(planned.get(i) * pace);
      } else if (whole.isEmpty() && seen > 0) {
        whole = OptionalDouble.of(sum / seen);
      }
      told.add(cells.get(i).withSecondsLeft(left(cells.get(i), whole)));
    }
    return new TimeLeft(told, ofAll(told));
  }

  /** Seconds of the whole training by the part that is made. */
  private static OptionalDouble whole(CellStatus cell) {
    if (cell.progress().isEmpty()) {
      return OptionalDouble.empty();
    }
    CellProgress progress = cell.progress().get();
    double done = cell.state() == State.DONE ? 1 : progress.done();
    return done < ENOUGH || progress.seconds() <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(progress.seconds() / done);
  }

  private static OptionalDouble left(CellStatus cell, OptionalDouble whole) {
    if (cell.state() == State.DONE || whole.isEmpty()) {
      return cell.state() == State.DONE ? OptionalDouble.of(0) : whole;
    }
    double done = cell.progress().map(CellProgress::done).orElse(0.0);
    return OptionalDouble.of(whole.getAsDouble() * (1 - done));
  }

  /** Those that run end first; the others follow, longest first, wherever one has ended. */
  private static OptionalDouble ofAll(List<CellStatus> all) {
    // Nobody tries again what has failed unless that is asked for.
    List<CellStatus> cells = all.stream().filter(cell -> cell.state() != State.FAILED).toList();
    if (cells.stream().anyMatch(cell -> cell.secondsLeft().isEmpty())) {
      return OptionalDouble.empty();
    }
    PriorityQueue<Double> ends = new PriorityQueue<>();
    cells.stream()
        .filter(cell -> cell.state() == State.RUNNING)
        .forEach(cell -> ends.add(cell.secondsLeft().getAsDouble()));
    if (ends.isEmpty()) {
      ends.add(0.0);
    }
    double last = ends.stream().max(Comparator.naturalOrder()).orElseThrow();
    List<Double> others =
        cells.stream()
            .filter(cell -> cell.state() != State.RUNNING && cell.state() != State.DONE)
            .map(cell -> cell.secondsLeft().getAsDouble())
            .sorted(Comparator.reverseOrder())
            .toList();
    for (double seconds : others) {
      double end = ends.remove() + seconds;
      ends.add(end);
      last = Math.max(last, end);
    }
    return OptionalDouble.of(last);
  }
}
