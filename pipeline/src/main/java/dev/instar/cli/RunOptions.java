package dev.instar.cli;

import dev.instar.convert.ShardPlan;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a conversion is carried out, which does not change what it stores. */
final class RunOptions {
  /** What becomes of a bad record. */
  enum OnError {
    QUARANTINE,
    FAIL
  }

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Worker threads (what Slurm or the machine grants).")
  private Integer threads;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = Converters.Shard.class,
      description = "Share I of N, from 0 (the Slurm array task's).")
  private ShardPlan shard;

  @Option(
      names = "--on-error",
      paramLabel = "WHAT",
      converter = Converters.OnErrorName.class,
      description = "Bad record: quarantine, or fail (quarantine).")
  private OnError onError = OnError.QUARANTINE;

  @Option(names = "--retry-quarantined", description = "Try again what earlier runs quarantined.")
  private boolean retryQuarantined;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write counts, stage times and machine as JSON.")
  private Path report;

  @Option(names = "--json", description = "Print that JSON instead of a table.")
  private boolean json;

  int threads() {
    return threads != null ? threads : Runtime.getRuntime().availableProcessors();
  }

  /** The share that was asked for, or that of the Slurm array task, which is then said. */
  ShardPlan shard() {
    if (shard != null) {
      return shard;
    }
    ShardPlan ofArray = ShardPlan.ofSlurm(System.getenv()).orElse(ShardPlan.WHOLE);
    if (ofArray.count() > 1) {
      System.err.println("instar: shard " + ofArray + ", as the Slurm array task says");
    }
    return ofArray;
  }

  boolean failsOnBadRecord() {
    return onError == OnError.FAIL;
  }

  boolean retryQuarantined() {
    return retryQuarantined;
  }

  /** Where the report goes, or null. */
  Path report() {
    return report;
  }

  boolean json() {
    return json;
  }
}
