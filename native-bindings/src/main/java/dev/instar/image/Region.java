package dev.instar.image;

/**
 * A rectangle of whole pixels; it may reach outside the picture it is taken from.
 *
 * @param x the left column
 * @param y the top row
 * @param width the number of columns, at least 0
 * @param height the number of rows, at least 0
 */
public record Region(int x, int y, int width, int height) {
  public Region {
    if (width < 0 || height < 0) {
      throw new IllegalArgumentException("a region of " + width + " x " + height + " pixels");
    }
  }

  /** The whole of a picture. */
  public static Region of(Size size) {
    return new Region(0, 0, size.width(), size.height());
  }

  /** One past the rightmost column. */
  public int right() {
    return x + width;
  }

  /** One past the lowest row. */
  public int bottom() {
    return y + height;
  }

  /** Whether it has no pixel. */
  public boolean isEmpty() {
    return width == 0 || height == 0;
  }

  /** Whether it lies wholly inside a picture of {@code size}. */
  public boolean within(Size size) {
    return x >= 0 && y >= 0 && right() <= size.width() && bottom() <= size.height();
  }

  /** The part that this and {@code other} share; empty where they share none. */
  public Region intersect(Region other) {
    int left = Math.max(x, other.x);
    int top = Math.max(y, other.y);
    int width = Math.max(0, Math.min(right(), other.right()) - left);
    int height = Math.max(0, Math.min(bottom(), other.bottom()) - top);
    return new Region(left, top, width, height);
  }

  /** Its width and height. */
  public Size size() {
    return new Size(width, height);
  }

  @Override
  public String toString() {
    return width + "x" + height + "+" + x + "+" + y;
  }
}
