package dev.instar.cli;

import dev.instar.sweep.Sweep;
import dev.instar.sweep.Sweep.PlannedCell;
import dev.instar.sweep.SweepPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar sweep plan}. */
@Command(
    name = "plan",
    header = "Make the folder of a sweep from its plan.",
    customSynopsis = "instar sweep plan PLAN [-o SWEEP] [OPTIONS]")
final class SweepPlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PLAN", description = "What is trained, as YAML.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "SWEEP",
      description = "The folder of the sweep (the plan's name).")
  private Path output;

  @Override
  public Integer call() throws IOException {
    SweepPlan plan = SweepPlan.read(file);
    List<PlannedCell> cells = plan.cells().stream().map(cell -> new PlannedCell(cell, 0)).toList();
    Sweep sweep = Sweep.create(output == null ? Path.of(plan.name()) : output, plan, cells);
    spec.commandLine().getOut().println(sweep.path() + ": " + cells.size() + " cells");
    return ExitStatus.DONE;
  }
}
