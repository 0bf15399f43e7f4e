package dev.instar.train;

import dev.instar.loader.Augmentation;
import dev.instar.loader.Sampling;
import java.util.List;
import java.util.Map;

/**
 * Everything that decides how a network is trained, but the data and the seed. Read from YAML.
 *
 * @param name of the recipe that it began as
 * @param epochs passes over the training set
 * @param batch samples of one forward pass
 * @param accumulate forward passes to one step of the optimizer
 * @param sampling of the training set
 * @param augmentation of the training set; validation and test use the middle, unchanged
 * @param normalisation of the input
 * @param dropout before the head
 * @param dropPath the greatest probability of stochastic depth
 * @param precision of forward and backward passes
 * @param channelsLast whether pictures and weights are laid out so
 * @param clip the greatest L2 norm of all gradients together, 0 for no limit
 * @param freeze prefixes of parameters that stay as they are
 * @param average the decay of the moving average of weights that is evaluated, 0 for none
 * @param select the measure on the validation set that decides which weights are best
 * @param patience epochs without a better measure before training stops, 0 for no limit
 * @param keep how many of the best weights are kept
 */
public record Recipe(
    String name,
    int epochs,
    int batch,
    int accumulate,
    Sampling sampling,
    Augmentation augmentation,
    Input normalisation,
    Optimization optimizer,
    LearningRate schedule,
    Loss loss,
    double dropout,
    double dropPath,
    Precision precision,
    boolean channelsLast,
    double clip,
    List<String> freeze,
    double average,
    Measure select,
    int patience,
    int keep) {
  /** Recipes as YAML. */
  public static final RecipeForm<Recipe> FORM =
      new RecipeForm<>(Recipe.class, List.of("paper", "fast"));

  public Recipe {
    freeze = List.copyOf(freeze);
    Range.atLeast("epochs", epochs, 1);
    Range.atLeast("batch", batch, 1);
    Range.atLeast("accumulate", accumulate, 1);
    Range.fraction("dropout", dropout);
    Range.fraction("drop_path", dropPath);
    Range.atLeast("clip", clip, 0);
    Range.fraction("average", average);
    Range.atLeast("patience", patience, 0);
    Range.atLeast("keep", keep, 1);
    if (freeze.contains("")) {
      throw new IllegalArgumentException("freeze has an empty prefix, which is that of everything");
    }
  }

  /** What of it concerns weights. */
  Regime regime() {
    // Batch norm knows no variance of a single value.
    return new Regime(
        epochs,
        0,
        Math.min(2, batch),
        accumulate,
        optimizer,
        Map.of(),
        freeze,
        schedule,
        clip,
        average,
        patience);
  }

  /** Which epoch is best. */
  Selection<Measures> selection() {
    return new Selection<>(Measures.class, select.name(), measures -> measures.value(select), keep);
  }

  /** What the input's values are shifted and scaled by. */
  public enum Input {
    /** Values in [0, 1], as in the reference. */
    NONE,
    IMAGENET,
    HALF,
    /** What the architecture's published weights were trained with. */
    MODEL,
    /** Mean and deviation of the training set, measured before training. */
    DATASET
  }

  /** The type of forward and backward passes; weights are float32 always. */
  public enum Precision {
    FLOAT32,
    BFLOAT16,
    /** bfloat16 where the hardware multiplies matrices in it, else float32. */
    AUTO
  }

  /** A measure on the validation set; greater is better. */
  public enum Measure {
    TOP1,
    MACRO_TOP1,
    MACRO_F1
  }

  /**
   * How weights follow gradients.
   *
   * @param rate the base learning rate
   * @param momentum of SGD
   * @param nesterov whether SGD's momentum looks ahead
   * @param beta1 of AdamW
   * @param beta2 of AdamW
   * @param epsilon of AdamW
   * @param weightDecay of SGD as an L2 term of the gradient, of AdamW decoupled
   * @param decayNormsAndBiases whether one-dimensional parameters decay too
   * @param layerDecay the factor of the learning rate from each layer to the one before it, 1 for
   *     none
   */
  public record Optimization(
      Kind kind,
      double rate,
      double momentum,
      boolean nesterov,
      double beta1,
      double beta2,
      double epsilon,
      double weightDecay,
      boolean decayNormsAndBiases,
      double layerDecay) {
    public Optimization {
      Range.above("optimizer.rate", rate, 0);
      Range.fraction("optimizer.momentum", momentum);
      Range.fraction("optimizer.beta1", beta1);
      Range.fraction("optimizer.beta2", beta2);
      Range.above("optimizer.epsilon", epsilon, 0);
      Range.atLeast("optimizer.weight_decay", weightDecay, 0);
      Range.above("optimizer.layer_decay", layerDecay, 0);
      Range.atMost("optimizer.layer_decay", layerDecay, 1);
    }

    /** Which rule. */
    public enum Kind {
      SGD,
      ADAMW
    }
  }

  /**
   * How the learning rate changes.
   *
   * @param milestones epochs, from 0, from which the rate is multiplied by {@code factor}, for
   *     {@link Kind#STEPS}
   * @param warmup epochs in which the rate rises linearly from a hundredth
   * @param least the part of the base rate that a cosine ends at
   */
  public record LearningRate(
      Kind kind, List<Integer> milestones, double factor, double warmup, double least) {
    public LearningRate {
      milestones = List.copyOf(milestones);
      for (int i = 0; i < milestones.size(); i++) {
        if (milestones.get(i) < (i == 0 ? 1 : milestones.get(i - 1) + 1)) {
          throw new IllegalArgumentException(
              "schedule.milestones " + milestones + " are not epochs from 1 on that rise");
        }
      }
      Range.above("schedule.factor", factor, 0);
      Range.atLeast("schedule.warmup", warmup, 0);
      Range.atLeast("schedule.least", least, 0);
      Range.atMost("schedule.least", least, 1);
    }

    /** The shape of the curve. */
    public enum Kind {
      CONSTANT,
      STEPS,
      COSINE
    }
  }

  /**
   * What is minimised.
   *
   * @param gamma of focal loss (Lin et al. 2017)
   * @param alpha weight of focal loss, 1 for none
   * @param smoothing of labels (Szegedy et al. 2016), with cross-entropy
   * @param beta of the effective number of samples (Cui et al. 2019)
   * @param margin the greatest margin of LDAM (Cao et al. 2019)
   * @param scale of LDAM's logits
   * @param defer the epoch, from 0, from which LDAM weights classes by effective number
   * @param tau of logit adjustment (Menon et al. 2021)
   * @param weights of classes in the loss
   */
  public record Loss(
      Kind kind,
      double gamma,
      double alpha,
      double smoothing,
      double beta,
      double margin,
      double scale,
      int defer,
      double tau,
      ClassWeights weights) {
    public Loss {
      Range.atLeast("loss.gamma", gamma, 0);
      Range.above("loss.alpha", alpha, 0);
      Range.fraction("loss.smoothing", smoothing);
      Range.fraction("loss.beta", beta);
      Range.atLeast("loss.margin", margin, 0);
      Range.above("loss.scale", scale, 0);
      Range.atLeast("loss.defer", defer, 0);
      Range.atLeast("loss.tau", tau, 0);
    }

    /** Which loss. */
    public enum Kind {
      CE,
      FOCAL,
      CLASS_BALANCED,
      LDAM,
      LOGIT_ADJUSTED
    }

    /** How classes are weighted, all weights having a mean of 1. */
    public enum ClassWeights {
      NONE,
      INVERSE_FREQUENCY,
      EFFECTIVE_NUMBER,
      SQUARE_ROOT
    }
  }
}
