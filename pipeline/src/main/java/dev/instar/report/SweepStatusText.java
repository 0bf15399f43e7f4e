package dev.instar.report;

import dev.instar.fetch.Amount;
import dev.instar.sweep.CellFailure;
import dev.instar.sweep.CellProgress;
import dev.instar.sweep.CellStatus;
import dev.instar.sweep.CellStatus.State;
import dev.instar.sweep.SweepStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Where a sweep stands, for a terminal. */
public final class SweepStatusText {
  /** A sentence in a table; --failed says all of it. */
  private static final int SENTENCE = 72;

  private SweepStatusText() {}

  /** All of it in a line. */
  public static String headline(SweepStatus status) {
    List<String> counts = new ArrayList<>();
    for (State state : State.values()) {
      if (status.count(state) > 0) {
        counts.add(status.count(state) + " " + state.label());
      }
    }
    OptionalDouble left = status.secondsLeft();
    return String.format(
        Locale.ROOT,
        "%s: %d cells: %s%s%s",
        status.path(),
        status.cells().size(),
        String.join(", ", counts),
        status.settled() || left.isEmpty()
            ? ""
            : "; " + Amount.seconds(left.getAsDouble()) + " left",
        status.cancelled() ? "; cancelled: sweep run or sweep submit take that back" : "");
  }

  /** A row a cell: those that run first, then those that wait, failed, are to be done, and done. */
  public static Table table(SweepStatus status) {
    List<List<String>> rows =
        status.cells().stream()
            .sorted(Comparator.comparing(CellStatus::state))
            .map(SweepStatusText::row)
            .toList();
    return new Table(
        List.of("cell", "state", "where", "epoch", "top-1", "images/s", "took", "left", "why"),
        rows);
  }

  private static List<String> row(CellStatus cell) {
    return List.of(
        cell.cell().name(),
        cell.state().label(),
        (cell.host() + " " + cell.job()).strip(),
        cell.progress().map(of -> of.epoch() + "/" + of.epochs()).orElse(""),
        cell.progress()
            .filter(of -> of.top1() > 0)
            .map(of -> Figures.accuracy(of.top1()))
            .orElse(""),
        cell.progress()
            .filter(of -> of.imagesPerSecond() > 0)
            .map(of -> Figures.number(of.imagesPerSecond(), 1))
            .orElse(""),
        cell.progress().map(CellProgress::seconds).map(Amount::seconds).orElse(""),
        cell.state() == State.DONE || cell.state() == State.FAILED || cell.secondsLeft().isEmpty()
            ? ""
            : Amount.seconds(cell.secondsLeft().getAsDouble()),
        brief(cell.reason()));
  }

  private static String brief(String sentence) {
    return sentence.length() <= SENTENCE ? sentence : sentence.substring(0, SENTENCE - 3) + "...";
  }

  /** What has failed or was interrupted, each with its sentence and where to read on. */
  public static String failures(SweepStatus status) {
    StringBuilder text = new StringBuilder();
    for (CellStatus cell : status.cells()) {
      if (cell.state() == State.FAILED || cell.state() == State.INTERRUPTED) {
        text.append(cell.cell().name()).append(": ").append(cell.state().label());
        text.append(": ").append(cell.reason().replaceAll("\\p{Cntrl}+", " ")).append('\n');
        cell.failure().ifPresent(failure -> text.append("  ").append(circumstances(failure)));
        text.append("  log: ").append(cell.log()).append('\n');
      }
    }
    return text.toString();
  }

  private static String circumstances(CellFailure failure) {
    return String.format(
        Locale.ROOT,
        "on %s at %s, exit status %d, %s%n",
        failure.host(),
        failure.when(),
        failure.status(),
        failure.attempts() == 1 ? "once" : failure.attempts() + " times");
  }
}
