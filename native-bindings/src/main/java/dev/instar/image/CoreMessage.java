package dev.instar.image;

import dev.instar.memory.NativeBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Room for the sentence that a function of the native core leaves when it fails. */
final class CoreMessage implements AutoCloseable {
  static final int BYTES = 256;

  private final NativeBuffer text = NativeBuffer.allocate(BYTES);

  long address() {
    return text.address();
  }

  /** Why a JPEG was not decoded. */
  CorruptImageException refusal(int status) {
    return new CorruptImageException(fault(status), "decoding the JPEG: " + this);
  }

  /** The sentence. */
  @Override
  public String toString() {
    ByteBuffer left = text.asByteBuffer();
    byte[] bytes = new byte[BYTES];
    int length = 0;
    while (length < BYTES && (bytes[length] = left.get(length)) != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    text.close();
  }

  private static Fault fault(int status) {
    return switch (status) {
      case NativeCore.NOT_AN_IMAGE -> Fault.NOT_AN_IMAGE;
      case NativeCore.UNSUPPORTED -> Fault.UNSUPPORTED;
      case NativeCore.TRUNCATED -> Fault.TRUNCATED;
      case NativeCore.NO_MEMORY -> Fault.TOO_MANY_PIXELS;
      default -> Fault.CORRUPT;
    };
  }
}
