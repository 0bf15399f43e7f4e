package dev.instar.torch;

import dev.instar.image.Codecs;
import dev.instar.memory.NativeBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * An optimizer's step in one pass of the native core over all parameters, for float32 on a
 * processor with AVX2 and FMA. On LibTorch's threads, which are idle then.
 *
 * <p>Parameters are added, then one of the rules is run, which begins the next step. Owns its
 * table, none of the tensors. Not thread-safe.
 */
public final class FusedStep implements AutoCloseable {
  /** Of {@code instar_parameter} in optimizer_step.h. */
  private static final int RECORD_BYTES = 56;

  private static final boolean AVAILABLE =
      Codecs.coreAbsence().isEmpty() && NativeStep.instar_step_available() == 1;

  private final NativeBuffer memory;
  private final ByteBuffer table;

  /**
   * @param parameters the most that one step changes
   */
  public FusedStep(int parameters) {
    memory = NativeBuffer.allocate(Math.multiplyExact(Math.max(1, parameters), RECORD_BYTES));
    table = memory.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /**
   * Whether a parameter can go through here: all tensors are float32 on the CPU, dense, and in the
   * same order in memory.
   */
  public static boolean takes(Tensor values, Tensor... others) {
    if (!AVAILABLE || !isDenseFloat(values)) {
      return false;
    }
    for (Tensor other : others) {
      if (!isDenseFloat(other) || !sameOrder(values, other)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDenseFloat(Tensor tensor) {
    return tensor.is_cpu()
        && tensor.scalar_type().value == ScalarType.Float.value
        && tensor.is_non_overlapping_and_dense();
  }

  private static boolean sameOrder(Tensor one, Tensor other) {
    if (one.dim() != other.dim()) {
      return false;
    }
    for (int i = 0; i < one.dim(); i++) {
      // The stride along a side of 1 says nothing.
      if (one.size(i) != other.size(i) || one.size(i) > 1 && one.stride(i) != other.stride(i)) {
        return false;
      }
    }
    return true;
  }

  /** Adds a parameter of SGD, which {@link #takes} took. */
  public void addSgd(Tensor values, Tensor gradient, Tensor momentum, double rate, double decay) {
    add(values, gradient, momentum, 0, rate, decay, 0);
  }

  /**
   * Adds a parameter of AdamW, which {@link #takes} took.
   *
   * @param rate the learning rate over the first moment's bias correction
   * @param decay what the values are multiplied by first
   * @param correction the root of the second moment's bias correction
   */
  public void addAdamW(
      Tensor values,
      Tensor gradient,
      Tensor first,
      Tensor second,
      double rate,
      double decay,
      double correction) {
    add(values, gradient, first, address(second), rate, decay, correction);
  }

  private void add(
      Tensor values,
      Tensor gradient,
      Tensor first,
      long second,
      double rate,
      double decay,
      double correction) {
    table
        .putLong(address(values))
        .putLong(address(gradient))
        .putLong(address(first))
        .putLong(second)
        .putLong(values.numel())
        .putFloat((float) rate)
        .putFloat((float) decay)
        .putFloat((float) correction)
        .putInt(0);
  }

  private static long address(Tensor tensor) {
    try (Pointer start = tensor.data_ptr()) {
      return start == null ? 0 : start.address();
    }
  }

  /** Steps all parameters that were added, by PyTorch's rule of SGD, bit for bit. */
  public void sgd(double momentum, boolean nesterov) {
    NativeStep.instar_sgd_step(
        memory.address(), added(), (float) momentum, nesterov ? 1 : 0, LibTorch.threads());
    table.clear();
  }

  /** Steps all parameters that were added, by PyTorch's rule of AdamW. */
  public void adamW(double beta1, double beta2, double epsilon) {
    NativeStep.instar_adamw_step(
        memory.address(),
        added(),
        (float) (1 - beta1),
        (float) beta2,
        (float) (1 - beta2),
        (float) epsilon,
        LibTorch.threads());
    table.clear();
  }

  private int added() {
    return table.position() / RECORD_BYTES;
  }

  @Override
  public void close() {
    memory.close();
  }
}
