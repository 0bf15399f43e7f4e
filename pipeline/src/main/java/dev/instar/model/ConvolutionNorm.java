package dev.instar.model;

import org.bytedeco.pytorch.Tensor;

/** A convolution whose output is batch-normalised. */
final class ConvolutionNorm {
  private final Convolution convolution;
  private final BatchNorm norm;

  ConvolutionNorm(Convolution convolution, BatchNorm norm) {
    this.convolution = convolution;
    this.norm = norm;
  }

  Tensor of(Tensor x) {
    // What training needs of it autograd keeps; without training its memory is free again at once.
    try (Tensor y = convolution.of(x)) {
      return norm.of(y);
    }
  }
}
