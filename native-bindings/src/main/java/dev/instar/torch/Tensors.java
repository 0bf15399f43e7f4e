package dev.instar.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** LibTorch's tensors over memory of ours, and the way back. */
public final class Tensors {
  private Tensors() {}

  /**
   * A tensor over memory that somebody else owns, row-major. It must not be used after that memory
   * is gone.
   */
  public static Tensor wrap(long address, ScalarType type, long... shape) {
    throw new UnsupportedOperationException();
  }

  /** A tensor over memory that somebody else owns, with strides in elements. */
  public static Tensor wrap(long address, ScalarType type, long[] shape, long[] strides) {
    throw new UnsupportedOperationException();
  }

  /** A tensor over a stored one's memory; the file must stay open. */
  public static Tensor wrap(StoredTensor stored) {
    throw new UnsupportedOperationException();
  }

  /**
   * A view of a tensor on the CPU, made contiguous first where it is not; {@code tensor} must stay
   * alive.
   */
  public static StoredTensor stored(Tensor tensor) {
    throw new UnsupportedOperationException();
  }

  /** LibTorch's name of an element type. */
  public static ScalarType scalarType(ElementType type) {
    throw new UnsupportedOperationException();
  }
}
