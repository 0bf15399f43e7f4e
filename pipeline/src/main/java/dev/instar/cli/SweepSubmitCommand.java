package dev.instar.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code instar sweep submit}. */
@Command(
    name = "submit",
    header = "Hand the cells that have no result yet to Slurm.",
    customSynopsis = "instar sweep submit SWEEP --slurm [OPTIONS]")
final class SweepSubmitCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SWEEP", description = "The folder that instar sweep plan made.")
  private Path sweep;

  @Override
  public Integer call() {
    throw new UnsupportedOperationException(String.valueOf(sweep));
  }
}
