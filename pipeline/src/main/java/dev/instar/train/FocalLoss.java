package dev.instar.train;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Focal loss: {@code mean(alpha * (1 - exp(-ce))^gamma * ce)} (Lin et al. 2017, eq. 4; reference
 * utils.py:377, where alpha is 1). Class weights multiply the product, as the alpha of their eq. 5.
 */
final class FocalLoss implements Criterion {
  private final Optional<ClassVector> weights;
  private final double gamma;
  private final double alpha;
  private final double smoothing;

  FocalLoss(Optional<ClassVector> weights, double gamma, double alpha, double smoothing) {
    this.weights = weights;
    this.gamma = gamma;
    this.alpha = alpha;
    this.smoothing = smoothing;
  }

  @Override
  public Tensor of(Tensor logits, Tensor labels) {
    Tensor scores = CrossEntropy.widened(logits);
    Tensor entropy =
        CrossEntropy.of(scores, labels, Optional.empty(), CrossEntropy.EVERY_SAMPLE, smoothing);
    // At 0 the slope of a power below 1 is infinite, and infinity times a slope of 0 not a number.
    Tensor doubt = entropy.neg().expm1().neg().clamp_min(new Scalar((double) Float.MIN_NORMAL));
    Tensor losses = doubt.pow(new Scalar(gamma)).mul(entropy).mul(new Scalar(alpha));
    if (weights.isEmpty()) {
      return losses.mean();
    }
    Tensor weight = weights.get().like(scores).index_select(0, labels);
    return losses.mul(weight).sum().div(weight.sum());
  }

  @Override
  public void epoch(int epoch) {}

  @Override
  public void close() {
    weights.ifPresent(ClassVector::close);
  }
}
