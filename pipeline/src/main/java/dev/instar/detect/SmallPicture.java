package dev.instar.detect;

import dev.instar.image.Box;
import dev.instar.image.Filter;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Resampler;
import dev.instar.image.Size;

/**
 * The pixels of a picture brought to about a number of them, whatever its shape, so that what is
 * measured on it means the same for every photograph. Owns its buffers; not thread-safe.
 */
final class SmallPicture implements AutoCloseable {
  private final Resampler resampler = Resampler.best();
  private final PixelBuffer resized = new PixelBuffer();
  private final double area;
  private final boolean enlarges;
  private byte[] rgb = {};
  private int width;
  private int height;

  /**
   * @param area pixels that pictures are brought to
   * @param enlarges whether pictures that have fewer pixels are enlarged, which blurs them; else
   *     they stay as they are
   */
  SmallPicture(double area, boolean enlarges) {
    this.area = area;
    this.enlarges = enlarges;
  }

  /** Takes a picture in place of the last one. */
  void take(PixelBuffer picture) {
    Size size = sizeFor(picture.size());
    PixelBuffer small = picture;
    if (!size.equals(picture.size())) {
      boolean grows = size.width() > picture.width() || size.height() > picture.height();
      resized.reshape(size);
      resampler.resize(
          picture, Box.of(picture.size()), resized, grows ? Filter.BILINEAR : Filter.AREA);
      small = resized;
    }
    width = size.width();
    height = size.height();
    int bytes = width * height * PixelBuffer.CHANNELS;
    if (rgb.length < bytes) {
      rgb = new byte[bytes];
    }
    small.asByteBuffer().get(rgb, 0, bytes);
  }

  private Size sizeFor(Size picture) {
    double scale = Math.sqrt(area / picture.pixels());
    if (scale >= 1 && !enlarges) {
      return picture;
    }
    return new Size(side(picture.width() * scale), side(picture.height() * scale));
  }

  /** A very long and narrow picture has its shorter side rounded up, and no longer one. */
  private int side(double length) {
    return (int) Math.max(1, Math.min(area, Math.round(length)));
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int pixels() {
    return width * height;
  }

  /** Three bytes a pixel, rows packed; longer than the picture. Valid until the next picture. */
  byte[] rgb() {
    return rgb;
  }

  @Override
  public void close() {
    resized.close();
    resampler.close();
  }
}
