package dev.instar.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code instar report}: a sweep, or one run, as a page and tables. */
@Command(
    name = "report",
    header = "Make a page and tables of a sweep, or of one run.",
    customSynopsis = "instar report SWEEP|RUN -o REPORT [OPTIONS]",
    footer = {
      "%nExamples:",
      "  instar report sweep/ -o report/",
      "  instar report runs/a -o report/"
    })
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SWEEP|RUN", description = "The folder of a sweep, or of a training.")
  private Path folder;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "REPORT",
      description = "The folder of the report.")
  private Path output;

  @Override
  public Integer call() {
    throw new UnsupportedOperationException(folder + " " + output);
  }
}
