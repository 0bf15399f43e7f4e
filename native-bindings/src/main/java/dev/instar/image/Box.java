package dev.instar.image;

/**
 * A rectangle with fractional sides in pixel coordinates: pixel {@code i} covers {@code [i, i+1)}.
 *
 * @param left the left side
 * @param top the upper side
 * @param right the right side, beyond {@code left}
 * @param bottom the lower side, beyond {@code top}
 */
public record Box(double left, double top, double right, double bottom) {
  public Box {
    if (!(right > left) || !(bottom > top)) {
      throw new IllegalArgumentException(
          "a box without area: " + left + ", " + top + ", " + right + ", " + bottom);
    }
  }

  /** The whole of a picture. */
  public static Box of(Size size) {
    return new Box(0, 0, size.width(), size.height());
  }

  public double width() {
    return right - left;
  }

  public double height() {
    return bottom - top;
  }
}
