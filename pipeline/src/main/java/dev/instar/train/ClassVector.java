package dev.instar.train;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A number for every class, as a tensor beside whatever scores come. Owns the tensor. */
@SuppressWarnings("try") // Scopes and guards are there to be closed.
final class ClassVector implements AutoCloseable {
  private final double[] values;
  private Tensor tensor;

  ClassVector(double[] values) {
    this.values = values.clone();
  }

  int size() {
    return values.length;
  }

  double get(int index) {
    return values[index];
  }

  /**
   * {@code [classes]}, of the type and on the device of {@code scores}; it stays this object's, and
   * valid until scores of another type or device come.
   */
  Tensor like(Tensor scores) {
    if (scores.size(1) != values.length) {
      throw new IllegalArgumentException(
          "scores of " + scores.size(1) + " classes, but the loss knows " + values.length);
    }
    if (tensor == null
        || tensor.scalar_type().intern() != scores.scalar_type().intern()
        || !tensor.device().equals(scores.device())) {
      close();
      tensor = make(scores);
    }
    return tensor;
  }

  private Tensor make(Tensor scores) {
    try (PointerScope scope = new PointerScope()) {
      Tensor made = torch.empty(values.length).to(ScalarType.Double);
      for (int i = 0; i < values.length; i++) {
        made.select(0, i).fill_(new Scalar(values[i]));
      }
      return made.to(scores.device(), scores.scalar_type()).retainReference();
    }
  }

  @Override
  public void close() {
    if (tensor != null) {
      tensor.close();
      tensor = null;
    }
  }
}
