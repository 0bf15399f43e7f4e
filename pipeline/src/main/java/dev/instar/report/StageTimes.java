package dev.instar.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long each stage of a run took. Immutable.
 *
 * @param stages in the order a record goes through them
 * @param records how many went through
 * @param threads that worked
 * @param wallNanos from start to end, in nanoseconds
 */
public record StageTimes(List<Stage> stages, long records, int threads, long wallNanos) {
  private static final double NANOS = 1e9;

  /**
   * One stage.
   *
   * @param name such as {@code decode}
   * @param nanos summed over all threads
   */
  public record Stage(String name, long nanos) {
    public Stage {
      if (nanos < 0) {
        throw new IllegalArgumentException("the stage " + name + " took " + nanos + " ns");
      }
    }
  }

  public StageTimes {
    stages = List.copyOf(stages);
    if (records < 0 || threads < 1 || wallNanos < 0) {
      throw new IllegalArgumentException(
          records + " records by " + threads + " threads in " + wallNanos + " ns");
    }
  }

  /** All stages together, summed over all threads, in nanoseconds. */
  public long busyNanos() {
    return stages.stream().mapToLong(Stage::nanos).sum();
  }

  /** The part of all stages' time that {@code stage} took, 0 to 1. */
  public double share(Stage stage) {
    return (double) stage.nanos() / Math.max(1, busyNanos());
  }

  /** Records per second of the whole run. */
  public double recordsPerSecond() {
    return records / Math.max(1e-9, wallNanos / NANOS);
  }

  /** A row for each stage, one for the sum, and one for the run as the clock on the wall saw it. */
  public Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (Stage stage : stages) {
      rows.add(
          row(
              stage.name(),
              stage.nanos(),
              String.format(Locale.ROOT, "%.1f%%", 100 * share(stage))));
    }
    rows.add(row("all stages", busyNanos(), "100.0%"));
    rows.add(row("wall (threads: " + threads + ")", wallNanos, ""));
    return new Table(List.of("stage", "seconds", "share", "ms/record", "records/s"), rows);
  }

  private List<String> row(String name, long nanos, String share) {
    String each = records == 0 ? "" : String.format(Locale.ROOT, "%.3f", nanos / 1e6 / records);
    String rate =
        nanos == 0 || records == 0
            ? ""
            : String.format(Locale.ROOT, "%,.1f", records * NANOS / nanos);
    return List.of(name, String.format(Locale.ROOT, "%,.2f", nanos / NANOS), share, each, rate);
  }
}
