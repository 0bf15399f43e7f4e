package dev.instar.torch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the one pickle that a file of weights needs, in protocol 2: an OrderedDict of tensors
 * whose storages lie outside it. Not thread-safe.
 */
final class PickleWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PickleWriter() {
    out.write(0x80);
    out.write(2);
    orderedDict();
    out.write('(');
  }

  /** Adds {@code tensor}, contiguous in the whole of storage {@code key}. */
  void add(String name, StoredTensor tensor, String key) {
    text(name);
    global("torch._utils", "_rebuild_tensor_v2");
    out.write('(');
    out.write('(');
    text("storage");
    global("torch", storageClass(tensor.type()));
    text(key);
    text("cpu");
    integer(tensor.elements());
    out.write('t');
    out.write('Q');
    integer(0);
    tuple(tensor.sizes());
    tuple(rowMajorStrides(tensor.shape()));
    out.write(0x89); // needs no gradient
    orderedDict(); // of hooks
    out.write('t');
    out.write('R');
  }

  /** Ends the pickle. */
  byte[] finish() {
    out.write('u');
    out.write('.');
    return out.toByteArray();
  }

  static String storageClass(ElementType type) {
    return switch (type) {
          case BOOL -> "Bool";
          case U8 -> "Byte";
          case I8 -> "Char";
          case I16 -> "Short";
          case I32 -> "Int";
          case I64 -> "Long";
          case F16 -> "Half";
          case BF16 -> "BFloat16";
          case F32 -> "Float";
          case F64 -> "Double";
          case C64 -> "ComplexFloat";
          case C128 -> "ComplexDouble";
        }
        + "Storage";
  }

  private static long[] rowMajorStrides(List<Long> shape) {
    long[] strides = new long[shape.size()];
    long stride = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= Math.max(1, shape.get(i));
    }
    return strides;
  }

  private void orderedDict() {
    global("collections", "OrderedDict");
    out.write(')');
    out.write('R');
  }

  private void global(String module, String name) {
    out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    out.writeBytes(littleEndian(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }

  private void tuple(long[] values) {
    out.write('(');
    for (long value : values) {
      integer(value);
    }
    out.write('t');
  }

  private void integer(long value) {
    if (value >= 0 && value < 256) {
      out.write('K');
      out.write((int) value);
    } else if (value == (int) value) {
      out.write('J');
      out.writeBytes(littleEndian(Integer.BYTES).putInt((int) value).array());
    } else {
      out.write(0x8a);
      out.write(Long.BYTES);
      out.writeBytes(littleEndian(Long.BYTES).putLong(value).array());
    }
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
