package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.batch_norm;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) with PyTorch's constants: the batch's own statistics
 * in training, else the running ones.
 */
final class BatchNorm {
  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;

  /** Whether training touches it. */
  enum Kind {
    /** Its scale and shift are parameters, its statistics follow the batches. */
    TRAINED,
    /**
     * All its tensors are constants, and there is no counter of batches: what detectors make of a
     * pretrained backbone (detr models/backbone.py, {@code FrozenBatchNorm2d}).
     */
    FROZEN
  }

  private final State state;
  private final String name;
  private final Weight scale;
  private final Weight shift;
  private final Weight mean;
  private final Weight variance;
  private final Optional<Weight> batches;

  BatchNorm(State state, String name, int channels, Kind kind) {
    this.state = state;
    this.name = name;
    Fresh one = Fresh.constant(1);
    Fresh zero = Fresh.constant(0);
    if (kind == Kind.TRAINED) {
      scale = state.parameter(name + ".weight", one, channels);
      shift = state.parameter(name + ".bias", zero, channels);
    } else {
      scale = state.buffer(name + ".weight", one, channels);
      shift = state.buffer(name + ".bias", zero, channels);
    }
    mean = state.buffer(name + ".running_mean", zero, channels);
    variance = state.buffer(name + ".running_var", one, channels);
    batches =
        kind == Kind.TRAINED
            ? Optional.of(state.counter(name + ".num_batches_tracked"))
            : Optional.empty();
  }

  Tensor of(Tensor x) {
    boolean training = state.training() && batches.isPresent();
    if (training) {
      batches.get().tensor().add_(new Scalar(1L));
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
