package dev.instar.cli;

import dev.instar.convert.Conversion;
import dev.instar.convert.ConversionPlan;
import dev.instar.convert.Progress;
import dev.instar.convert.Quarantine;
import dev.instar.convert.RunReport;
import dev.instar.convert.RunSettings;
import dev.instar.convert.ShardPlan;
import dev.instar.pack.ImageSink;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar convert}: photographs in, a training-ready collection out. */
@Command(
    name = "convert",
    description = {
      "Convert photographs into a pack of small pictures, ready for training.",
      "Inputs are folders, pictures, zip and tar archives, HDF5 files, packs, and text lists of paths (- reads one from standard input). The same command, run again, continues where it stopped."
    },
    footer = {
      "",
      "Examples:",
      "  instar convert photos/ -o original_256.h5 --threads 8",
      "  instar convert photos/ -o cropped_256.h5 --crop boxes.csv --attribute license='CC BY 3.0'"
    })
final class ConvertCommand implements Callable<Integer> {
  private enum OnError {
    quarantine,
    fail
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "INPUT", arity = "1..*", description = "What to convert.")
  private List<String> inputs;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "Where to: NAME.h5 (a pack), NAME.zip, or a folder.")
  private Path output;

  @Mixin private OutputOptions target;
  @Mixin private PictureOptions picture;
  @Mixin private CropOptions crop;
  @Mixin private ThreadsOption threads;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = Converters.Shard.class,
      description =
          "Convert only share I of N, from 0 (default: that of the Slurm array task; 0/1 for everything).")
  private ShardPlan shard;

  @Option(
      names = "--on-error",
      paramLabel = "WHAT",
      defaultValue = "quarantine",
      description = "A bad record: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OnError onError;

  @Option(
      names = "--retry-quarantined",
      description = "Try records again that an earlier run quarantined.")
  private boolean retryQuarantined;

  @Option(
      names = "--overwrite",
      description = "Begin anew where the output exists, finished or not.")
  private boolean overwrite;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write counts, times by stage, arguments and machine as JSON.")
  private Path report;

  @Option(names = "--json", description = "Print the report as JSON instead of a table.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    ShardPlan share = shardPlan();
    Path path = share.pathOf(output);
    ConversionPlan plan = picture.plan(crop);
    if (overwrite) {
      target.delete(path);
      Files.deleteIfExists(Quarantine.fileFor(path));
    }
    Conversion.Result result;
    try (StopSignal stop = StopSignal.listen(System.err);
        ImageSource source = Sources.open(inputs, Limits.DEFAULT)) {
      if (source.size() == 0) {
        throw new IOException("no pictures in " + String.join(", ", inputs));
      }
      String settings = picture.fingerprint() + "; crop " + crop.fingerprint();
      try (ImageSink sink = target.open(path, plan.encoding(), settings);
          Quarantine quarantine = Quarantine.open(path)) {
        Conversion.Execution execution =
            new Conversion.Execution(
                threads.count(),
                share,
                onError == OnError.fail,
                retryQuarantined,
                stop,
                Progress.on(System.err, Terminal.onStandardError(), "convert"));
        result = new Conversion(source, sink, quarantine, plan, execution).run();
        if (result.finished()) {
          RunSettings.end(path);
        }
      }
    }
    return conclude(path, result);
  }

  private int conclude(Path path, Conversion.Result result) throws IOException {
    RunReport run =
        RunReport.of("convert", spec.commandLine().getParseResult().originalArgs(), result);
    if (report != null) {
      run.write(report);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(run.toJson());
    } else {
      Summary.print(out, path, result);
    }
    if (!result.finished()) {
      return ExitStatus.FAILED;
    }
    return result.counts().quarantined() > 0 ? ExitStatus.QUARANTINED : ExitStatus.DONE;
  }

  private ShardPlan shardPlan() {
    if (shard != null) {
      return shard;
    }
    ShardPlan ofArray = ShardPlan.ofSlurm(System.getenv()).orElse(ShardPlan.WHOLE);
    if (ofArray.count() > 1) {
      System.err.println("instar: shard " + ofArray + ", as the Slurm array task says");
    }
    return ofArray;
  }
}
