package dev.instar.detect;

import dev.instar.image.PixelBuffer;
import dev.instar.image.Size;
import dev.instar.memory.NativeBuffer;
import java.nio.ByteBuffer;

/**
 * A photograph as DETR takes it.
 *
 * @param planes {@code [3, height, width]} float32
 * @param size of the planes
 * @param photograph its size, which boxes are stated in
 */
record PreparedPicture(NativeBuffer planes, Size size, Size photograph)
    implements DetrDetector.Prepared {
  /** What planes of a size take. */
  static int bytesOf(Size size) {
    return Math.toIntExact(PixelBuffer.bytesOf(size) * Float.BYTES);
  }

  /** The planes' bytes, at their beginning. */
  ByteBuffer values() {
    return planes.asByteBuffer().limit(bytesOf(size));
  }

  @Override
  public void close() {
    planes.close();
  }
}
