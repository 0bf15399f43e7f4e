package dev.instar.cli;

import dev.instar.report.SweepStatusJson;
import dev.instar.report.SweepStatusText;
import dev.instar.sweep.CellStatus.State;
import dev.instar.sweep.Sweep;
import dev.instar.sweep.SweepStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar sweep status}. */
@Command(
    name = "status",
    header = "Say where every cell stands.",
    customSynopsis = "instar sweep status SWEEP [OPTIONS]",
    description =
        "By the cells' folders, whoever runs them and wherever, and by Slurm where there is one. Exit status 0 if that could be told; with --watch 0 if all cells are done, 1 if one has failed, 75 if some are left and nobody works on them.",
    footer = {
      "%nExamples:",
      "  instar sweep status sweep/ --watch",
      "  instar sweep status sweep/ --failed --only 'model=resnet50'",
      "  instar sweep status sweep/ --json | jq '.counts'"
    })
final class SweepStatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SWEEP", description = "The folder that instar sweep plan made.")
  private Path folder;

  @Option(names = "--watch", description = "Look again and again until nothing moves any more.")
  private boolean watch;

  @Option(
      names = "--failed",
      description = "Say why cells failed or were interrupted, and where their logs are.")
  private boolean failed;

  @Mixin private CellsOption only;

  @Option(names = "--json", description = "Print it as JSON; with --watch a line a look.")
  private boolean json;

  private final SlurmView slurm = new SlurmView();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Sweep sweep = Sweep.open(folder);
    SweepStatus status = watch ? watched(sweep) : look(sweep);
    if (!(watch && json)) {
      print(status);
    }
    return watch ? ending(status) : ExitStatus.DONE;
  }

  private SweepStatus watched(Sweep sweep) throws IOException, InterruptedException {
    SweepWatch view =
        json
            ? SweepWatch.json(spec.commandLine().getOut())
            : SweepWatch.on(System.err, Terminal.onStandardError());
    return view.follow(() -> look(sweep));
  }

  private SweepStatus look(Sweep sweep) throws IOException, InterruptedException {
    return SweepStatus.of(sweep, only.filter(), slurm.states(SweepStatus.jobs(sweep)));
  }

  private void print(SweepStatus status) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(SweepStatusJson.of(status).toPrettyString());
    } else if (failed) {
      out.print(SweepStatusText.failures(status));
    } else {
      out.println(SweepStatusText.headline(status));
      out.println();
      out.print(SweepStatusText.table(status).text());
    }
    out.flush();
  }

  private static int ending(SweepStatus status) {
    if (status.count(State.FAILED) > 0) {
      return ExitStatus.FAILED;
    }
    return status.count(State.DONE) == status.cells().size() ? ExitStatus.DONE : ExitStatus.STOPPED;
  }
}
