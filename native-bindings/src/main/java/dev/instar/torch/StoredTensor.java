package dev.instar.torch;

import dev.instar.memory.Bytes;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor as a file of weights holds it.
 *
 * @param shape its sizes; none for a scalar
 * @param data its elements in row-major order, little-endian; valid while its file is open
 */
public record StoredTensor(ElementType type, List<Long> shape, Bytes data) {
  public StoredTensor {
    shape = List.copyOf(shape);
    long elements = shape.stream().reduce(1L, Math::multiplyExact);
    if (elements * type.bytes() != data.size()) {
      throw new IllegalArgumentException(
          "a tensor of " + shape + " " + type + " in " + data.size() + " bytes");
    }
  }

  /** The number of elements. */
  public long elements() {
    return data.size() / type.bytes();
  }

  /** The sizes, for LibTorch. */
  public long[] sizes() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public String toString() {
    return type + Arrays.toString(sizes());
  }
}
