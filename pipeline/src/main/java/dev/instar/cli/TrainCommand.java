package dev.instar.cli;

import dev.instar.image.InputException;
import dev.instar.loader.BadRecords;
import dev.instar.split.Experiment;
import dev.instar.train.Cadence;
import dev.instar.train.Measures;
import dev.instar.train.Recipe;
import dev.instar.train.Recipes;
import dev.instar.train.Training;
import dev.instar.train.TrainingLog;
import dev.instar.train.TrainingPlan;
import dev.instar.train.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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
  /** Loading for a network on the processor takes little beside computing it. */
  private static final int CORES_PER_LOADER = 4;

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
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change the recipe: --set optimizer.rate=0.01")
  private List<String> changes = new ArrayList<>();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "As --set epochs=N.")
  private Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "As --set batch=N.")
  private Integer batch;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Begin with these: .safetensors, .pth, .tar, .ckpt.")
  private Path weights;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      converter = Converters.Whole.class,
      description = "Of weights, order and every random change (1).")
  private long seed;

  @Option(
      names = "--device",
      paramLabel = "WHERE",
      defaultValue = "auto",
      description = "auto, cpu, cuda or cuda:N (auto).")
  private String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Threads that load (a quarter of the cores).")
  private Integer threads;

  @Option(
      names = "--torch-threads",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Threads that compute (what Slurm or the machine grants).")
  private Integer torchThreads;

  @Option(
      names = "--on-bad-record",
      paramLabel = "WHAT",
      defaultValue = "fail",
      description = "A picture that cannot be read: fail, or skip (fail).")
  private BadRecords badRecords;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "HOW-LONG",
      defaultValue = "10m",
      converter = HowOften.class,
      description = "10m, 90s, 2h, 500steps: what a kill may lose (10m).")
  private Cadence checkpointEvery;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "RUN",
      description = "The folder of the run.")
  private Path output;

  @Option(names = "--overwrite", description = "Begin anew where the folder holds a run.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    TrainingPlan plan = plan();
    for (Path file : List.of(pack, metadata)) {
      if (!Files.exists(file)) {
        throw new NoSuchFileException(file.toString());
      }
    }
    TrainingResult<Measures> result;
    try (StopSignal stop =
        StopSignal.listen(System.err, "stopping after this step; the same command continues")) {
      TrainingLog log = TrainingLog.on(System.err, Terminal.onStandardError());
      result = Training.run(plan, log, stop::requested);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(result.toJson());
    } else {
      TrainingSummary.print(out, result);
    }
    out.flush();
    if (!result.finished()) {
      return ExitStatus.STOPPED;
    }
    return result.skipped() > 0 ? ExitStatus.QUARANTINED : ExitStatus.DONE;
  }

  private TrainingPlan plan() throws IOException {
    Optional<Experiment> published = published();
    if (published.isEmpty() && (splitColumn == null || target == null)) {
      throw misused("say what to train: --experiment NAME, or --split-column and --target");
    }
    int cores = Runtime.getRuntime().availableProcessors();
    return new TrainingPlan(
        pack,
        metadata,
        published.map(Experiment::label).orElse(splitColumn),
        target != null ? target : published.orElseThrow().rank().label(),
        model,
        recipe(),
        Optional.ofNullable(weights),
        seed,
        device,
        threads != null ? threads : Math.max(1, cores / CORES_PER_LOADER),
        torchThreads != null ? torchThreads : cores,
        badRecords,
        checkpointEvery,
        output,
        overwrite);
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

  /** Options first: what {@code --set} says is the last word. */
  private Recipe recipe() throws IOException {
    List<String> all = new ArrayList<>();
    if (loss != null) {
      all.add("loss.kind=" + loss);
    }
    if (epochs != null) {
      all.add("epochs=" + epochs);
    }
    if (batch != null) {
      all.add("batch=" + batch);
    }
    all.addAll(changes);
    Recipe unchanged = Recipes.read(recipe, List.of());
    try {
      return all.isEmpty() ? unchanged : Recipes.read(recipe, all);
    } catch (InputException e) { // the recipe itself is sound
      throw misused(e.getMessage());
    }
  }

  private ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** {@link Cadence}. */
  static final class HowOften implements ITypeConverter<Cadence> {
    @Override
    public Cadence convert(String text) {
      try {
        return Cadence.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
