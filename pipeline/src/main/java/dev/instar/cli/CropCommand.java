package dev.instar.cli;

import dev.instar.convert.Quarantine;
import dev.instar.convert.RunResult;
import dev.instar.convert.RunSettings;
import dev.instar.convert.ShardPlan;
import dev.instar.pack.ImageSource;
import dev.instar.survey.Lookout;
import dev.instar.survey.OverlayFolder;
import dev.instar.survey.Survey;
import dev.instar.survey.SurveyBoxes;
import dev.instar.survey.SurveyCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar crop}: where the insects are. */
@Command(
    name = "crop",
    header = "Find the insects in photographs.",
    modelTransformer = BriefSlurmHelp.class,
    customSynopsis = {
      "instar crop PHOTOS... -o BOXES [OPTIONS]",
      "       instar crop VERB [OPTIONS]"
    },
    description =
        "A row for each box, one without numbers for an empty well. Defaults are in parentheses. The same command, run again, continues where it stopped. Bad photographs are listed in BOXES.quarantine.jsonl; the exit status is then 3.",
    subcommands = {
      CropEvaluateCommand.class,
      CropConvertCommand.class,
      CropMergeCommand.class,
      CropTrainCommand.class
    },
    commandListHeading = "%nVerbs (a folder of such a name is given as ./NAME):%n",
    footer = {
      "%nExamples:",
      "  instar crop photos/ -o boxes.csv --overlay review",
      "  instar crop photos/ -o boxes.json --detector detr --weights detr.safetensors",
      "  instar convert photos/ -o cropped_256.h5 --crop boxes.csv"
    })
final class CropCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PHOTOS",
      arity = "0..*",
      description =
          "Folders, pictures, zip, tar, HDF5, packs, lists of paths (.txt, or - for standard input).")
  private List<String> inputs = List.of();

  @ArgGroup(validate = false, heading = "%nOutput:%n")
  private BoxOutputOptions target = new BoxOutputOptions();

  @ArgGroup(validate = false, heading = "%nDetector:%n")
  private DetectorOptions detector = new DetectorOptions();

  @ArgGroup(validate = false, heading = "%nRun:%n")
  private RunOptions run = new RunOptions();

  @Mixin private SlurmOptions slurm;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (inputs.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "photographs are missing");
    }
    RunOptions.requireConsistent(
        spec,
        Stream.of(target.contradiction(), detector.contradiction(), run.contradiction(slurm)));
    run.requireReportFolder();
    if (slurm.asked()) {
      return run.submit(
          spec,
          slurm,
          inputs,
          target.output(),
          new Shards(),
          detector.fingerprint(),
          Set.of(),
          target.overwrite());
    }
    ShardPlan share = run.shard();
    Path path = share.pathOf(target.output());
    try (ImageSource source = RunOptions.open(inputs)) {
      target.requireApart(path, inputs);
      target.requireOurs(path);
      OutputOptions.createFolderOf(path);
      return look(source, share, path, target.overlays());
    }
  }

  /** The output in shards. */
  private final class Shards implements ShardArray.Output {
    @Override
    public void require(Path path) throws IOException {
      target.requireApart(path, inputs);
      target.requireOurs(path);
    }

    @Override
    public void discard(Path path) throws IOException {
      BoxOutputOptions.discard(path);
    }

    @Override
    public List<String> joining() {
      return List.of("crop", "merge");
    }
  }

  private int look(ImageSource source, ShardPlan share, Path path, Optional<OverlayFolder> overlays)
      throws IOException, InterruptedException {
    try (Lookout lookout = detector.lookout();
        RunSettings lock = RunSettings.lock(path);
        SurveyBoxes boxes = target.open(path, lock, detector.fingerprint());
        Quarantine quarantine = Quarantine.open(path);
        StopSignal stop = StopSignal.listen(System.err)) {
      Survey survey =
          new Survey(
              source,
              lookout,
              boxes,
              overlays,
              quarantine,
              run.maxPixels(),
              run.execution(share, stop, "crop"));
      RunResult<SurveyCounts> result = survey.run();
      if (result.finished()) {
        target.finish(path, share, boxes);
      }
      return run.conclude(spec, share, result, out -> Summary.ofSurvey(out, path, result));
    }
  }
}
