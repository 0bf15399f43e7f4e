package dev.instar.cli;

import dev.instar.convert.Conversion;
import dev.instar.convert.ConversionPlan;
import dev.instar.convert.Counts;
import dev.instar.convert.Cropping;
import dev.instar.convert.Quarantine;
import dev.instar.convert.RunResult;
import dev.instar.convert.RunSettings;
import dev.instar.convert.ShardPlan;
import dev.instar.convert.Skipped;
import dev.instar.crop.BoxFile;
import dev.instar.pack.ImageSink;
import dev.instar.pack.ImageSource;
import dev.instar.survey.SurveyCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar convert}: photographs in, a training-ready collection out. */
@Command(
    name = "convert",
    header = "Convert photographs into a pack, ready for training.",
    modelTransformer = BriefSlurmHelp.class,
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

  @Mixin private SlurmOptions slurm;

  @Override
  public Integer call() throws Exception {
    RunOptions.requireConsistent(
        spec,
        Stream.of(
            target.contradiction(picture.encoding()),
            picture.contradiction(),
            crop.contradiction(),
            run.contradiction(slurm)));
    run.requireReportFolder();
    if (slurm.asked()) {
      return submit();
    }
    ShardPlan share = run.shard();
    Path path = share.pathOf(target.output());
    // A box file is better refused before anything is written; DETR has yet to look.
    Cropping cropping = crop.detr().isPresent() ? Cropping.WHOLE : crop.cropping();
    String settings = settings();
    try (ImageSource source = RunOptions.open(inputs)) {
      Apart.require(path, target.isFolder(), inputs);
      Optional<FirstLook> look = firstLook(path);
      try {
        return convert(source, share, path, look, cropping, settings);
      } finally {
        look.ifPresent(FirstLook::close);
      }
    }
  }

  private Optional<FirstLook> firstLook(Path path) throws IOException {
    Optional<DetectorOptions> detr = crop.detr();
    return detr.isPresent() ? Optional.of(FirstLook.open(detr.get(), path)) : Optional.empty();
  }

  private String settings() throws IOException {
    return picture.fingerprint() + "; crop " + crop.fingerprint();
  }

  /** Removes an output with all that a conversion left beside it, but its settings. */
  private static void discard(Path path) throws IOException {
    OutputOptions.delete(path);
    Files.deleteIfExists(Quarantine.fileFor(path));
    Files.deleteIfExists(Skipped.fileFor(path));
    FirstLook.delete(path);
  }

  private int submit() throws IOException, InterruptedException {
    if (!target.statesItsSettings()) {
      throw new ParameterException(
          spec.commandLine(),
          "--slurm makes packs (-o NAME.h5), whose shards can be joined; instar extract and instar publish make other forms of one");
    }
    if (crop.detr().isEmpty()) {
      crop.cropping(); // a box file of no use is refused now
    }
    return run.submit(
        spec,
        slurm,
        inputs,
        target.output(),
        new Shards(),
        settings(),
        crop.files(),
        target.overwrite());
  }

  /** The output in shards. */
  private final class Shards implements ShardArray.Output {
    @Override
    public void require(Path path) throws IOException {
      Apart.require(path, false, inputs);
    }

    @Override
    public void discard(Path path) throws IOException {
      ConvertCommand.discard(path);
    }

    @Override
    public List<String> joining() {
      return List.of("merge", "--copy");
    }
  }

  private int convert(
      ImageSource source,
      ShardPlan share,
      Path path,
      Optional<FirstLook> look,
      Cropping cropping,
      String settings)
      throws IOException, InterruptedException {
    OutputOptions.createFolderOf(path);
    try (RunSettings lock = RunSettings.lock(path)) {
      if (target.overwrite()) {
        discard(path);
      }
      try (ImageSink sink = target.open(path, lock, picture.encoding(), settings);
          Quarantine quarantine = Quarantine.open(path);
          Skipped skipped = Skipped.open(path);
          StopSignal stop = StopSignal.listen(System.err)) {
        if (look.isPresent()) {
          RunResult<SurveyCounts> seen =
              look.get()
                  .run(source, quarantine, run.maxPixels(), run.execution(share, stop, "looking"));
          if (!seen.finished()) {
            return run.conclude(spec, share, seen, out -> Summary.ofSurvey(out, path, seen));
          }
          cropping = crop.croppingAround(BoxFile.read(FirstLook.boxesFor(path)));
        }
        ConversionPlan plan = picture.plan(cropping, crop.padColor(), run.maxPixels());
        Conversion.Execution execution = run.execution(share, stop, "convert");
        RunResult<Counts> result =
            new Conversion(source, sink, quarantine, skipped, plan, execution).run();
        if (result.finished() && target.statesItsSettings()) {
          lock.forget();
        }
        return run.conclude(spec, share, result, out -> Summary.ofConversion(out, path, result));
      }
    }
  }
}
