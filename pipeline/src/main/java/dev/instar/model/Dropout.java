package dev.instar.model;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * In training, zeroes values with a probability and scales the others up (Srivastava et al. 2014).
 * Draws from LibTorch's own generator.
 */
final class Dropout {
  private final State state;
  private final double probability;

  Dropout(State state, double probability) {
    this.state = state;
    this.probability = probability;
  }

  Tensor of(Tensor x) {
    return state.training() && probability > 0 ? torch.dropout(x, probability, true) : x;
  }
}
