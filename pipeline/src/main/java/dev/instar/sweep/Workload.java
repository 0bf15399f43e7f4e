package dev.instar.sweep;

import dev.instar.model.Architecture;
import dev.instar.model.Models;
import dev.instar.train.Recipe;
import dev.instar.train.StepTiming;

/**
 * What there is to do for a cell.
 *
 * @param sizes of its data
 */
record Workload(Cell cell, Recipe recipe, SplitSizes sizes) {
  /** A forward pass is a third of forward and backward: the backward pass has two products each. */
  private static final double FORWARD = 1.0 / 3;

  /** Of a TorchScript file, whose parameters nobody has counted: as ResNet-50. */
  private static final long USUAL_PARAMETERS = 25_557_032;

  /** What the time of a picture depends on. */
  record Kind(
      String model,
      int crop,
      int batch,
      Recipe.Precision precision,
      boolean channelsLast,
      Recipe.Optimization.Kind optimizer,
      boolean average) {}

  Kind kind() {
    return new Kind(
        cell.model(),
        recipe.augmentation().crop(),
        recipe.batch(),
        recipe.precision(),
        recipe.channelsLast(),
        recipe.optimizer().kind(),
        recipe.average() > 0);
  }

  /** Pictures of an epoch, those of validation by what they cost of one that is learnt from. */
  double imagesOfEpoch() {
    return sizes.train() + FORWARD * sizes.validation();
  }

  /**
   * Pictures of all, those that are only evaluated by what they cost of one that is learnt from.
   */
  private double images() {
    return recipe.epochs() * imagesOfEpoch() + FORWARD * (sizes.validation() + sizes.test());
  }

  /** Steps of the optimizer. */
  long steps() {
    long batches = ceiling(sizes.train(), recipe.batch());
    return recipe.epochs() * ceiling(batches, recipe.accumulate());
  }

  private static long ceiling(long count, long by) {
    return (count + by - 1) / by;
  }

  /** Seconds at a pace, if training does not end early. */
  double seconds(StepTiming pace) {
    return images() * pace.secondsPerImage() + steps() * pace.secondsPerStep();
  }

  /** What to compare cells by where nobody knows a pace: parameters by pixels. */
  double effort() {
    long parameters =
        Models.all().stream()
            .filter(architecture -> architecture.name().equals(cell.model()))
            .mapToLong(Architecture::parameters)
            .findFirst()
            .orElse(USUAL_PARAMETERS);
    double pixels = Math.pow(recipe.augmentation().crop(), 2);
    return images() * parameters * pixels;
  }
}
