package dev.instar.train;

import dev.instar.evaluate.Evaluation;

/**
 * What the validation set says of a network after an epoch; parts of 1, but the loss.
 *
 * @param epoch that the network had finished, from 0
 * @param loss the mean cross-entropy
 */
public record Measures(
    int epoch,
    double top1,
    double top3,
    double top5,
    double macroTop1,
    double macroF1,
    double loss) {
  static Measures of(int epoch, Evaluation evaluation) {
    return new Measures(
        epoch,
        evaluation.top(1),
        evaluation.top(3),
        evaluation.top(5),
        evaluation.macroTop(1),
        evaluation.macroF1(),
        evaluation.loss());
  }

  /** The one that a recipe selects by. */
  public double value(Recipe.Measure measure) {
    return switch (measure) {
      case TOP1 -> top1;
      case MACRO_TOP1 -> macroTop1;
      case MACRO_F1 -> macroF1;
    };
  }
}
