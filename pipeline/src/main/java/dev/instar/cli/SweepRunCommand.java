package dev.instar.cli;

import dev.instar.sweep.Cell;
import dev.instar.sweep.RunLog;
import dev.instar.sweep.RunSummary;
import dev.instar.sweep.RunSummary.Outcome;
import dev.instar.sweep.Sweep;
import dev.instar.sweep.SweepRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar sweep run}. */
@Command(
    name = "run",
    header = "Train the cells that have no result yet.",
    customSynopsis = "instar sweep run SWEEP [OPTIONS]",
    description =
        "Each cell is a process of its own, the longest first; what it prints is in cells/NAME/log.txt. Any number of these may run on hosts that share the folder: no cell is taken twice. The same command continues after whatever stopped it. Exit status 0 if nothing is left to do here, 1 if a cell failed, 75 if it was told to stop.",
    footer = {
      "%nExamples:",
      "  instar sweep run sweep/",
      "  instar sweep run sweep/ --parallel 4 --device cuda:0,cuda:1,cuda:2,cuda:3",
      "  instar sweep run sweep/ --only 'model=resnet50,seed=1|2' --retry-failed"
    })
final class SweepRunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SWEEP", description = "The folder that instar sweep plan made.")
  private Path folder;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Cells at a time; they share the cores (1).")
  private Integer parallel;

  @Mixin private CellsOption only;

  @Option(names = "--retry-failed", description = "Try cells again that have failed.")
  private boolean retryFailed;

  @Mixin private CellOptions cells;

  @Option(names = "--json", description = "Print what became of the cells as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Sweep sweep = Sweep.open(folder);
    return cells.cell().isPresent() ? one(sweep, cells.cell().get()) : all(sweep);
  }

  /** A cell in this process. */
  private int one(Sweep sweep, String name) throws IOException, InterruptedException {
    if (parallel != null || only.some() || retryFailed || json) {
      throw misused("--cell is one cell: leave --parallel, --only, --retry-failed and --json out");
    }
    if (sweep.cancelled()) {
      // Not to be tried again, or a batch system would do so for ever.
      throw new IOException(folder + " is cancelled; sweep run or sweep submit take that back");
    }
    Cell cell = sweep.cell(name);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    return new CellWork(cell, sweep.folder(cell), cells, out, err).carryOut();
  }

  private int all(Sweep sweep) throws IOException, InterruptedException {
    SweepRunner.Assignment assignment =
        new SweepRunner.Assignment(only.filter(), parallel == null ? 1 : parallel, retryFailed);
    CellArguments arguments = CellArguments.of(spec, sweep, assignment.parallel());
    sweep.resume();
    RunSummary summary;
    try (StopSignal stop =
        StopSignal.listen(
            System.err, "stopping cells after their step; the same command continues")) {
      summary =
          SweepRunner.run(
              sweep,
              assignment,
              (cell, slot) -> Launcher.command(arguments.of(cell, slot)),
              RunLog.on(System.err, Terminal.onStandardError()),
              stop::requested);
    } catch (IllegalArgumentException e) {
      throw misused(e.getMessage());
    }
    RunSummaryText text = new RunSummaryText(sweep, summary);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? text.json() : text.text());
    out.flush();
    return status(summary);
  }

  private static int status(RunSummary summary) {
    if (summary.stopped() || !summary.names(Outcome.STOPPED).isEmpty()) {
      return ExitStatus.STOPPED;
    }
    if (!summary.names(Outcome.FAILED).isEmpty()) {
      return ExitStatus.FAILED;
    }
    return summary.skipped() ? ExitStatus.QUARANTINED : ExitStatus.DONE;
  }

  private ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
