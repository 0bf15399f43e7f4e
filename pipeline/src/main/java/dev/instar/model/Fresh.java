package dev.instar.model;

import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/** How the values of a new tensor are drawn. */
@FunctionalInterface
interface Fresh {
  /** Overwrites {@code tensor}; called in a scope that owns what is made on the way. */
  void fill(Tensor tensor, GeneratorOptional generator);

  /** One value everywhere. */
  static Fresh constant(double value) {
    return (tensor, generator) -> tensor.fill_(new Scalar(value));
  }

  /** A normal distribution around 0. */
  static Fresh normal(double deviation) {
    return (tensor, generator) -> tensor.normal_(0, deviation, generator);
  }

  /**
   * He et al. 2015, by what a convolution sends out, for ReLU: torchvision's choice for residual
   * networks (torchvision resnet.py, {@code kaiming_normal_(mode="fan_out")}).
   */
  static Fresh kaimingNormal(int outputs, int kernel) {
    return normal(Math.sqrt(2.0 / ((double) outputs * kernel * kernel)));
  }

  /**
   * Uniform within one over the square root of the inputs of a unit: what PyTorch gives weights and
   * biases of convolutions and linear layers when nobody asks for anything else.
   */
  static Fresh uniform(int inputs) {
    double bound = 1 / Math.sqrt(inputs);
    return (tensor, generator) -> tensor.uniform_(-bound, bound, generator);
  }

  /**
   * Glorot and Bengio 2010, uniform (PyTorch's {@code xavier_uniform_}): what DETR gives all
   * matrices of its transformer (detr models/transformer.py, {@code _reset_parameters}).
   */
  static Fresh xavierUniform(int inputs, int outputs) {
    double bound = Math.sqrt(6.0 / (inputs + outputs));
    return (tensor, generator) -> tensor.uniform_(-bound, bound, generator);
  }

  /**
   * A normal distribution around 0, cut off at -2 and 2, through the inverse of its distribution
   * function (timm layers/weight_init.py, {@code trunc_normal_}).
   *
   * @param deviation small beside the limits
   */
  static Fresh truncatedNormal(double deviation) {
    double limit = 2;
    return (tensor, generator) -> {
      // erf of the limits, a hundred deviations away, is 1; the clamp takes the infinities.
      tensor.uniform_(-1, 1, generator);
      tensor.erfinv_();
      tensor.mul_(new Scalar(deviation * Math.sqrt(2)));
      tensor.clamp_(new ScalarOptional(new Scalar(-limit)), new ScalarOptional(new Scalar(limit)));
    };
  }
}
