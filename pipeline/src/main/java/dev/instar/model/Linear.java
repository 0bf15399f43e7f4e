package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.linear;

import org.bytedeco.pytorch.Tensor;

/** A fully connected layer with bias. */
final class Linear {
  private final State state;
  private final String name;
  private final Weight weight;
  private final Weight bias;

  Linear(State state, String name, int inputs, int outputs, Fresh weights, Fresh biases) {
    this(
        state,
        name,
        state.parameter(name + ".weight", weights, outputs, inputs),
        state.parameter(name + ".bias", biases, outputs));
  }

  /** A layer of tensors that are there. */
  Linear(State state, String name, Weight weight, Weight bias) {
    this.state = state;
    this.name = name;
    this.weight = weight;
    this.bias = bias;
  }

  Tensor of(Tensor x) {
    Tensor y = linear(x, weight.tensor(), bias.optional());
    state.observe(name, y);
    return y;
  }
}
