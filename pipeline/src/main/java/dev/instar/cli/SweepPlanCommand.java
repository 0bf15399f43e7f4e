package dev.instar.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code instar sweep plan}. */
@Command(
    name = "plan",
    header = "Make the folder of a sweep from its plan.",
    customSynopsis = "instar sweep plan SWEEP.yaml -o SWEEP [OPTIONS]")
final class SweepPlanCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SWEEP", description = "The folder that instar sweep plan made.")
  private Path sweep;

  @Override
  public Integer call() {
    throw new UnsupportedOperationException(String.valueOf(sweep));
  }
}
