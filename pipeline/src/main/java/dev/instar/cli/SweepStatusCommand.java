package dev.instar.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code instar sweep status}. */
@Command(
    name = "status",
    header = "Say where every cell stands.",
    customSynopsis = "instar sweep status SWEEP [OPTIONS]")
final class SweepStatusCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SWEEP", description = "The folder that instar sweep plan made.")
  private Path sweep;

  @Override
  public Integer call() {
    throw new UnsupportedOperationException(String.valueOf(sweep));
  }
}
