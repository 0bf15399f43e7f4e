package dev.instar.torch;

import dev.instar.image.InputException;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor as a pickle describes it: a view of a storage, with an offset and strides in elements.
 */
record TensorView(StorageRef storage, long offset, List<Long> shape, List<Long> strides) {
  private static final int MOST_DIMENSIONS = 64;

  /**
   * Checks that the view stays inside its storage.
   *
   * @throws InputException if it does not, or is no view at all
   */
  static TensorView of(
      StorageRef storage, long offset, List<?> size, List<?> stride, Refusal refusal)
      throws InputException {
    if (size.size() != stride.size() || size.size() > MOST_DIMENSIONS) {
      throw refusal.corrupt("is damaged: a tensor has unlike or too many sizes and strides");
    }
    TensorView view =
        new TensorView(storage, offset, numbers(size, refusal), numbers(stride, refusal));
    try {
      if (offset < 0 || (view.bytes() > 0 && view.last() >= storage.visible())) {
        throw refusal.corrupt(
            "is damaged: a tensor of " + view.shape + " reaches beyond its storage");
      }
    } catch (ArithmeticException e) {
      throw refusal.corrupt("is damaged: a tensor has more elements than can be counted");
    }
    return view;
  }

  private static List<Long> numbers(List<?> values, Refusal refusal) throws InputException {
    List<Long> numbers = new ArrayList<>(values.size());
    for (Object value : values) {
      if (!(value instanceof Long number) || number < 0) {
        throw refusal.corrupt("is damaged: a tensor has a size or stride that is no number from 0");
      }
      numbers.add(number);
    }
    return List.copyOf(numbers);
  }

  long bytes() {
    return StoredTensor.bytes(storage.type(), shape);
  }

  /** The index of the furthest element, in the visible part of the storage. */
  private long last() {
    long last = offset;
    for (int i = 0; i < shape.size(); i++) {
      last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, strides.get(i)));
    }
    return last;
  }

  /** The tensor in row-major order: the storage's own memory where it is that already. */
  StoredTensor read(Stretch content, TensorCopies copies, String path, Refusal refusal)
      throws InputException {
    ElementType type = storage.type();
    long bytes = bytes();
    if (bytes == 0) {
      return new StoredTensor(type, shape, Bytes.copyOf(new byte[0]));
    }
    long first = Math.addExact(storage.offset(), offset) * type.bytes();
    long spanned = (last() - offset + 1) * type.bytes();
    if (bytes > StoredTensor.LARGEST_BYTES || spanned > StoredTensor.LARGEST_BYTES) {
      throw refusal.tooLarge(
          "has a tensor \"" + Quoted.of(path) + "\" of more than 1 GiB, the most that is read");
    }
    Bytes span = content.view(first, (int) spanned);
    if (isContiguous()) {
      return new StoredTensor(type, shape, copies.aligned(span, type, path));
    }
    NativeBuffer copy = copies.allocate(bytes, path);
    gather(span.buffer(), copy.asByteBuffer());
    return new StoredTensor(type, shape, copy.bytes(0, (int) bytes));
  }

  private boolean isContiguous() {
    long expected = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      if (shape.get(i) != 1 && strides.get(i) != expected) {
        return false;
      }
      expected *= shape.get(i);
    }
    return true;
  }

  /** Copies row by row of the last dimension that is longer than 1. */
  private void gather(ByteBuffer from, ByteBuffer into) {
    int bytes = storage.type().bytes();
    int inner = shape.size() - 1;
    while (inner > 0 && shape.get(inner) == 1) {
      inner--;
    }
    int length = Math.toIntExact(shape.get(inner));
    // In a checked view, offsets of elements are below 1 GiB, unless there is but one of them.
    int step = length == 1 ? 0 : (int) (strides.get(inner) * bytes);
    long[] index = new long[inner];
    int row = 0;
    do {
      for (int i = 0, at = row; i < length; i++, at += step) {
        copyElement(from, at, into, bytes);
      }
      row = next(index, row, bytes);
    } while (row >= 0);
  }

  /** Moves {@code index} on by one row; answers where that begins, or -1 behind the last. */
  private int next(long[] index, int row, int bytes) {
    long at = row;
    for (int i = index.length - 1; i >= 0; i--) {
      long stride = shape.get(i) == 1 ? 0 : strides.get(i) * bytes;
      index[i]++;
      if (index[i] < shape.get(i)) {
        return (int) (at + stride);
      }
      at -= stride * (index[i] - 1);
      index[i] = 0;
    }
    return -1;
  }

  private static void copyElement(ByteBuffer from, int at, ByteBuffer into, int bytes) {
    switch (bytes) {
      case 1 -> into.put(from.get(at));
      case 2 -> into.putShort(from.getShort(at));
      case 4 -> into.putInt(from.getInt(at));
      case 8 -> into.putLong(from.getLong(at));
      default -> into.putLong(from.getLong(at)).putLong(from.getLong(at + Long.BYTES));
    }
  }
}
