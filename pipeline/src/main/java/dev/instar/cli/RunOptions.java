package dev.instar.cli;

import dev.instar.convert.RunReport;
import dev.instar.convert.ShardPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** How photographs are worked through, which does not change what is stored of them. */
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

  /** Checks that the report can be written: better now than after hours of work. */
  void requireReportFolder() throws IOException {
    if (report != null) {
      Path folder = report.toAbsolutePath().getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        throw new NotDirectoryException(String.valueOf(folder));
      }
    }
  }

  /** Prints or writes what a run came to, as these options say. */
  void report(PrintWriter out, RunReport<?> result, Consumer<PrintWriter> summary)
      throws IOException {
    if (json) {
      out.println(result.toJson());
    } else {
      summary.accept(out);
    }
    if (report != null) {
      result.write(report);
    }
  }

  /** The status with which a run ends. */
  static int status(boolean finished, long quarantined) {
    if (!finished) {
      return ExitStatus.FAILED;
    }
    return quarantined > 0 ? ExitStatus.QUARANTINED : ExitStatus.DONE;
  }
}
