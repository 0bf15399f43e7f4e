package dev.instar.cli;

import dev.instar.image.InputException;
import dev.instar.train.Cadence;
import dev.instar.train.TrainingLog;
import dev.instar.train.TrainingResult;
import dev.instar.train.detection.DetectionMeasures;
import dev.instar.train.detection.DetectionRecipe;
import dev.instar.train.detection.DetectionTraining;
import dev.instar.train.detection.DetectionTrainingPlan;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code instar crop train}: photographs and boxes in, a trained detector out. */
@Command(
    name = "train",
    header = "Train a detector on photographs with boxes.",
    customSynopsis = "instar crop train --photos PHOTOS --boxes BOXES -o RUN [OPTIONS]",
    description =
        "Only photographs that the box file lists are used; one listed without a box is an empty well. Defaults are in parentheses. The same command, run again, continues where it stopped: after Ctrl-C, SIGTERM or SIGUSR1 (exit status 75: try again) at the same step, after a kill at the last checkpoint.",
    footer = {
      "",
      "Examples:",
      "  instar crop train --photos photos/ --boxes coco.json -o runs/detr \\",
      "    --weights detr-resnet-50.safetensors",
      "  instar synth -o sample --records 3000 --image-size 384x288",
      "  instar crop train --photos sample --boxes sample/boxes.csv -o runs/small \\",
      "    --recipe detr-small"
    })
final class CropTrainCommand implements Callable<Integer> {
  /** Decoding for a network on the processor takes little beside computing it. */
  private static final int CORES_PER_LOADER = 4;

  private static final double USUALLY_ASIDE = 0.1;

  @Spec private CommandSpec spec;

  @Option(
      names = "--photos",
      required = true,
      paramLabel = "PHOTOS",
      description = "A folder, an archive, a pack; may be repeated.")
  private List<String> photos;

  @Option(
      names = "--boxes",
      required = true,
      paramLabel = "BOXES",
      description = "Their boxes: COCO JSON, or a table.")
  private Path boxes;

  @Option(
      names = "--validation",
      paramLabel = "WHAT",
      description =
          "What is not learnt from but measured by: another box file, or a part of the photographs (0.1).")
  private String validation;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      defaultValue = "detr",
      description = "detr, detr-small, or a YAML file (detr).")
  private String recipe;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change the recipe: --set backbone_rate=1e-4")
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
      description = "Begin with these: a detector's, or a ResNet's for the backbone.")
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
      description = "Threads that decode (a quarter of the cores).")
  private Integer threads;

  @Option(
      names = "--torch-threads",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Threads that compute (what Slurm or the machine grants).")
  private Integer torchThreads;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "HOW-LONG",
      defaultValue = "10m",
      converter = TrainCommand.HowOften.class,
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
    DetectionTrainingPlan plan = plan();
    TrainingResult<DetectionMeasures> result;
    try (StopSignal stop =
        StopSignal.listen(System.err, "stopping after this step; the same command continues")) {
      TrainingLog log = TrainingLog.on(System.err, Terminal.onStandardError());
      result = DetectionTraining.run(plan, log, stop::requested);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(result.toJson());
    } else {
      TrainingSummary.printDetector(out, result);
    }
    out.flush();
    if (!result.finished()) {
      return ExitStatus.STOPPED;
    }
    return result.skipped() > 0 ? ExitStatus.QUARANTINED : ExitStatus.DONE;
  }

  private DetectionTrainingPlan plan() throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    Optional<Double> part = part();
    Optional<Path> validationFile =
        validation == null || part.isPresent()
            ? Optional.empty()
            : Optional.of(Path.of(validation));
    List<Path> files = new ArrayList<>(List.of(boxes));
    validationFile.ifPresent(files::add);
    Optional.ofNullable(weights).ifPresent(files::add);
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw new NoSuchFileException(file.toString());
      }
    }
    return new DetectionTrainingPlan(
        photos,
        boxes,
        validationFile,
        part.orElse(USUALLY_ASIDE),
        recipe(),
        Optional.ofNullable(weights),
        seed,
        device,
        threads != null ? threads : Math.max(1, cores / CORES_PER_LOADER),
        torchThreads != null ? torchThreads : cores,
        checkpointEvery,
        output,
        overwrite);
  }

  /** What is set aside, where {@code --validation} is a number. */
  private Optional<Double> part() {
    if (validation == null || !validation.matches("[0-9.]+")) {
      return Optional.empty();
    }
    double part;
    try {
      part = Double.parseDouble(validation);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    if (!(part > 0 && part < 1)) {
      throw misused("--validation " + validation + ": a part lies between 0 and 1, as 0.1 does");
    }
    return Optional.of(part);
  }

  /** Options first: what {@code --set} says is the last word. */
  private DetectionRecipe recipe() throws IOException {
    List<String> all = new ArrayList<>();
    if (epochs != null) {
      all.add("epochs=" + epochs);
    }
    if (batch != null) {
      all.add("batch=" + batch);
    }
    all.addAll(changes);
    DetectionRecipe unchanged = DetectionRecipe.FORM.read(recipe, List.of());
    try {
      return all.isEmpty() ? unchanged : DetectionRecipe.FORM.read(recipe, all);
    } catch (InputException e) { // the recipe itself is sound
      throw misused(e.getMessage());
    }
  }

  private ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
