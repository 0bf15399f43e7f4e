package dev.instar.cli;

import picocli.CommandLine.Option;

/** How intervals of measures are drawn. */
final class BootstrapOptions {
  static final int USUAL_REPLICATES = 1000;
  static final long USUAL_SEED = 1;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      defaultValue = "" + USUAL_REPLICATES,
      converter = Converters.Count.class,
      description =
          "Replicates for the intervals of means, 0 for none (default: ${DEFAULT-VALUE}).")
  private int replicates;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + USUAL_SEED,
      converter = Converters.Whole.class,
      description = "Draws the replicates (default: ${DEFAULT-VALUE}).")
  private long seed;

  /** The number of replicates; 0 for no intervals. */
  int replicates() {
    return replicates;
  }

  long seed() {
    return seed;
  }
}
