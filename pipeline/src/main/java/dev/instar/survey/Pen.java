package dev.instar.survey;

import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import dev.instar.image.Size;
import java.nio.ByteBuffer;

/** Draws rectangles and labels on a picture; what reaches outside is cut. Not thread-safe. */
final class Pen {
  private static final int LETTERS = 0xffffff;

  private final ByteBuffer pixels;
  private final Size size;

  Pen(PixelBuffer picture) {
    pixels = picture.asByteBuffer();
    size = picture.size();
  }

  Size size() {
    return size;
  }

  /** A frame whose lines lie inside {@code outer}, as far as it is that wide. */
  void frame(Region outer, int line, int colour) {
    int across = Math.min(line, outer.width());
    int down = Math.min(line, outer.height());
    fill(new Region(outer.x(), outer.y(), outer.width(), down), colour);
    fill(new Region(outer.x(), outer.bottom() - down, outer.width(), down), colour);
    fill(new Region(outer.x(), outer.y(), across, outer.height()), colour);
    fill(new Region(outer.right() - across, outer.y(), across, outer.height()), colour);
  }

  /** White text on a ground of {@code colour}, moved to lie within the picture where it fits. */
  void label(int x, int y, String text, int scale, int colour) {
    int width = Lettering.widthOf(text, scale);
    int height = Lettering.heightOf(scale);
    int left = Math.max(0, Math.min(x, size.width() - width));
    int top = Math.max(0, Math.min(y, size.height() - height));
    fill(new Region(left, top, width, height), colour);
    Lettering.dots(
        text,
        (column, row) ->
            fill(new Region(left + column * scale, top + row * scale, scale, scale), LETTERS));
  }

  private void fill(Region region, int colour) {
    Region visible = region.intersect(Region.of(size));
    for (int y = visible.y(); y < visible.bottom(); y++) {
      int at = (y * size.width() + visible.x()) * PixelBuffer.CHANNELS;
      for (int x = 0; x < visible.width(); x++, at += PixelBuffer.CHANNELS) {
        pixels.put(at, (byte) (colour >> 16));
        pixels.put(at + 1, (byte) (colour >> 8));
        pixels.put(at + 2, (byte) colour);
      }
    }
  }
}
