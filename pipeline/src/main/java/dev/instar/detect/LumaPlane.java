package dev.instar.detect;

import dev.instar.image.Box;
import dev.instar.image.Filter;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Resampler;
import dev.instar.image.Size;
import java.nio.ByteBuffer;

/**
 * The luma of a picture brought to about 240 x 180 pixels, whatever its shape, so that what is
 * measured on it means the same for every photograph: coarse enough that it does not show how the
 * photograph was reduced before. Smaller pictures stay as they are: enlarging would blur them. Owns
 * its buffers; not thread-safe.
 */
final class LumaPlane implements AutoCloseable {
  private static final double PIXELS = 240 * 180;

  private final Resampler resampler = Resampler.best();
  private final PixelBuffer reduced = new PixelBuffer();
  private byte[] rgb = {};
  private int[] luma = {};
  private int width;
  private int height;

  /** Takes the luma of {@code picture}, an integer from 0 to 255 a pixel. */
  void take(PixelBuffer picture) {
    Size size = sizeFor(picture.size());
    PixelBuffer small = picture;
    if (!size.equals(picture.size())) {
      reduced.reshape(size);
      resampler.resize(picture, Box.of(picture.size()), reduced, Filter.AREA);
      small = reduced;
    }
    width = size.width();
    height = size.height();
    int pixels = width * height;
    if (luma.length < pixels) {
      luma = new int[pixels];
      rgb = new byte[pixels * PixelBuffer.CHANNELS];
    }
    ByteBuffer bytes = small.asByteBuffer();
    bytes.get(rgb, 0, pixels * PixelBuffer.CHANNELS);
    for (int i = 0, at = 0; i < pixels; i++, at += PixelBuffer.CHANNELS) {
      // ITU-R BT.601 in 8-bit fixed point, as JPEG has it.
      luma[i] =
          (77 * (rgb[at] & 0xFF) + 150 * (rgb[at + 1] & 0xFF) + 29 * (rgb[at + 2] & 0xFF) + 128)
              >> 8;
    }
  }

  private static Size sizeFor(Size picture) {
    double scale = Math.sqrt(PIXELS / picture.pixels());
    if (scale >= 1) {
      return picture;
    }
    return new Size(
        (int) Math.max(1, Math.round(picture.width() * scale)),
        (int) Math.max(1, Math.round(picture.height() * scale)));
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /**
   * The pixels, rows packed; longer than the picture. Valid until the next call of {@link #take}.
   */
  int[] values() {
    return luma;
  }

  @Override
  public void close() {
    reduced.close();
    resampler.close();
  }
}
