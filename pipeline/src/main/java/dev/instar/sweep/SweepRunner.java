package dev.instar.sweep;

import dev.instar.fetch.Amount;
import dev.instar.sweep.CellStatus.State;
import dev.instar.sweep.RunSummary.Outcome;
import dev.instar.sweep.Sweep.PlannedCell;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs the cells of a sweep on this machine, a process each, until nothing is left that others do
 * not work on. A cell's process holds the cell itself: a runner that is killed leaves nothing
 * behind but processes that go on, and any number of runners may work on a sweep. Not thread-safe.
 */
public final class SweepRunner {
  /** How often a cell is begun whose process is killed, or stopped by somebody else. */
  private static final int MOST_STARTS = 3;

  private static final String UNUSABLE = "its folder cannot be used: ";

  private static final long POLL_MILLIS = 100;

  /** How long until cells of others are looked at again. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Sweep sweep;
  private final Assignment assignment;
  private final CellCommand command;
  private final RunLog log;
  private final BooleanSupplier stop;
  private final Instant begun = Instant.now();
  private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
  private final Map<String, Integer> starts = new HashMap<>();
  private final Deque<PlannedCell> waiting = new ArrayDeque<>();
  private final List<CellProcess> running = new ArrayList<>();
  private final TreeSet<Integer> slots = new TreeSet<>();
  private boolean skipped;
  private boolean told;
  private long look = System.nanoTime();

  /**
   * What is run.
   *
   * @param only these cells
   * @param parallel cells at a time
   * @param retryFailed whether cells that failed before are run too
   */
  public record Assignment(CellFilter only, int parallel, boolean retryFailed) {}

  /** How a process is started that trains a cell. */
  @FunctionalInterface
  public interface CellCommand {
    /**
     * The program and its arguments. It ends with status 0 or 3 if the cell is done or another
     * process works on it, 75 if it was stopped.
     *
     * @param slot which of the cells at a time it is, from 0
     */
    List<String> of(Cell cell, int slot);
  }

  private SweepRunner(
      Sweep sweep, Assignment assignment, CellCommand command, RunLog log, BooleanSupplier stop) {
    this.sweep = sweep;
    this.assignment = assignment;
    this.command = command;
    this.log = log;
    this.stop = stop;
  }

  /**
   * Runs cells until all are done, failed or in others' hands, or until told to stop; then it tells
   * their processes to stop and waits for them.
   *
   * @param stop asked several times a second
   * @throws IllegalArgumentException if {@code only} names an axis that the sweep has not
   */
  public static RunSummary run(
      Sweep sweep, Assignment assignment, CellCommand command, RunLog log, BooleanSupplier stop)
      throws InterruptedException {
    return new SweepRunner(sweep, assignment, command, log, stop).run();
  }

  private RunSummary run() throws InterruptedException {
    for (PlannedCell planned : sweep.cells()) {
      if (assignment.only().accepts(planned.cell())) {
        waiting.add(planned);
        outcomes.put(planned.cell().name(), Outcome.ELSEWHERE);
      }
    }
    for (int slot = 0; slot < assignment.parallel(); slot++) {
      slots.add(slot);
    }
    try {
      while (true) {
        if (stopping()) {
          tellAll();
        } else {
          fill();
        }
        if (running.isEmpty()) {
          break;
        }
        settleEnded();
        log.show(this::state);
      }
    } finally {
      log.end();
    }
    boolean stopped = stopping();
    if (stopped) {
      waiting.forEach(planned -> outcomes.put(planned.cell().name(), Outcome.STOPPED));
    }
    double seconds = (Instant.now().toEpochMilli() - begun.toEpochMilli()) / 1e3;
    return new RunSummary(outcomes, skipped, stopped, seconds);
  }

  /** All of it in a line. */
  private String state() {
    SweepStatus status;
    try {
      status = SweepStatus.of(sweep, assignment.only(), Map.of());
    } catch (IOException e) {
      return UNUSABLE + e.getMessage();
    }
    StringJoiner parts = new StringJoiner("  ");
    parts.add(status.count(State.DONE) + "/" + status.cells().size() + " cells done");
    for (State state : List.of(State.RUNNING, State.FAILED)) {
      if (status.count(state) > 0) {
        parts.add(status.count(state) + " " + state.label());
      }
    }
    for (CellStatus cell : status.cells()) {
      if (cell.state() == State.RUNNING && cell.progress().isPresent()) {
        CellProgress progress = cell.progress().get();
        parts.add(
            String.format(
                Locale.ROOT,
                "epoch %d/%d %.0f%%",
                Math.min(progress.epoch() + 1, progress.epochs()),
                progress.epochs(),
                100 * progress.done()));
      }
    }
    status.secondsLeft().ifPresent(left -> parts.add("ETA " + Amount.seconds(left)));
    return parts.toString();
  }

  private boolean stopping() {
    return stop.getAsBoolean() || sweep.cancelled();
  }

  /** Asks every process once to save and leave. */
  private void tellAll() {
    if (!told) {
      running.forEach(each -> each.process().destroy());
      told = true;
    }
  }

  /** Begins cells while there is room. */
  private void fill() {
    if (slots.isEmpty() || System.nanoTime() - look < 0) {
      return;
    }
    Iterator<PlannedCell> each = waiting.iterator();
    while (!slots.isEmpty() && each.hasNext()) {
      PlannedCell next = each.next();
      try {
        if (begun(next)) {
          each.remove();
        }
      } catch (IOException e) {
        each.remove();
        failed(next.cell(), UNUSABLE + e.getMessage());
      }
    }
    look = System.nanoTime() + LOOK_NANOS;
  }

