package dev.instar.train;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Cross-entropy with class weights and smoothed labels, as PyTorch's. */
final class CrossEntropy implements Criterion {
  /** Values of {@code at::Reduction}. */
  static final int EVERY_SAMPLE = 0;

  static final int MEAN = 1;

  /** PyTorch's default: no label is left out, since none is negative. */
  private static final int IGNORED = -100;

  private final Optional<ClassVector> weights;
  private final double smoothing;

  CrossEntropy(Optional<ClassVector> weights, double smoothing) {
    this.weights = weights;
    this.smoothing = smoothing;
  }

  @Override
  public Tensor of(Tensor logits, Tensor labels) {
    Tensor scores = widened(logits);
    return of(scores, labels, weights, MEAN, smoothing);
  }

  /** Scores of half precision as float32, others as they are. */
  static Tensor widened(Tensor logits) {
    // What JavaCPP returns is equal to a constant only once it is interned.
    ScalarType type = logits.scalar_type().intern();
    return type == ScalarType.Float || type == ScalarType.Double
        ? logits
        : logits.to(ScalarType.Float);
  }

  static Tensor of(
      Tensor scores,
      Tensor labels,
      Optional<ClassVector> weights,
      int reduction,
      double smoothing) {
    TensorOptional weight =
        weights
            .map(vector -> new TensorOptional(vector.like(scores)))
            .orElseGet(TensorOptional::new);
    return torch.cross_entropy_loss(scores, labels, weight, reduction, IGNORED, smoothing);
  }

  @Override
  public void epoch(int epoch) {}

  @Override
  public void close() {
    weights.ifPresent(ClassVector::close);
  }
}
