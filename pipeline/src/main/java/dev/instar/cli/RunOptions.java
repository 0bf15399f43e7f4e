package dev.instar.cli;

import dev.instar.convert.Conversion;
import dev.instar.convert.ConversionPlan;
import dev.instar.convert.Progress;
import dev.instar.convert.RunReport;
import dev.instar.convert.RunResult;
import dev.instar.convert.ShardPlan;
import dev.instar.convert.Stop;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

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
      names = "--shards",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Shards of --slurm (8).")
  private Integer shards;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Refuse larger photographs (100000000).")
  private int maxPixels = (int) ConversionPlan.DEFAULT_MAX_PIXELS;

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

  /** Larger photographs are refused. */
  int maxPixels() {
    return maxPixels;
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

  /** What is at odds among these options and those of Slurm, if anything. */
  Optional<String> contradiction(SlurmOptions slurm) {
    if (!slurm.asked() && shards != null) {
      return Optional.of("--shards needs --slurm; a shard made here is --shard I/N");
    }
    if (shards != null && shards < ShardArray.FEWEST_SHARDS) {
      return Optional.of("--shards " + shards + " is no array; two are the fewest");
    }
    return slurm.asked() && shard != null
        ? Optional.of("--shard is one share, made here; --slurm makes all of --shards N")
        : slurm.contradiction();
  }

  /**
   * How a run is carried out.
   *
   * @param verb what is done, for the line that shows progress
   */
  Conversion.Execution execution(ShardPlan share, Stop stop, String verb) {
    return new Conversion.Execution(
        threads(),
        share,
        onError == OnError.FAIL,
        retryQuarantined,
        stop,
        Progress.on(System.err, Terminal.onStandardError(), verb));
  }

  /**
   * Checks that options are not at odds with each other.
   *
   * @param contradictions what is at odds in each group of them, if anything
   * @throws ParameterException that says the first
   */
  static void requireConsistent(CommandSpec verb, Stream<Optional<String>> contradictions) {
    contradictions
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            message -> {
              throw new ParameterException(verb.commandLine(), message);
            });
  }

  /**
   * Opens the photographs that a run is over.
   *
   * @throws IOException if there are none
   */
  static ImageSource open(List<String> inputs) throws IOException {
    ImageSource source = Sources.open(inputs, Limits.DEFAULT);
    boolean success = false;
    try {
      if (source.size() == 0) {
        throw new IOException("no pictures in " + String.join(", ", inputs));
      }
      success = true;
      return source;
    } finally {
      if (!success) {
        source.close();
      }
    }
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

  /**
   * Lets an array of Slurm do the work instead.
   *
   * @param form what the verb knows of its output
   * @param settings what decides the bytes of the output
   * @param files options that name a file in a text
   * @return the exit status
   */
  int submit(
      CommandSpec verb,
      SlurmOptions slurm,
      List<String> inputs,
      Path output,
      ShardArray.Output form,
      String settings,
      Set<String> files,
      boolean overwrite)
      throws IOException, InterruptedException {
    if (inputs.contains("-")) {
      throw new ParameterException(
          verb.commandLine(),
          "--slurm cannot hand standard input on; write the list to a file, NAME.txt, and give that");
    }
    int photographs;
    try (ImageSource source = open(inputs)) {
      photographs = source.size();
    }
    List<String> ours = new ArrayList<>(List.of("--shards", "--json", "--overwrite"));
    slurm.specs().forEach(option -> ours.add(option.longestName()));
    ShardArray.Work work =
        new ShardArray.Work(
            GivenWords.of(verb, ours, files),
            photographs,
            settings,
            inputs.stream().anyMatch(input -> input.toLowerCase(Locale.ROOT).endsWith(".txt")),
            overwrite);
    return new ShardArray(verb, slurm, Optional.ofNullable(shards), output, form, work)
        .submit(json);
  }

  /**
   * Prints what a run came to, and writes it, as these options say; the report of a shard has a
   * name like the shard's.
   *
   * @param summary prints it for people
   * @return the exit status
   */
  int conclude(
      CommandSpec verb, ShardPlan share, RunResult<?> result, Consumer<PrintWriter> summary)
      throws IOException {
    RunReport<?> all =
        RunReport.of(verb.name(), verb.commandLine().getParseResult().originalArgs(), result);
    PrintWriter out = verb.commandLine().getOut();
    if (json) {
      out.println(all.toJson());
    } else {
      summary.accept(out);
    }
    if (report != null) {
      all.write(share.pathOf(report));
    }
    if (!result.finished()) {
      return ExitStatus.STOPPED;
    }
    return result.counts().quarantined() > 0 ? ExitStatus.QUARANTINED : ExitStatus.DONE;
  }
}
