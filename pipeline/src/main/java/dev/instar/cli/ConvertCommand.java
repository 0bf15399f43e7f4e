package dev.instar.cli;

import dev.instar.convert.Conversion;
import dev.instar.convert.ConversionPlan;
import dev.instar.convert.Counts;
import dev.instar.convert.Cropping;
import dev.instar.convert.Progress;
import dev.instar.convert.Quarantine;
import dev.instar.convert.RunReport;
import dev.instar.convert.RunSettings;
import dev.instar.convert.ShardPlan;
import dev.instar.convert.Skipped;
import dev.instar.convert.Stage;
import dev.instar.convert.Stop;
import dev.instar.crop.BoxFile;
import dev.instar.pack.ImageSink;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import dev.instar.survey.Survey;
import dev.instar.survey.SurveyCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar convert}: photographs in, a training-ready collection out. */
@Command(
    name = "convert",
    header = "Convert photographs into a pack, ready for training.",
    customSynopsis = "instar convert INPUT... -o OUTPUT [OPTIONS]",
    description =
        "Defaults are in parentheses. The same command, run again, continues where it stopped. Bad records are listed in OUTPUT.quarantine.jsonl; the exit status is then 3.",
    footer = {
      "%nExamples:",
      "  instar convert photos/ -o original_256.h5 --threads 8",
      "  instar convert photos/ -o cropped_256.h5 --crop contrast --skip empty,blurry",
      "  instar convert a.zip b.h5 -o all.h5 --attribute license='CC BY 3.0'"
    })
final class ConvertCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "INPUT",
      arity = "1..*",
      description =
          "Folders, pictures, zip, tar, HDF5, packs, lists of paths (.txt, or - for standard input).")
  private List<String> inputs;

  @ArgGroup(validate = false, heading = "%nOutput:%n")
  private OutputOptions target = new OutputOptions();

  @ArgGroup(validate = false, heading = "%nPicture:%n")
  private PictureOptions picture = new PictureOptions();

  @ArgGroup(validate = false, heading = "%nCrop:%n")
  private CropOptions crop = new CropOptions();

  @ArgGroup(validate = false, heading = "%nRun:%n")
  private RunOptions run = new RunOptions();

  @Override
  public Integer call() throws Exception {
    Stream.of(
            target.contradiction(picture.encoding()), picture.contradiction(), crop.contradiction())
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            message -> {
              throw new ParameterException(spec.commandLine(), message);
            });
    run.requireReportFolder();
    ShardPlan share = run.shard();
    Path path = share.pathOf(target.output());
    // DETR has yet to look, and a box file is better refused before anything is written.
    Cropping cropping = crop.detr().isPresent() ? Cropping.WHOLE : crop.cropping();
    String settings = picture.fingerprint() + "; crop " + crop.fingerprint();
    try (ImageSource source = Sources.open(inputs, Limits.DEFAULT)) {
      if (source.size() == 0) {
        throw new IOException("no pictures in " + String.join(", ", inputs));
      }
      Apart.require(path, target.isFolder(), inputs);
      OutputOptions.createFolderOf(path);
      try (RunSettings lock = RunSettings.lock(path)) {
        if (target.overwrite()) {
          OutputOptions.delete(path);
          Files.deleteIfExists(Quarantine.fileFor(path));
          Files.deleteIfExists(Skipped.fileFor(path));
          FirstLook.delete(path);
        }
        return convert(source, share, path, cropping, lock, settings);
      }
    }
  }

  private int convert(
      ImageSource source,
      ShardPlan share,
      Path path,
      Cropping cropping,
      RunSettings lock,
      String settings)
      throws IOException, InterruptedException {
    try (ImageSink sink = target.open(path, lock, picture.encoding(), settings);
        Quarantine quarantine = Quarantine.open(path);
        Skipped skipped = Skipped.open(path);
        StopSignal stop = StopSignal.listen(System.err)) {
      Optional<DetectorOptions> detr = crop.detr();
      if (detr.isPresent()) {
        Survey.Result look =
            new FirstLook(source, detr.get(), path, picture.maxPixels())
                .run(quarantine, execution(share, stop, "looking"));
        if (!look.finished()) {
          return conclude(path, look);
        }
        cropping = crop.croppingAround(BoxFile.read(FirstLook.boxesFor(path)));
      }
      ConversionPlan plan = picture.plan(cropping, crop.padColor());
      Conversion.Result result =
          new Conversion(source, sink, quarantine, skipped, plan, execution(share, stop, "convert"))
              .run();
      if (result.finished() && target.statesItsSettings()) {
        lock.forget();
      }
      return conclude(path, result);
    }
  }

  private Conversion.Execution execution(ShardPlan share, Stop stop, String verb) {
    return new Conversion.Execution(
        run.threads(),
        share,
        run.failsOnBadRecord(),
        run.retryQuarantined(),
        stop,
        Progress.on(System.err, Terminal.onStandardError(), verb));
  }

  /** Of a run that was told to stop before the first look was done. */
  private int conclude(Path path, Survey.Result look) throws IOException {
    RunReport<SurveyCounts> report =
        report(
            look.finished(),
            look.counts(),
            look.seconds(),
            look.imagesPerSecond(),
            look.stageNanos());
    run.report(spec.commandLine().getOut(), report, out -> Summary.print(out, path, look));
    return RunOptions.status(look.finished(), look.counts().quarantined());
  }

  private int conclude(Path path, Conversion.Result result) throws IOException {
    RunReport<Counts> report =
        report(
            result.finished(),
            result.counts(),
            result.seconds(),
            result.imagesPerSecond(),
            result.stageNanos());
    run.report(spec.commandLine().getOut(), report, out -> Summary.print(out, path, result));
    return RunOptions.status(result.finished(), result.counts().quarantined());
  }

  private <C> RunReport<C> report(
      boolean finished, C counts, double seconds, double rate, Map<Stage, Long> stageNanos) {
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    return RunReport.of("convert", arguments, finished, counts, seconds, rate, stageNanos);
  }
}
