package dev.instar.train;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Cross-entropy of scores to which {@code tau} times the logarithm of each class's frequency is
 * added (Menon et al. 2021, eq. 10). Scores are adjusted in training only.
 */
final class LogitAdjustedLoss implements Criterion {
  private final ClassVector adjustment;
  private final Optional<ClassVector> weights;
  private final double smoothing;

  LogitAdjustedLoss(ClassVector adjustment, Optional<ClassVector> weights, double smoothing) {
    this.adjustment = adjustment;
    this.weights = weights;
    this.smoothing = smoothing;
  }

  @Override
  public Tensor of(Tensor logits, Tensor labels) {
    Tensor scores = CrossEntropy.widened(logits);
    return CrossEntropy.of(
        scores.add(adjustment.like(scores)), labels, weights, CrossEntropy.MEAN, smoothing);
  }

  @Override
  public void epoch(int epoch) {}

  @Override
  public void close() {
    adjustment.close();
    weights.ifPresent(ClassVector::close);
  }
}
