package dev.instar.crop;

import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import java.nio.ByteBuffer;

/** A picture laid on another one of a single colour: how a crop that reaches outside is padded. */
public final class Canvas {
  private Canvas() {}

  /**
   * Fills {@code canvas}, which shows {@code wanted}, with {@code colour} and lays over it what
   * {@code picture}, which shows {@code held}, has of it.
   *
   * @param colour {@code 0xRRGGBB}
   */
  public static void lay(
      PixelBuffer picture, Region held, PixelBuffer canvas, Region wanted, int colour) {
    byte[] padding = new byte[canvas.stride()];
    for (int i = 0; i < padding.length; i += PixelBuffer.CHANNELS) {
      padding[i] = (byte) (colour >> 16);
      padding[i + 1] = (byte) (colour >> 8);
      padding[i + 2] = (byte) colour;
    }
    Region shared = held.intersect(wanted);
    byte[] row = padding.clone();
    int length = shared.width() * PixelBuffer.CHANNELS;
    int to = (shared.x() - wanted.x()) * PixelBuffer.CHANNELS;
    ByteBuffer source = picture.asByteBuffer();
    ByteBuffer target = canvas.asByteBuffer();
    for (int y = wanted.y(); y < wanted.bottom(); y++) {
      if (shared.isEmpty() || y < shared.y() || y >= shared.bottom()) {
        target.put(padding);
      } else {
        int from =
            (y - held.y()) * picture.stride() + (shared.x() - held.x()) * PixelBuffer.CHANNELS;
        source.get(from, row, to, length);
        target.put(row);
      }
    }
  }
}
