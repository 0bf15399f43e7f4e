package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.batch_norm;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) with PyTorch's constants: the batch's own statistics
 * in training, else the running ones.
 */
final class BatchNorm {
  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;

  private final State state;
  private final String name;
  private final Weight scale;
  private final Weight shift;
  private final Weight mean;
  private final Weight variance;
  private final Weight batches;

  BatchNorm(State state, String name, int channels) {
    this.state = state;
    this.name = name;
    this.scale = state.parameter(name + ".weight", Fresh.constant(1), channels);
    this.shift = state.parameter(name + ".bias", Fresh.constant(0), channels);
    this.mean = state.buffer(name + ".running_mean", Fresh.constant(0), channels);
    this.variance = state.buffer(name + ".running_var", Fresh.constant(1), channels);
    this.batches = state.counter(name + ".num_batches_tracked");
  }

  Tensor of(Tensor x) {
    boolean training = state.training();
    if (training) {
      batches.tensor().add_(new Scalar(1L));
    }
    Tensor y =
        batch_norm(
            x,
            scale.optional(),
            shift.optional(),
            mean.optional(),
            variance.optional(),
            training,
            MOMENTUM,
            EPSILON,
            true);
    state.observe(name, y);
    return y;
  }
}
