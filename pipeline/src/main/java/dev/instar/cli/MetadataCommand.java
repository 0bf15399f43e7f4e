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
      "",
      "Examples:",
      "  instar metadata convert meta.tsv -o meta.parquet",
      "  instar metadata check meta.tsv --images cropped_256.h5"
    },
    subcommands = {MetadataConvertCommand.class, MetadataCheckCommand.class})
final class MetadataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a verb is missing");
  }
}
