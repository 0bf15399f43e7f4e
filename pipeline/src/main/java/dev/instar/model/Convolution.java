package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.conv2d;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** A convolution over square windows, with the same stride and padding in both directions. */
final class Convolution {
  private static final long[] UNDILATED = {1, 1};

  private final State state;
  private final String name;
  private final Weight weight;
  private final TensorOptional bias;
  private final long[] stride;
  private final long[] padding;

  /** A convolution without bias, drawn as in torchvision's residual networks. */
  Convolution(State state, String name, int inputs, int outputs, int kernel, int stride) {
    this.state = state;
    this.name = name;
    this.weight =
        state.parameter(
            name + ".weight",
            Fresh.kaimingNormal(outputs, kernel),
            outputs,
            inputs,
            kernel,
            kernel);
    this.bias = state.none();
    this.stride = new long[] {stride, stride};
    this.padding = new long[] {kernel / 2, kernel / 2};
  }

  private Convolution(State state, String name, int inputs, int outputs, int patch) {
    Fresh fresh = Fresh.uniform(inputs * patch * patch);
    this.state = state;
    this.name = name;
    this.weight = state.parameter(name + ".weight", fresh, outputs, inputs, patch, patch);
    this.bias = state.parameter(name + ".bias", fresh, outputs).optional();
    this.stride = new long[] {patch, patch};
    this.padding = new long[] {0, 0};
  }

  /** A convolution with bias over patches side by side, drawn as PyTorch does by default. */
  static Convolution ofPatches(State state, String name, int inputs, int outputs, int patch) {
    return new Convolution(state, name, inputs, outputs, patch);
  }

  /** A convolution with bias of single pixels, drawn as PyTorch does by default. */
  static Convolution ofPixels(State state, String name, int inputs, int outputs) {
    return new Convolution(state, name, inputs, outputs, 1);
  }

  Tensor of(Tensor x) {
    Tensor y = conv2d(x, weight.tensor(), bias, stride, padding, UNDILATED, 1);
    state.observe(name, y);
    return y;
  }
}