  /**
   * Begins a cell if it needs that; false if another process has it. One that the former run of
   * this Slurm job had is nobody's, though its lease says so later: its process waits for that.
   */
  private boolean begun(PlannedCell next) throws IOException {
    Cell cell = next.cell();
    CellFolder folder = sweep.folder(cell);
    switch (folder.state(cell)) {
      case RUNNING -> {
        if (Lease.holder(folder.path()).filter(Holder::ofFormerRun).isEmpty()) {
          return false;
        }
        start(next, folder);
      }
      case DONE -> outcomes.put(cell.name(), Outcome.DONE_BEFORE);
      case FAILED -> {
        if (assignment.retryFailed() && failedBefore(folder, begun)) {
          start(next, folder);
        } else {
          outcomes.put(cell.name(), Outcome.FAILED);
        }
      }
      default -> start(next, folder);
    }
    return true;
  }

  private static boolean failedBefore(CellFolder folder, Instant moment) throws IOException {
    return folder.failure().filter(failure -> failure.when().isBefore(moment)).isPresent();
  }

  private void start(PlannedCell next, CellFolder folder) throws IOException {
    int slot = slots.first();
    running.add(CellProcess.start(next, folder, slot, command.of(next.cell(), slot)));
    slots.remove(slot);
    starts.merge(next.cell().name(), 1, Integer::sum);
    log.say(
        next.cell().name()
            + " begins"
            + (next.seconds() > 0 ? ", planned to take " + Amount.seconds(next.seconds()) : ""));
  }

  /** Waits for a moment, and looks which processes have ended. */
  private void settleEnded() throws InterruptedException {
    running.get(0).process().waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
    for (CellProcess each : List.copyOf(running)) {
      if (each.process().isAlive()) {
        continue;
      }
      running.remove(each);
      slots.add(each.slot());
      look = System.nanoTime();
      try {
        settle(each, each.process().exitValue());
      } catch (IOException e) {
        failed(each.cell(), UNUSABLE + e.getMessage());
      }
    }
  }

  private void settle(CellProcess ended, int status) throws IOException {
    Cell cell = ended.cell();
    CellState state = ended.folder().state(cell);
    if (state == CellState.DONE) {
      done(ended, status);
    } else if (state == CellState.RUNNING) {
      log.say(cell.name() + " is in the hands of another process");
      waiting.addFirst(ended.planned());
    } else if (stopping()) {
      outcomes.put(cell.name(), Outcome.STOPPED);
      log.say(cell.name() + " stopped; it continues when the sweep is run again");
    } else if (CellExit.of(status) == CellExit.FAILED) {
      fail(ended, status);
    } else if (starts.get(cell.name()) < MOST_STARTS) {
      log.say(cell.name() + " " + CellExit.words(status) + "; it is begun again");
      waiting.addFirst(ended.planned());
    } else if (CellExit.of(status) == CellExit.STOPPED) {
      outcomes.put(cell.name(), Outcome.STOPPED);
      log.say(cell.name() + " was stopped " + MOST_STARTS + " times; it is left as it is");
    } else {
      fail(ended, status);
    }
  }

  private void done(CellProcess ended, int status) throws IOException {
    outcomes.put(ended.cell().name(), Outcome.DONE);
    skipped |= status == CellExit.SKIPPED_RECORDS;
    double seconds = (Instant.now().toEpochMilli() - ended.begun().toEpochMilli()) / 1e3;
    String scores =
        ended
            .folder()
            .result()
            .map(result -> result.test().values().get(Measure.TOP1))
            .map(top -> String.format(Locale.ROOT, ", top-1 %.2f%% on test", 100 * top))
            .orElse("");
    log.say(ended.cell().name() + " done in " + Amount.seconds(seconds) + scores);
  }

  /** Records a failure, unless the process itself has. */
  private void fail(CellProcess ended, int status) throws IOException {
    CellFolder folder = ended.folder();
    Optional<CellFailure> own = folder.failure();
    if (own.isPresent() && !own.get().when().isBefore(ended.begun())) {
      failed(ended.cell(), own.get().message());
      return;
    }
    String message =
        CellExit.of(status) == CellExit.DONE
            ? "its process ended without a result"
            : "its process " + CellExit.words(status);
    Optional<Lease> lease = Lease.take(folder.path());
    if (lease.isEmpty()) {
      waiting.addFirst(ended.planned());
      return;
    }
    try (Lease held = lease.get()) {
      if (!held.lost()) {
        noteBegin(ended);
        folder.fail(message, ended.printed(), status);
      }
    }
    failed(ended.cell(), message);
  }

  /** A process that ended before it could note that it began did begin. */
  private static void noteBegin(CellProcess ended) throws IOException {
    long process = ended.process().pid();
    List<CellAttempt> attempts = ended.folder().attempts();
    if (attempts.isEmpty() || attempts.get(attempts.size() - 1).begun().process() != process) {
      ended.folder().begin(Holder.of(process, ended.begun()));
    }
  }

  private void failed(Cell cell, String message) {
    outcomes.put(cell.name(), Outcome.FAILED);
    log.say(cell.name() + " failed: " + message + " (" + sweep.folder(cell).log() + ")");
  }
}
