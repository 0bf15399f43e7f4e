package dev.instar.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code instar sweep run}. */
@Command(
    name = "run",
    header = "Train the cells that have no result yet.",
    customSynopsis = "instar sweep run SWEEP [OPTIONS]")
final class SweepRunCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SWEEP", description = "The folder that instar sweep plan made.")
  private Path sweep;

  @Override
  public Integer call() {
    throw new UnsupportedOperationException(String.valueOf(sweep));
  }
}
