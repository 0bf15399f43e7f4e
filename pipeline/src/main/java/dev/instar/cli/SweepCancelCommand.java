package dev.instar.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code instar sweep cancel}. */
@Command(
    name = "cancel",
    header = "Stop everything that works on a sweep.",
    customSynopsis = "instar sweep cancel SWEEP [OPTIONS]")
final class SweepCancelCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SWEEP", description = "The folder that instar sweep plan made.")
  private Path sweep;

  @Override
  public Integer call() {
    throw new UnsupportedOperationException(String.valueOf(sweep));
  }
}
