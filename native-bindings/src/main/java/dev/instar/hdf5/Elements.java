package dev.instar.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Turns stored elements into Java values. */
final class Elements {
  private Elements() {}

  /** An integer of any width; unsigned ones of 8 bytes keep their bits. */
  static long integer(ElementType type, byte[] data, int at) {
    ByteBuffer buffer = ByteBuffer.wrap(data).order(order(type));
    return switch (type.bytes()) {
      case 1 -> type.signed() ? data[at] : data[at] & 0xff;
      case 2 -> type.signed() ? buffer.getShort(at) : buffer.getShort(at) & 0xffff;
      case 4 -> type.signed() ? buffer.getInt(at) : buffer.getInt(at) & 0xffffffffL;
      default -> buffer.getLong(at);
    };
  }

  static double real(ElementType type, byte[] data, int at) {
    ByteBuffer buffer = ByteBuffer.wrap(data).order(order(type));
    return type.bytes() == 4 ? buffer.getFloat(at) : buffer.getDouble(at);
  }

  static ByteOrder order(ElementType type) {
    return type.littleEndian() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  /** Text up to the first NUL, as UTF-8. */
  static String text(byte[] data) {
    int length = 0;
    while (length < data.length && data[length] != 0) {
      length++;
    }
    return new String(data, 0, length, StandardCharsets.UTF_8);
  }

  /**
   * The bytes that one stored element stands for: a variable-length one is fetched from its heap.
   */
  static byte[] rawElement(FileImage file, ElementType type, Cursor stored) throws Hdf5Exception {
    boolean sequence = type.kind() == ElementType.Kind.SEQUENCE;
    if (!sequence && type.kind() != ElementType.Kind.VARIABLE_STRING) {
      return stored.array(type.bytes());
    }
    if (type.bytes() != 8 + file.offsetBytes()) {
      throw file.damaged("a variable-length reference of " + type.bytes() + " bytes");
    }
    long count = stored.u32();
    long heap = stored.offset();
    long index = stored.u32();
    if (count == 0 || heap == 0 || heap == FileImage.UNDEFINED) {
      return new byte[0];
    }
    if (type.baseBytes() == 0) {
      throw file.unsupported("a variable-length value that is neither text nor integers");
    }
    Cursor value = GlobalHeap.object(file, heap, index);
    long bytes = count * type.baseBytes();
    if (bytes > value.remaining()) {
      throw file.damaged("a variable-length value is shorter than declared");
    }
    return value.array((int) bytes);
  }

  /** Fixed-length text: what follows the first NUL is padding. */
  static String text(byte[] data, int from, int length) {
    return text(Arrays.copyOfRange(data, from, from + length));
  }
}
