package dev.instar.model;

import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Lets go of what a part of a network made on its way as soon as the part is done. */
final class Scoped {
  private Scoped() {}

  /**
   * What {@code part} makes of {@code x}, moved to the scope that this is called in; or the
   * caller's to close where there is none. It must be a new tensor.
   *
   * <p>Without this the outputs of all layers live until the end of a step, and evaluation takes
   * the memory of training.
   */
  @SuppressWarnings("try") // the scope owns what is made on the way
  static Tensor of(UnaryOperator<Tensor> part, Tensor x) {
    PointerScope outer = PointerScope.getInnerScope();
    Tensor y;
    try (PointerScope inner = new PointerScope()) {
      y = part.apply(x);
      y.retainReference();
    }
    if (outer != null) {
      outer.attach(y);
      y.releaseReference();
    }
    return y;
  }
}
