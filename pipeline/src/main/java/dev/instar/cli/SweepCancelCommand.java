package dev.instar.cli;

import dev.instar.slurm.Slurm;
import dev.instar.slurm.TaskId;
import dev.instar.sweep.Cancellation;
import dev.instar.sweep.CellStatus;
import dev.instar.sweep.CellStatus.State;
import dev.instar.sweep.Submissions;
import dev.instar.sweep.Sweep;
import dev.instar.sweep.SweepStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar sweep cancel}. */
@Command(
    name = "cancel",
    header = "Stop everything that works on a sweep.",
    customSynopsis = "instar sweep cancel SWEEP [OPTIONS]",
    description =
        "Its tasks in Slurm are taken from the queue; cells that run, on any host, save where they stand and end. Nothing is lost: 'sweep run' and 'sweep submit' take it back and continue.",
    footer = {
      "%nExamples:",
      "  instar sweep cancel sweep/",
      "  instar sweep cancel sweep/ --only 'size=large'"
    })
final class SweepCancelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SWEEP", description = "The folder that instar sweep plan made.")
  private Path folder;

  @Mixin private CellsOption only;

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      defaultValue = "60",
      converter = Converters.Count.class,
      description = "For tasks in Slurm to save; then they are killed (60).")
  private int grace;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Sweep sweep = Sweep.open(folder);
    if (!only.some()) {
      sweep.cancel();
    }
    Cancellation inSlurm =
        Submissions.of(sweep).isEmpty()
            ? Cancellation.NONE
            : Cancellation.of(
                sweep,
                only.filter(),
                Slurm.find(),
                Duration.ofSeconds(grace),
                remark -> System.err.println("instar: " + remark));
    PrintWriter out = spec.commandLine().getOut();
    say(out, "taken from Slurm's queue", inSlurm.taken());
    say(out, "stopped in Slurm, saved", inSlurm.stopped());
    say(out, "killed in Slurm, which continue from their last checkpoint", inSlurm.killed());
    List<CellStatus> running =
        SweepStatus.of(sweep, only.filter(), Map.of()).cells().stream()
            .filter(cell -> cell.state() == State.RUNNING)
            .toList();
    if (!running.isEmpty()) {
      String hosts =
          running.stream()
              .map(CellStatus::host)
              .distinct()
              .sorted()
              .collect(Collectors.joining(", "));
      out.printf(
          only.some()
              ? "%d still running outside of Slurm, on %s: end their sweep run, or cancel all cells%n"
              : "%d still running, on %s: they save and end after their step%n",
          running.size(),
          hosts);
    }
    if (!only.some()) {
      out.printf("%s is cancelled; sweep run or sweep submit take that back%n", folder);
    }
    out.flush();
    return ExitStatus.DONE;
  }

  private static void say(PrintWriter out, String what, List<TaskId> tasks) {
    if (!tasks.isEmpty()) {
      out.printf(
          "%d %s: %s%n",
          tasks.size(),
          what,
          tasks.stream().map(TaskId::toString).collect(Collectors.joining(", ")));
    }
  }
}
