package dev.instar.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code instar sweep}: many trainings as one experiment. */
@Command(
    name = "sweep",
    header = "Plan and run many trainings as one experiment.",
    customSynopsis = "instar sweep VERB [OPTIONS]",
    description =
        "Each training is a cell: a folder with its settings, its state and its result. Cells are run by any number of machines that share the folder, in any order, and continued after whatever stopped them.",
    subcommands = {
      SweepPlanCommand.class,
      SweepRunCommand.class,
      SweepSubmitCommand.class,
      SweepStatusCommand.class,
      SweepCancelCommand.class
    },
    footer = {
      "%nExamples:",
      "  instar sweep plan SWEEP.yaml -o sweep/",
      "  instar sweep run sweep/ --parallel 2 --only 'model=resnet50,seed=1'",
      "  instar sweep submit sweep/ --slurm --time 12:00:00 --gpus 1 --max-running 8",
      "  instar report sweep/ -o report/"
    })
final class SweepCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** It is its verbs that do something. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a verb is missing");
  }
}
