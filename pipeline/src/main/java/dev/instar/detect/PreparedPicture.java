package dev.instar.detect;

import dev.instar.image.Size;
import dev.instar.memory.NativeBuffer;

/**
 * A photograph as DETR takes it.
 *
 * @param planes {@code [3, height, width]} float32
 * @param size of the planes
 * @param photograph its size, which boxes are stated in
 */
record PreparedPicture(NativeBuffer planes, Size size, Size photograph)
    implements DetrDetector.Prepared {
  @Override
  public void close() {
    planes.close();
  }
}
