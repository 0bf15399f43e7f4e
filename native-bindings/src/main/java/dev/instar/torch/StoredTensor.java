package dev.instar.torch;

import dev.instar.memory.Bytes;
import dev.instar.memory.MappedFile;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor as a file of weights holds it. One takes at most {@link #LARGEST_BYTES}: a file with a
 * larger one is refused by name, and none of the networks here comes near.
 *
 * @param shape its sizes; none for a scalar
 * @param data its elements in row-major order, little-endian, at an address that is a multiple of
 *     the element's size; valid while its file is open
 */
public record StoredTensor(ElementType type, List<Long> shape, Bytes data) {
  /** The most bytes that one tensor may take. */
  public static final long LARGEST_BYTES = MappedFile.LONGEST_VIEW;

  public StoredTensor {
    shape = List.copyOf(shape);
    long bytes = bytes(type, shape);
    if (bytes != data.size()) {
      throw new IllegalArgumentException(
          "a tensor of " + shape + " " + type + " in " + data.size() + " bytes");
    }
  }

  /**
   * The bytes that a tensor takes.
   *
   * @throws IllegalArgumentException if a size is negative
   * @throws ArithmeticException if they are no 63-bit number
   */
  static long bytes(ElementType type, List<Long> shape) {
    boolean empty = false;
    for (long size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("a tensor of size " + size);
      }
      empty |= size == 0;
    }
    // Without looking for zeros first, [2^40, 2^40, 0] would overflow on the way.
    long bytes = empty ? 0 : type.bytes();
    for (int i = 0; i < shape.size() && !empty; i++) {
      bytes = Math.multiplyExact(bytes, shape.get(i));
    }
    return bytes;
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
