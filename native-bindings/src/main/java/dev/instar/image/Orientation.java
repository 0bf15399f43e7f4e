package dev.instar.image;

import java.nio.ByteBuffer;

/**
 * How a stored picture has to be turned to stand upright: the eight values of EXIF's orientation
 * tag (EXIF 2.3, tag 0x0112).
 *
 * <p>A turn exchanges rows and columns or not, and then reads the stored picture from the right or
 * from below.
 */
public enum Orientation {
  /** Stored upright. */
  UPRIGHT(false, false, false),
  /** Mirrored left to right. */
  MIRRORED(false, true, false),
  /** Upside down. */
  ROTATED_180(false, true, true),
  /** Mirrored top to bottom. */
  FLIPPED(false, false, true),
  /** Rows and columns exchanged. */
  TRANSPOSED(true, false, false),
  /** Has to be turned clockwise by 90 degrees. */
  ROTATED_90(true, false, true),
  /** Rows and columns exchanged along the other diagonal. */
  TRANSVERSED(true, true, true),
  /** Has to be turned anticlockwise by 90 degrees. */
  ROTATED_270(true, true, false);

  private static final Orientation[] BY_TAG = values();

  private final boolean exchanged;
  private final boolean fromRight;
  private final boolean fromBelow;

  Orientation(boolean exchanged, boolean fromRight, boolean fromBelow) {
    this.exchanged = exchanged;
    this.fromRight = fromRight;
    this.fromBelow = fromBelow;
  }

  /** The orientation that an EXIF tag states; {@link #UPRIGHT} for values that mean nothing. */
  public static Orientation ofTag(int value) {
    return value >= 1 && value <= BY_TAG.length ? BY_TAG[value - 1] : UPRIGHT;
  }

  /** The size of the upright picture. */
  public Size upright(Size stored) {
    return exchanged ? stored.transposed() : stored;
  }

  /**
   * The part of the stored picture that shows {@code upright}.
   *
   * @param upright a rectangle of the upright picture; it may reach outside
   * @param stored the size of the stored picture
   */
  public Region stored(Region upright, Size stored) {
    int x = exchanged ? upright.y() : upright.x();
    int y = exchanged ? upright.x() : upright.y();
    int width = exchanged ? upright.height() : upright.width();
    int height = exchanged ? upright.width() : upright.height();
    return new Region(
        fromRight ? stored.width() - x - width : x,
        fromBelow ? stored.height() - y - height : y,
        width,
        height);
  }

  /**
   * Turns a stored picture into an upright one, which takes the size that it needs; two different
   * buffers.
   */
  public void turn(PixelBuffer stored, PixelBuffer upright) {
    upright.reshape(upright(stored.size()));
    ByteBuffer from = stored.asByteBuffer();
    ByteBuffer to = upright.asByteBuffer();
    int step = PixelBuffer.CHANNELS;
    // The way in the stored picture from one upright pixel to the next, across and down.
    int column = fromRight ? -step : step;
    int row = fromBelow ? -stored.stride() : stored.stride();
    int across = exchanged ? row : column;
    int down = exchanged ? column : row;
    int start =
        (fromRight ? (stored.width() - 1) * step : 0)
            + (fromBelow ? (stored.height() - 1) * stored.stride() : 0);
    byte[] line = new byte[upright.stride()];
    for (int y = 0; y < upright.height(); y++) {
      int at = start + y * down;
      for (int x = 0; x < line.length; x += step, at += across) {
        line[x] = from.get(at);
        line[x + 1] = from.get(at + 1);
        line[x + 2] = from.get(at + 2);
      }
      to.put(line);
    }
  }
}
