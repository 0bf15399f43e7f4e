package dev.instar.cli;

import dev.instar.report.SweepStatusJson;
import dev.instar.report.SweepStatusText;
import dev.instar.report.Table;
import dev.instar.sweep.SweepStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.function.BiConsumer;

/** Follows a sweep until nothing moves in it. Not thread-safe. */
final class SweepWatch {
  /** As often as a person wants to look, and as Slurm's controller bears. */
  private static final long LOOK_MILLIS = 5000;

  /** A line in a log at least so often. */
  private static final long LOG_NANOS = 60_000_000_000L;

  /** A runner needs a moment from one cell to the next. */
  private static final int STILL_LOOKS = 3;

  /** Rows that fit the smallest terminal, under the headline and above the cursor. */
  private static final int ROWS = 18;

  private static final String CLEAR = "\u001b[H\u001b[2J";

  private final BiConsumer<SweepStatus, Boolean> show;

  private SweepWatch(BiConsumer<SweepStatus, Boolean> show) {
    this.show = show;
  }

  /** A look at a sweep. */
  @FunctionalInterface
  interface Look {
    SweepStatus take() throws IOException, InterruptedException;
  }

  /** Draws a screen on a terminal; in a log, says a line now and then. */
  static SweepWatch on(PrintStream log, boolean terminal) {
    return new SweepWatch(
        (status, news) -> {
          if (terminal) {
            log.print(CLEAR + screen(status));
            log.flush();
          } else if (news) {
            log.println("instar: " + SweepStatusText.headline(status));
          }
        });
  }

  /** Prints a line of JSON whenever there is news. */
  static SweepWatch json(PrintWriter out) {
    return new SweepWatch(
        (status, news) -> {
          if (news) {
            out.println(SweepStatusJson.of(status));
            out.flush();
          }
        });
  }

  /** How it stands in the end. */
  SweepStatus follow(Look look) throws IOException, InterruptedException {
    String last = "";
    long said = 0;
    int still = 0;
    while (true) {
      SweepStatus status = look.take();
      still = status.moving() ? 0 : still + 1;
      boolean over = status.settled() || still == STILL_LOOKS;
      String states = states(status);
      boolean news = over || !states.equals(last) || System.nanoTime() - said > LOG_NANOS;
      show.accept(status, news);
      if (over) {
        return status;
      }
      if (news) {
        last = states;
        said = System.nanoTime();
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private static String states(SweepStatus status) {
    StringBuilder states = new StringBuilder();
    status.cells().forEach(cell -> states.append(cell.state()).append(' '));
    return states.toString();
  }

  private static String screen(SweepStatus status) {
    Table table = SweepStatusText.table(status);
    int more = table.rows().size() - ROWS;
    Table shown = more > 0 ? new Table(table.columns(), table.rows().subList(0, ROWS)) : table;
    return SweepStatusText.headline(status)
        + "\n\n"
        + shown.text()
        + (more > 0 ? "and " + more + " more\n" : "");
  }
}
