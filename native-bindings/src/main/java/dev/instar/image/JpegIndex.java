package dev.instar.image;

/**
 * Where everything stands in the data of one JPEG, noted while the whole of it is decoded at some
 * scale, so that a part can be decoded afterwards without decoding again what comes before it.
 *
 * <p>Made by {@link JpegCodec#newIndex}; whoever made it closes it, and clears it before it serves
 * another JPEG. It holds about the bytes of the JPEG and a tenth of a byte for each pixel, outside
 * the heap, and gives large memory back when it is cleared. Not thread-safe: one worker, one index.
 */
public final class JpegIndex implements AutoCloseable {
  /** The address of a codec's index that has none. */
  static final long NONE = 0;

  private long address;

  JpegIndex(long address) {
    this.address = address;
  }

  /** The most bytes that the index of a JPEG may hold. */
  public static long bytesOf(long jpegBytes, Size size) {
    return jpegBytes + size.pixels() / 2;
  }

  long address() {
    return address;
  }

  /** Forgets the picture. */
  public void clear() {
    if (address != NONE) {
      NativeCore.instar_jpeg_index_clear(address);
    }
  }

  @Override
  public void close() {
    if (address != NONE) {
      NativeCore.instar_jpeg_index_free(address);
      address = NONE;
    }
  }
}
