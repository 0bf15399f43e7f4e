package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.empty;

import java.util.Arrays;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic depth (Huang et al. 2016): in training, leaves a branch out for some samples and
 * scales it up for the others (timm layers/drop.py). Draws from LibTorch's own generator.
 */
final class DropPath {
  private final State state;
  private final double probability;

  DropPath(State state, double probability) {
    this.state = state;
    this.probability = probability;
  }

  /** The probability of block {@code index} of {@code blocks}: rising linearly from 0. */
  static double at(double greatest, int index, int blocks) {
    return blocks == 1 ? 0 : greatest * index / (blocks - 1);
  }

  Tensor of(Tensor branch) {
    if (!state.training() || probability == 0) {
      return branch;
    }
    double kept = 1 - probability;
    long[] shape = new long[Math.toIntExact(branch.dim())];
    Arrays.fill(shape, 1);
    shape[0] = branch.size(0);
    Tensor mask = empty(shape, branch.options(), new MemoryFormatOptional());
    mask.bernoulli_(kept, new GeneratorOptional());
    mask.div_(new Scalar(kept));
    return branch.mul(mask);
  }
}
