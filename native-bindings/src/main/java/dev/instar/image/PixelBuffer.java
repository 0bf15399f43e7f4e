package dev.instar.image;

import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.nio.ByteBuffer;

/**
 * A reusable picture outside the heap: {@code height x width x 3} bytes, RGB, rows packed.
 *
 * <p>Whoever creates it closes it. It keeps its memory between pictures and grows when it must. Not
 * thread-safe: one worker, one buffer.
 */
public final class PixelBuffer implements AutoCloseable {
  /** Bytes of a pixel: red, green, blue. */
  public static final int CHANNELS = 3;

  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private final NativeBuffer memory = NativeBuffer.allocate(0);
  private int width;
  private int height;

  /** An empty picture; give it a size with {@link #reshape}. */
  public PixelBuffer() {}

  /** A picture of {@code size} with undefined content. */
  public PixelBuffer(Size size) {
    reshape(size);
  }

  /** The bytes that a picture takes. */
  public static long bytesOf(Size size) {
    return size.pixels() * CHANNELS;
  }

  /**
   * Gives the picture another size; its content becomes undefined.
   *
   * @throws IllegalArgumentException if it would take 2 GiB or more
   */
  public void reshape(Size size) {
    long bytes = bytesOf(size);
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException("a picture of " + size + " pixels does not fit in 2 GiB");
    }
    memory.ensureCapacity((int) bytes);
    width = size.width();
    height = size.height();
  }

  /**
   * As {@link #reshape}, for a size that a file declares: one that does not fit is the file's
   * fault.
   */
  void reshapeToDeclared(Size size) throws CorruptImageException {
    if (bytesOf(size) > MOST_BYTES) {
      throw new CorruptImageException(
          Fault.TOO_MANY_PIXELS, "a picture of " + size + " pixels does not fit in 2 GiB");
    }
    reshape(size);
  }

  /** Gives memory above {@code bytes} bytes back if the picture holds more; it is then empty. */
  public void trim(int bytes) {
    if (memory.capacity() > bytes) {
      memory.trim(0);
      width = 0;
      height = 0;
    }
  }

  /** The size of the current picture. */
  public Size size() {
    return new Size(width, height);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Bytes from one row to the next. */
  public int stride() {
    return width * CHANNELS;
  }

  /** The native address of the upper left pixel's red byte. */
  public long address() {
    return memory.address();
  }

  /** A view of the pixels. */
  public Bytes bytes() {
    return memory.bytes(0, stride() * height);
  }

  /** A fresh writable buffer over the pixels, position 0. */
  public ByteBuffer asByteBuffer() {
    return memory.asByteBuffer().limit(stride() * height);
  }

  @Override
  public void close() {
    memory.close();
  }
}
