package dev.instar.cli;

import picocli.CommandLine.Option;

/**
 * How many threads a command works with; the launcher tells what the machine or the batch system
 * grants.
 */
final class ThreadsOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Worker threads (default: what Slurm or the machine grants).")
  private Integer threads;

  /** The number asked for, or what is granted. */
  int count() {
    return threads != null ? threads : Runtime.getRuntime().availableProcessors();
  }
}
