package dev.instar.cli;

import dev.instar.loader.BadRecords;
import dev.instar.split.Experiment;
import dev.instar.train.Measures;
import dev.instar.train.Recipe;
import dev.instar.train.Training;
import dev.instar.train.TrainingLog;
import dev.instar.train.TrainingPlan;
import dev.instar.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code instar train}: a pack and a table in, a trained classifier out. */
@Command(
    name = "train",
    header = "Train a classifier on a pack.",
    customSynopsis = "instar train --pack PACK --metadata META --experiment NAME -o RUN [OPTIONS]",
    description =
        "Defaults are in parentheses. The same command, run again, continues where it stopped: after Ctrl-C, SIGTERM or SIGUSR1 (exit status 75: try again) at the same step, after a kill at the last checkpoint.",
    footer = {
      "",
      "Examples:",
      "  instar train --pack pack.h5 --metadata split.tsv --experiment small_insect_order -o runs/a",
      "  instar train --pack pack.h5 --metadata split.tsv --split-column fold1 --target quality \\",
      "    --model resnet18 --recipe fast --set augmentation.crop=128 --epochs 20 -o runs/fold1"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--pack",
      required = true,
      paramLabel = "PACK",
      description = "The pictures, as 'instar convert' makes them.")
  private Path pack;

  @Option(
      names = "--metadata",
      required = true,
      paramLabel = "META",
      description = "The table with splits and classes: .tsv or .csv.")
  private Path metadata;

  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      description = "(large|medium|small)_(insect_order|diptera_family).")
  private String experiment;

  @Option(
      names = "--split-column",
      paramLabel = "COLUMN",
      description = "Or any column that says train, validation, test.")
  private String splitColumn;

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description = "The column with the classes (the experiment's rank).")
  private String target;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "resnet50",
      description = "One of 'instar models', or a TorchScript file (resnet50).")
  private String model;

  @Option(
      names = "--loss",
      paramLabel = "KIND",
      description = "ce, focal, class_balanced, ldam, logit_adjusted (the recipe's).")
  private String loss;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      defaultValue = "paper",
      description = "paper, fast, or a YAML file (paper).")
  private String recipe;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Begin with these: .safetensors, .pth, .tar, .ckpt.")
  private Path weights;

  @Option(
      names = "--on-bad-record",
      paramLabel = "WHAT",
      defaultValue = "fail",
      description = "A picture that cannot be read: fail, or skip (fail).")
  private BadRecords badRecords;

  @Mixin private TrainingOptions training;

  @Override
  public Integer call() throws IOException, InterruptedException {
    TrainingPlan plan = plan();
    TrainingOptions.requireExisting(List.of(pack, metadata), plan.weights());
    return training.run((log, stop) -> train(plan, log, stop), TrainingSummary::print);
  }

  private TrainingResult<Measures> train(TrainingPlan plan, TrainingLog log, BooleanSupplier stop)
      throws IOException, InterruptedException {
    Path run = plan.conduct().folder();
    // Who only tells what an earlier process came to, does not know what that one was.
    boolean before = Files.exists(run.resolve(TrainingResult.FILE)) && !plan.conduct().overwrite();
    TrainingResult<Measures> result = Training.run(plan, log, stop);
    if (result.finished() && !before) {
      String name = run.toAbsolutePath().normalize().getFileName().toString();
      RunProvenance.keep(plan, result, TrainArguments.of(plan, result, recipe, changes(), name));
    }
    return result;
  }

  private TrainingPlan plan() throws IOException {
    Optional<Experiment> published = published();
    if (published.isEmpty() && (splitColumn == null || target == null)) {
      throw misused("say what to train: --experiment NAME, or --split-column and --target");
    }
    return new TrainingPlan(
        pack,
        metadata,
        published.map(Experiment::label).orElse(splitColumn),
        target != null ? target : published.orElseThrow().rank().label(),
        model,
        training.recipe(Recipe.FORM, recipe, changes()),
        Optional.ofNullable(weights),
        badRecords,
        training.conduct());
  }

  private List<String> changes() {
    return training.changes(loss == null ? List.of() : List.of("loss.kind=" + loss));
  }

  private Optional<Experiment> published() {
    if (experiment == null) {
      return Optional.empty();
    }
    if (splitColumn != null) {
      throw misused("--experiment names the split already; leave --split-column out");
    }
    Optional<Experiment> named = Experiment.ofLabel(experiment);
    if (named.isEmpty()) {
      throw misused(
          "no experiment '"
              + experiment
              + "': there are (large|medium|small)_(insect_order|diptera_family); --split-column"
              + " takes any column");
    }
    return named;
  }

  private ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
