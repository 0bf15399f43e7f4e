package dev.instar.pack;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The datatypes of a pack as HDF5 messages: HDF5 File Format Specification 3.0, section IV.A.2.d.
 * All numbers are little-endian.
 */
final class Datatype {
  /** 8-bit unsigned integer. */
  static final Datatype U8 = integer(1, false);

  /** 32-bit unsigned integer. */
  static final Datatype U32 = integer(4, false);

  /** 64-bit unsigned integer. */
  static final Datatype U64 = integer(8, false);

  /** 32-bit signed integer. */
  static final Datatype I32 = integer(4, true);

  /**
   * IEEE 754 double: sign bit 63, exponent 52..62 with bias 1023, mantissa with implied first bit.
   */
  static final Datatype F64 =
      new Datatype(
          8,
          encoded(1, 0x3f20, 8, 12)
              .putShort((short) 0)
              .putShort((short) 64)
              .put((byte) 52)
              .put((byte) 11)
              .put((byte) 0)
              .put((byte) 52)
              .putInt(1023)
              .array());

  /** UTF-8 text of any length; its value is a reference into a {@link GlobalHeap}. */
  static final Datatype TEXT = new Datatype(16, encoded(9, 0x0101, 16, 12).put(U8.message).array());

  private final int size;
  private final byte[] message;

  private Datatype(int size, byte[] message) {
    this.size = size;
    this.message = message;
  }

  /** UTF-8 text of at most {@code bytes} bytes, filled with zeros. */
  static Datatype fixedText(int bytes) {
    return new Datatype(bytes, encoded(3, 0x11, bytes, 0).array());
  }

  /** Bytes of a value. */
  int size() {
    return size;
  }

  /** The body of the datatype message. */
  byte[] message() {
    return message.clone();
  }

  private static Datatype integer(int size, boolean signed) {
    ByteBuffer message = encoded(0, signed ? 0x08 : 0, size, 4);
    return new Datatype(size, message.putShort((short) 0).putShort((short) (8 * size)).array());
  }

  private static ByteBuffer encoded(int kind, int bits, int size, int properties) {
    ByteBuffer message = ByteBuffer.allocate(8 + properties).order(ByteOrder.LITTLE_ENDIAN);
    return message.putInt(0x10 | kind | bits << 8).putInt(size);
  }
}
