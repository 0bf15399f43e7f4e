package dev.instar.cli;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.loader.BadRecords;
import dev.instar.pack.FolderInUseException;
import dev.instar.slurm.Slurm;
import dev.instar.sweep.Cell;
import dev.instar.sweep.CellFolder;
import dev.instar.sweep.CellResult;
import dev.instar.sweep.CellState;
import dev.instar.sweep.Holder;
import dev.instar.sweep.Lease;
import dev.instar.sweep.Measure;
import dev.instar.sweep.Provenance;
import dev.instar.sweep.Scores;
import dev.instar.train.Conduct;
import dev.instar.train.Measures;
import dev.instar.train.Recipe;
import dev.instar.train.RunSettings;
import dev.instar.train.Training;
import dev.instar.train.TrainingLog;
import dev.instar.train.TrainingPlan;
import dev.instar.train.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * One cell of a sweep, trained, evaluated and written down by this process: the same whoever starts
 * it, a runner, a job of a cluster or a person. What it prints goes to where it is started from.
 */
final class CellWork {
  /** A lease without a sign of life is free after some two minutes. */
  private static final long FORMER_RUN_MILLIS = 10_000;

  /** File servers forget the locks of a dead host after a minute and a half (NFS 4), or never. */
  private static final Duration LOCKED = Duration.ofMinutes(2);

  private static final long LOOK_MILLIS = 5_000;

  private final Cell cell;
  private final CellFolder folder;
  private final CellOptions options;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Duration locked;

  /**
   * @param folder of the cell; it need not exist
   * @param out where the result is told
   * @param err where is told what does not end in a result
   */
  CellWork(Cell cell, CellFolder folder, CellOptions options, PrintWriter out, PrintWriter err) {
    this(cell, folder, options, out, err, LOCKED);
  }

  /**
   * As above.
   *
   * @param locked for how long the lock of a process that does not hold the cell is waited for
   */
  CellWork(
      Cell cell,
      CellFolder folder,
      CellOptions options,
      PrintWriter out,
      PrintWriter err,
      Duration locked) {
    this.cell = cell;
    this.folder = folder;
    this.options = options;
    this.out = out;
    this.err = err;
    this.locked = locked;
  }

  /**
   * Brings the cell to its result from wherever it stands, unless another process does.
   *
   * @return the exit status: {@link ExitStatus#DONE}, also where there is a result already or
   *     another process works on it; {@link ExitStatus#QUARANTINED}; {@link ExitStatus#STOPPED};
   *     {@link ExitStatus#FAILED}, and then the cell's folder says why
   */
  int carryOut() throws IOException, InterruptedException {
    if (done()) {
      return ExitStatus.DONE;
    }
    Optional<Lease> taken = take();
    if (taken.isEmpty()) {
      err.println("instar: " + cell.name() + ": " + holder() + " works on it");
      return ExitStatus.DONE;
    }
    try (Lease lease = taken.get()) {
      // Somebody may have ended it between the look and the lease.
      return done() ? ExitStatus.DONE : attempt(lease);
    }
  }

  /**
   * Takes the lease. A job that Slurm has requeued may find it in the hands of its own former run,
   * which ended with its node and cannot say so: that is waited for.
   */
  private Optional<Lease> take() throws IOException, InterruptedException {
    Optional<Lease> taken = Lease.take(folder.path());
    while (taken.isEmpty() && waitsForFormerRun()) {
      err.println("instar: " + cell.name() + ": waiting for the lease of this job's former run");
      Thread.sleep(FORMER_RUN_MILLIS);
      taken = Lease.take(folder.path());
    }
    return taken;
  }

  /** A lease that ran out between two looks was that run's too. */
  private boolean waitsForFormerRun() throws IOException {
    return Lease.holder(folder.path())
        .map(Holder::ofFormerRun)
        .orElse(Slurm.restarts(System.getenv()) > 0);
  }

  private boolean done() throws IOException {
    if (folder.state(cell) != CellState.DONE) {
      return false;
    }
    out.println(cell.name() + ": done before");
    out.flush();
    return true;
  }

  private String holder() throws IOException {
    return Lease.holder(folder.path())
        .map(
            holder ->
                "process "
                    + holder.process()
                    + " on "
                    + holder.host()
                    + (holder.job().isEmpty() ? "" : " (job " + holder.job() + ")"))
        .orElse("another process");
  }

  private int attempt(Lease lease) throws IOException, InterruptedException {
    folder.begin(lease.holder());
    folder.forgetFailure(); // a kill now is no failure
    int status;
    try (StopSignal signal =
        StopSignal.listen(System.err, "stopping after this step; the same command continues")) {
      status = work(lease, () -> stopping(signal, lease));
    } catch (CancellationException stopped) {
      status = ExitStatus.STOPPED;
    } catch (IOException | RuntimeException | Error e) {
      if (!lease.lost()) {
        note(e);
        throw e;
      }
      err.println("instar: " + Complaint.of(e)); // the cell is another's: so is its failure
      status = ExitStatus.STOPPED;
    }
    if (status == ExitStatus.STOPPED) {
      err.println("instar: " + cell.name() + ": not done; the same command continues");
    }
    if (!lease.taken()) {
      folder.end(status);
    }
    return status;
  }

