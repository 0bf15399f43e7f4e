package dev.instar.train.detection;

import dev.instar.detect.DetectorFile;
import dev.instar.detect.InputSize;
import dev.instar.model.Detr;
import dev.instar.model.DetrOptions;
import dev.instar.train.Range;
import dev.instar.train.Recipe;
import dev.instar.train.RecipeForm;
import dev.instar.train.Regime;
import dev.instar.train.Selection;
import java.util.List;
import java.util.Map;

/**
 * Everything that decides what detector is trained and how, but the data and the seed. Read from
 * YAML.
 *
 * @param name of the recipe that it began as
 * @param detector its size
 * @param pictures the size that photographs get
 * @param augmentation what is left to chance as they get it, in training
 * @param epochs passes over the training set
 * @param steps of the optimizer after which training ends all the same, 0 for no limit
 * @param batch pictures of one forward pass
 * @param accumulate forward passes to one step of the optimizer
 * @param backboneRate the base learning rate of the backbone; that of the rest is the optimizer's
 * @param precision of forward and backward passes
 * @param channelsLast whether pictures and weights are laid out so
 * @param clip the greatest L2 norm of all gradients together, 0 for no limit
 * @param freeze prefixes of parameters that stay as they are
 * @param average the decay of the moving average of weights that is evaluated, 0 for none
 * @param patience epochs without a better one before training stops, 0 for no limit
 * @param keep how many of the best weights are kept
 */
public record DetectionRecipe(
    String name,
    Architecture detector,
    Pictures pictures,
    DetectionAugmentation augmentation,
    int epochs,
    int steps,
    int batch,
    int accumulate,
    Recipe.Optimization optimizer,
    double backboneRate,
    Recipe.LearningRate schedule,
    Recipe.Precision precision,
    boolean channelsLast,
    double clip,
    List<String> freeze,
    double average,
    int patience,
    int keep) {
  /** Recipes as YAML. */
  public static final RecipeForm<DetectionRecipe> FORM =
      new RecipeForm<>(DetectionRecipe.class, List.of("detr", "detr-small"));

  public DetectionRecipe {
    freeze = List.copyOf(freeze);
    detector.options(); // refuses a size that no detector has
    Range.atLeast("epochs", epochs, 1);
    Range.atLeast("steps", steps, 0);
    Range.atLeast("batch", batch, 1);
    Range.atLeast("accumulate", accumulate, 1);
    Range.above("backbone_rate", backboneRate, 0);
    Range.atLeast("clip", clip, 0);
    Range.fraction("average", average);
    Range.atLeast("patience", patience, 0);
    Range.atLeast("keep", keep, 1);
    if (freeze.contains("")) {
      throw new IllegalArgumentException("freeze has an empty prefix, which is that of everything");
    }
  }

  /**
   * The size of a detector; see {@link DetrOptions}.
   *
   * @param trainedNorm whether batch normalisation is trained, as a backbone without weights needs,
   *     or constant
   */
  public record Architecture(
      String backbone,
      int queries,
      int encoderLayers,
      int decoderLayers,
      int width,
      int heads,
      int feedForward,
      double dropout,
      boolean trainedNorm) {
    /** There is one kind of thing to find. */
    private static final int LABELS = 1;

    /** The size in full. */
    public DetrOptions options() {
      return new DetrOptions(
          backbone,
          LABELS,
          queries,
          encoderLayers,
          decoderLayers,
          width,
          heads,
          feedForward,
          dropout,
          trainedNorm);
    }
  }

  /**
   * The size of pictures: the ratio of a photograph's sides is kept.
   *
   * @param shorterSides lengths of the shorter side in pixels, of which every batch draws one; the
   *     longest is that of validation and use
   * @param longestSide what the longer side has at most
   */
  public record Pictures(List<Integer> shorterSides, int longestSide) {
    public Pictures {
      shorterSides = List.copyOf(shorterSides);
      if (shorterSides.isEmpty()) {
        throw new IllegalArgumentException("pictures need at least one shorter side");
      }
      for (int side : shorterSides) {
        Range.atLeast("pictures.shorter_sides", side, 1);
        if (side > longestSide) {
          throw new IllegalArgumentException(
              "pictures.shorter_sides has "
                  + side
                  + ", which is more than pictures.longest_side, "
                  + longestSide);
        }
        new InputSize(side, longestSide); // refuses what no detector is used with
      }
    }
  }

  /** What of it concerns weights. */
  Regime regime() {
    return new Regime(
        epochs,
        steps,
        1,
        accumulate,
        optimizer,
        Map.of(Detr.BACKBONE, backboneRate / optimizer.rate()),
        freeze,
        schedule,
        clip,
        average,
        patience);
  }

  /** What is to be known of the detector beside its weights. */
  DetectorFile file() {
    int shorterSide =
        pictures.shorterSides().stream().mapToInt(Integer::intValue).max().orElseThrow();
    return new DetectorFile(detector.options(), shorterSide, pictures.longestSide());
  }

  /** Which epoch is best. */
  Selection<DetectionMeasures> selection() {
    return new Selection<>(DetectionMeasures.class, "AP", DetectionMeasures::ap, keep);
  }
}
