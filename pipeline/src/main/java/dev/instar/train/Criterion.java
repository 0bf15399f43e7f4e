package dev.instar.train;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * What is minimised: a scalar from scores and labels, with a gradient. Owns its constants. Not
 * thread-safe.
 *
 * <p>Samples with two mixed labels (mixup, cutmix) take two calls, which whoever mixes blends:
 * {@code share * of(logits, labels) + (1 - share) * of(logits, others)} (Zhang et al. 2018).
 */
public interface Criterion extends AutoCloseable {
  /**
   * The criterion that a recipe asks for.
   *
   * <p>A class without training records weighs as much as the mean class and, where its frequency
   * matters, counts as if it had one record: it cannot occur in training, and the loss of a
   * validation set that has it stays finite.
   *
   * @param trainCounts training records of every class
   * @throws IllegalArgumentException if the loss cannot be computed with these constants
   */
  static Criterion of(Recipe.Loss loss, List<Integer> trainCounts) {
    ClassFrequencies classes = new ClassFrequencies(trainCounts);
    Optional<ClassVector> weights = classes.weights(loss.weights(), loss.beta());
    return switch (loss.kind()) {
      case CE -> new CrossEntropy(weights, loss.smoothing());
      case FOCAL -> new FocalLoss(weights, loss.gamma(), loss.alpha(), loss.smoothing());
      case CLASS_BALANCED -> {
        if (loss.weights() != Recipe.Loss.ClassWeights.NONE
            && loss.weights() != Recipe.Loss.ClassWeights.EFFECTIVE_NUMBER) {
          throw new IllegalArgumentException(
              "a class-balanced loss weights classes by their effective number, the recipe asks for "
                  + loss.weights()
                  + " too: take one of the two");
        }
        yield new CrossEntropy(
            Optional.of(classes.byEffectiveNumber(loss.beta())), loss.smoothing());
      }
      case LDAM ->
          new MarginLoss(
              classes.margins(loss.margin()),
              loss.scale(),
              weights,
              classes.byEffectiveNumber(loss.beta()),
              loss.defer(),
              loss.smoothing());
      case LOGIT_ADJUSTED ->
          new LogitAdjustedLoss(classes.logPriors(loss.tau()), weights, loss.smoothing());
    };
  }

  /**
   * The mean loss of a batch. Where classes have weights it is the weighted mean, divided by the
   * sum of the labels' weights as PyTorch does it.
   *
   * @param logits {@code [samples, classes]}; the loss is computed in float64 where they are that,
   *     else in float32
   * @param labels {@code [samples]}, int64
   */
  Tensor of(Tensor logits, Tensor labels);

  /** Tells it which epoch begins, from 0: deferred weights start at one. */
  void epoch(int epoch);

  @Override
  void close();
}
