package dev.instar.detect;

import dev.instar.image.PixelBuffer;

/**
 * The luma of a picture brought to about 240 x 180 pixels: coarse enough that it does not show how
 * the photograph was reduced before. Smaller pictures stay as they are: enlarging would blur them.
 * Owns its buffers; not thread-safe.
 */
final class LumaPlane implements AutoCloseable {
  private final SmallPicture small = new SmallPicture(240 * 180, false);
  private int[] luma = {};

  /** Takes the luma of {@code picture}, an integer from 0 to 255 a pixel. */
  void take(PixelBuffer picture) {
    small.take(picture);
    int pixels = small.pixels();
    if (luma.length < pixels) {
      luma = new int[pixels];
    }
    byte[] rgb = small.rgb();
    for (int i = 0, at = 0; i < pixels; i++, at += PixelBuffer.CHANNELS) {
      // ITU-R BT.601 in 8-bit fixed point, as JPEG has it.
      luma[i] =
          (77 * (rgb[at] & 0xFF) + 150 * (rgb[at + 1] & 0xFF) + 29 * (rgb[at + 2] & 0xFF) + 128)
              >> 8;
    }
  }

  int width() {
    return small.width();
  }

  int height() {
    return small.height();
  }

  /**
   * The pixels, rows packed; longer than the picture. Valid until the next call of {@link #take}.
   */
  int[] values() {
    return luma;
  }

  @Override
  public void close() {
    small.close();
  }
}