  private void note(Throwable failure) {
    try {
      folder.fail(Complaint.of(failure), StackTrace.of(failure), ExitStatus.FAILED);
    } catch (IOException unwritten) {
      failure.addSuppressed(unwritten); // the disk may be what failed
    }
  }

  private static boolean stopping(StopSignal signal, Lease lease) {
    if (lease.taken()) {
      // Not even a checkpoint may be written: the run's folder is another process's.
      throw new CancellationException("another process has taken the cell over");
    }
    return signal.requested() || lease.lost();
  }

  /** From the start or a checkpoint to the result. */
  private int work(Lease lease, BooleanSupplier stop) throws IOException, InterruptedException {
    Recipe recipe = Recipe.FORM.read(cell.recipe(), cell.changes());
    TrainingPlan plan = plan(recipe);
    if (RunSettings.read(folder.run()).isEmpty()) {
      TrainingOptions.requireExisting(
          List.of(plan.copies().pack(), plan.copies().metadata()), plan.weights());
      CellEvaluation.requireTest(plan);
    }
    TrainingResult<Measures> trained = train(plan, stop);
    if (!trained.finished()) {
      return ExitStatus.STOPPED;
    }
    Provenance provenance =
        RunProvenance.keep(
            plan,
            trained,
            TrainArguments.of(plan, trained, cell.recipe(), cell.changes(), cell.name()));
    CellEvaluation evaluation = CellEvaluation.of(plan, trained.device(), err, stop);
    if (lease.lost()) {
      return ExitStatus.STOPPED;
    }
    CellResult result = result(trained, evaluation, provenance);
    folder.write(result);
    print(result);
    forgetCheckpoints();
    return result.skipped() > 0 ? ExitStatus.QUARANTINED : ExitStatus.DONE;
  }

  /**
   * Trains, once the run's folder is not locked by somebody who does not hold the cell any more.
   */
  private TrainingResult<Measures> train(TrainingPlan plan, BooleanSupplier stop)
      throws IOException, InterruptedException {
    TrainingLog log = TrainingLog.on(System.err, Terminal.onStandardError());
    long end = System.nanoTime() + locked.toNanos();
    while (true) {
      try {
        return Training.run(plan, log, stop);
      } catch (FolderInUseException e) {
        if (stop.getAsBoolean()) {
          throw new CancellationException("told to stop");
        }
        if (System.nanoTime() - end >= 0) {
          throw new IOException(
              folder.run()
                  + " is locked, though nobody holds the cell: end whoever else writes there; if its"
                  + " host has died and the file server keeps its lock, remove "
                  + e.lock()
                  + "; then try again with --retry-failed",
              e);
        }
        err.println("instar: " + cell.name() + ": waiting, since " + Complaint.of(e));
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }

  /**
   * Two thirds of what a cell takes on the disk; where they stay, the result counts all the same.
   */
  private void forgetCheckpoints() {
    try {
      Training.forgetCheckpoints(folder.run());
    } catch (IOException e) {
      err.println("instar: " + cell.name() + ": its checkpoints stay: " + Complaint.of(e));
    }
  }

  private TrainingPlan plan(Recipe recipe) {
    Conduct conduct = options.conduct(cell, folder.run());
    return new TrainingPlan(
        cell.pack(),
        cell.metadata(),
        cell.splitColumn(),
        cell.target(),
        cell.model(),
        recipe,
        cell.weights(),
        BadRecords.FAIL,
        conduct,
        options.copies(cell));
  }

  private CellResult result(
      TrainingResult<Measures> trained, CellEvaluation evaluation, Provenance provenance)
      throws IOException {
    int bestEpoch =
        trained.best().stream()
            .map(best -> best.epoch() + 1)
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        Fault.CORRUPT,
                        folder.run() + " has a result without an epoch; delete it to begin anew"));
    return new CellResult(
        CellResult.FORMAT,
        cell.name(),
        cell.factors(),
        cell.splitColumn(),
        cell.target(),
        cell.model(),
        evaluation.validation(),
        evaluation.test(),
        trained.epochs(),
        bestEpoch,
        trained.steps(),
        trained.early(),
        trained.skipped() + evaluation.skipped(),
        trained.seconds(),
        trained.imagesPerSecond(),
        provenance);
  }

  private void print(CellResult result) {
    out.printf(
        Locale.ROOT,
        "%s: %s on validation, %s on test, after %,d epochs (best %d)%n",
        cell.name(),
        shown(result.validation()),
        shown(result.test()),
        result.epochs(),
        result.bestEpoch());
    out.flush();
  }

  private static String shown(Scores scores) {
    return String.format(
        Locale.ROOT,
        "top-1 %.2f%% and macro top-1 %.2f%%",
        100 * scores.values().get(Measure.TOP1),
        100 * scores.values().get(Measure.MACRO_TOP1));
  }
}
