package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.layer_norm;

import org.bytedeco.pytorch.Tensor;

/** Layer normalisation (Ba et al. 2016) over the last dimension. */
final class LayerNorm {
  private final State state;
  private final String name;
  private final long[] shape;
  private final Weight scale;
  private final Weight shift;
  private final double epsilon;

  LayerNorm(State state, String name, int width, double epsilon) {
    this.state = state;
    this.name = name;
    this.shape = new long[] {width};
    this.scale = state.parameter(name + ".weight", Fresh.constant(1), width);
    this.shift = state.parameter(name + ".bias", Fresh.constant(0), width);
    this.epsilon = epsilon;
  }

  Tensor of(Tensor x) {
    Tensor y = layer_norm(x, shape, scale.optional(), shift.optional(), epsilon, true);
    state.observe(name, y);
    return y;
  }
}
