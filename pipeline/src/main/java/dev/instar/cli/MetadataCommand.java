package dev.instar.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code instar metadata}: specimen tables as files. */
@Command(
    name = "metadata",
    description = "Convert and check specimen tables.",
    synopsisSubcommandLabel = "VERB",
    footer = {
      "%nExamples:",
      "  instar metadata convert metadata.tsv -o metadata.parquet",
      "  instar metadata check metadata.tsv --images pack.h5"
    },
    subcommands = {MetadataConvertCommand.class, MetadataCheckCommand.class})
final class MetadataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a verb is missing");
  }
}
