package dev.instar.convert;

import dev.instar.image.Size;

/**
 * How large a stored picture becomes.
 *
 * @param side the length in pixels that {@code fixed} gets, or {@link #KEEP} for no change of size
 * @param fixed the side that is brought to that length; the other follows the proportions
 * @param upscale whether pictures that are smaller are enlarged; else they stay as they are
 */
public record Geometry(int side, Side fixed, boolean upscale) {
  /** No change of size. */
  public static final int KEEP = 0;

  /** Which side has the given length. */
  public enum Side {
    /** The shorter one, the longer one truncated as torchvision's {@code Resize} does. */
    SHORTER,
    /**
     * The height, the width rounded as ImageMagick's {@code -resize x256} does: what the published
     * files have.
     */
    HEIGHT
  }

  public Geometry {
    if (side < 0) {
      throw new IllegalArgumentException("a side of " + side + " pixels");
    }
  }

  /**
   * The size of the picture made from {@code source}; a side that would be longer than an int can
   * say has the largest int.
   */
  public Size targetOf(Size source) {
    int given = fixed == Side.HEIGHT ? source.height() : Math.min(source.width(), source.height());
    if (side == KEEP || given == side || (given < side && !upscale)) {
      return source;
    }
    if (fixed == Side.HEIGHT) {
      return new Size(rounded(source.width(), source.height()), side);
    }
    return source.width() <= source.height()
        ? new Size(side, truncated(source.height(), source.width()))
        : new Size(truncated(source.width(), source.height()), side);
  }

  private int truncated(int longer, int shorter) {
    return (int) Math.min(Integer.MAX_VALUE, (long) side * longer / shorter);
  }

  private int rounded(int width, int height) {
    long rounded = Math.round((double) side * width / height);
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, rounded));
  }
}
