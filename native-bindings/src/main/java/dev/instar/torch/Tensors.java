package dev.instar.torch;

import static org.bytedeco.pytorch.global.torch.from_blob;

import dev.instar.memory.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * LibTorch's tensors over memory of ours, and the way back. Nothing is copied unless it is said.
 *
 * <p>A tensor made here belongs to the innermost {@link PointerScope}, or to the caller where there
 * is none; {@link #keep} lets one outlive its scope.
 */
public final class Tensors {
  private Tensors() {}

  /** An address that somebody else owns. */
  private static final class Address extends Pointer {
    Address(long address) {
      this.address = address;
    }
  }

  /**
   * A tensor over memory that somebody else owns, row-major. It must not be used after that memory
   * is gone.
   */
  public static Tensor wrap(long address, ScalarType type, long... shape) {
    return wrap(address, type, shape, rowMajor(shape));
  }

  /** A tensor over memory that somebody else owns, with strides in elements. */
  public static Tensor wrap(long address, ScalarType type, long[] shape, long[] strides) {
    if (shape.length != strides.length) {
      throw new IllegalArgumentException(
          Arrays.toString(strides) + " are not the strides of " + Arrays.toString(shape));
    }
    try (ScalarTypeOptional named = new ScalarTypeOptional(type);
        TensorOptions defaults = new TensorOptions();
        TensorOptions options = defaults.dtype(named)) {
      return from_blob(new Address(address), shape, strides, options);
    }
  }

  /** A tensor over a stored one's memory; the file must stay open. */
  public static Tensor wrap(StoredTensor stored) {
    return wrap(stored.data().address(), scalarType(stored.type()), stored.sizes());
  }

  /**
   * A view of a tensor on the CPU; {@code tensor} must stay alive. Where its elements are not in
   * row-major order, they are copied, and the copy lives until the innermost {@link PointerScope}
   * is closed.
   *
   * @throws IllegalStateException if a copy is needed and there is no scope to own it
   */
  public static StoredTensor stored(Tensor tensor) {
    if (!tensor.is_cpu()) {
      throw new IllegalArgumentException("a tensor on a device has no memory to view here");
    }
    Tensor ordered = tensor;
    if (!tensor.is_contiguous()) {
      if (PointerScope.getInnerScope() == null) {
        throw new IllegalStateException("no PointerScope to own the copy of a strided tensor");
      }
      ordered = tensor.contiguous();
    }
    long bytes = ordered.nbytes();
    return new StoredTensor(
        elementType(ordered.scalar_type()),
        Arrays.stream(shape(ordered)).boxed().toList(),
        bytes == 0 ? Bytes.copyOf(new byte[0]) : view(ordered, bytes));
  }

  private static Bytes view(Tensor tensor, long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a tensor of " + bytes + " bytes is too large to view");
    }
    try (Pointer start = tensor.data_ptr();
        BytePointer whole = new BytePointer(start)) {
      ByteBuffer buffer = whole.capacity(bytes).asByteBuffer();
      return Bytes.of(buffer);
    }
  }

  /** The sizes of a tensor. */
  public static long[] shape(Tensor tensor) {
    long[] shape = new long[Math.toIntExact(tensor.dim())];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = tensor.size(i);
    }
    return shape;
  }

  /** A copy of the elements on the heap in row-major order, from any type and device. */
  @SuppressWarnings("try") // the scope owns what is made on the way
  public static double[] doubles(Tensor tensor) {
    try (PointerScope scope = new PointerScope();
        Device processor = new Device(DeviceType.CPU)) {
      Tensor values = tensor.detach().to(processor, ScalarType.Double).contiguous();
      double[] copy = new double[Math.toIntExact(values.numel())];
      if (copy.length > 0) {
        new DoublePointer(values.data_ptr()).get(copy);
      }
      return copy;
    }
  }

  /** A copy of the elements on the heap in row-major order, from any type and device. */
  @SuppressWarnings("try") // the scope owns what is made on the way
  public static float[] floats(Tensor tensor) {
    try (PointerScope scope = new PointerScope();
        Device processor = new Device(DeviceType.CPU)) {
      Tensor values = tensor.detach().to(processor, ScalarType.Float).contiguous();
      float[] copy = new float[Math.toIntExact(values.numel())];
      if (copy.length > 0) {
        new FloatPointer(values.data_ptr()).get(copy);
      }
      return copy;
    }
  }

  /** Lets a pointer outlive the scope that it was made in; whoever calls this closes it. */
  public static <P extends Pointer> P keep(P pointer) {
    pointer.retainReference();
    return pointer;
  }

  /** LibTorch's name of an element type. */
  public static ScalarType scalarType(ElementType type) {
    return switch (type) {
      case BOOL -> ScalarType.Bool;
      case U8 -> ScalarType.Byte;
      case I8 -> ScalarType.Char;
      case I16 -> ScalarType.Short;
      case I32 -> ScalarType.Int;
      case I64 -> ScalarType.Long;
      case F16 -> ScalarType.Half;
      case BF16 -> ScalarType.BFloat16;
      case F32 -> ScalarType.Float;
      case F64 -> ScalarType.Double;
      case C64 -> ScalarType.ComplexFloat;
      case C128 -> ScalarType.ComplexDouble;
    };
  }

  private static ElementType elementType(ScalarType type) {
    for (ElementType candidate : ElementType.values()) {
      if (scalarType(candidate).value == type.value) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no file of weights holds elements of " + type);
  }

  private static long[] rowMajor(long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride = Math.multiplyExact(stride, shape[i]);
    }
    return strides;
  }
}
