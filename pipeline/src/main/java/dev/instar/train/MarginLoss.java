package dev.instar.train;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Label-distribution-aware margins with deferred re-weighting (Cao et al. 2019): cross-entropy of
 * {@code scale * (z - margin)}, where the margin is taken from the label's score only; from the
 * epoch {@code defer} classes weigh by their effective number.
 */
final class MarginLoss implements Criterion {
  private final ClassVector margins;
  private final double scale;
  private final Optional<ClassVector> weights;
  private final ClassVector deferredWeights;
  private final int defer;
  private final double smoothing;
  private int epoch;

  MarginLoss(
      ClassVector margins,
      double scale,
      Optional<ClassVector> weights,
      ClassVector deferredWeights,
      int defer,
      double smoothing) {
    this.margins = margins;
    this.scale = scale;
    this.weights = weights;
    this.deferredWeights = deferredWeights;
    this.defer = defer;
    this.smoothing = smoothing;
  }

  @Override
  public Tensor of(Tensor logits, Tensor labels) {
    Tensor scores = CrossEntropy.widened(logits);
    Tensor hot = torch.one_hot(labels, scores.size(1)).to(scores.scalar_type());
    Tensor shifted = scores.sub(hot.mul(margins.like(scores))).mul(new Scalar(scale));
    Optional<ClassVector> current = epoch >= defer ? Optional.of(deferredWeights) : weights;
    return CrossEntropy.of(shifted, labels, current, CrossEntropy.MEAN, smoothing);
  }

  @Override
  public void epoch(int epoch) {
    this.epoch = epoch;
  }

  @Override
  public void close() {
    margins.close();
    weights.ifPresent(ClassVector::close);
    deferredWeights.close();
  }
}
