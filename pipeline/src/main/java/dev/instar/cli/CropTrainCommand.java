package dev.instar.cli;

import dev.instar.train.detection.DetectionRecipe;
import dev.instar.train.detection.DetectionTraining;
import dev.instar.train.detection.DetectionTrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      names = "--weights",
      paramLabel = "FILE",
      description = "Begin with these: a detector's, or a ResNet's for the backbone.")
  private Path weights;

  @Mixin private TrainingOptions training;

  @Override
  public Integer call() throws IOException, InterruptedException {
    DetectionTrainingPlan plan = plan();
    TrainingOptions.requireExisting(
        Stream.concat(Stream.of(boxes), plan.validation().stream()).toList(), plan.weights());
    return training.run(
        (log, stop) -> DetectionTraining.run(plan, log, stop), TrainingSummary::printDetector);
  }

  private DetectionTrainingPlan plan() throws IOException {
    Optional<Double> part = part();
    return new DetectionTrainingPlan(
        photos,
        boxes,
        part.isPresent() ? Optional.empty() : Optional.ofNullable(validation).map(Path::of),
        part.orElse(USUALLY_ASIDE),
        training.recipe(DetectionRecipe.FORM, recipe, training.changes(List.of())),
        Optional.ofNullable(weights),
        training.conduct());
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

  private ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
