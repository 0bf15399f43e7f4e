package dev.instar.train;

import dev.instar.evaluate.Evaluation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the validation set says of a network after an epoch; parts of 1, but the loss.
 *
 * @param epoch that the network had finished, from 0
 * @param loss the mean cross-entropy
 */
public record Measures(
    int epoch, double top1, double top3, double top5, double macroTop1, double macroF1, double loss)
    implements Measured {
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

  @Override
  public Map<String, Double> scalars() {
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("validation_loss", loss);
    scalars.put("top1", top1);
    scalars.put("top5", top5);
    scalars.put("macro_top1", macroTop1);
    scalars.put("macro_f1", macroF1);
    return scalars;
  }

  @Override
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "validation: loss %.4f  top-1 %.2f%%  macro top-1 %.2f%%",
        loss,
        100 * top1,
        100 * macroTop1);
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
