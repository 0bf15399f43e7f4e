package dev.instar.crop;

import dev.instar.image.Size;

/**
 * The rectangle around an insect, in pixels of an upright photograph; it may reach outside.
 *
 * <p>The corners are float32 as in the reference, whose detector answers in float32: other
 * precision rounds some boxes to other pixels.
 *
 * @param x0 the left side
 * @param y0 the upper side
 * @param x1 the right side, not left of {@code x0}
 * @param y1 the lower side, not above {@code y0}
 */
public record BoundingBox(float x0, float y0, float x1, float y1) {
  public BoundingBox {
    if (!Float.isFinite(x0) || !Float.isFinite(y0) || !Float.isFinite(x1) || !Float.isFinite(y1)) {
      throw new IllegalArgumentException(
          "a box needs finite corners, not " + x0 + ", " + y0 + ", " + x1 + ", " + y1);
    }
    if (x1 < x0 || y1 < y0) {
      throw new IllegalArgumentException(
          "a box of negative size: " + x0 + ", " + y0 + " to " + x1 + ", " + y1);
    }
  }

  /**
   * A box as detection networks state it: centre and size as fractions of the photograph, all in
   * float32.
   *
   * @throws IllegalArgumentException if a number is not finite or the width or height is negative
   */
  public static BoundingBox ofCentre(
      float centreX, float centreY, float width, float height, Size photograph) {
    // Operations and their order as in the reference, visualize_and_process_bbox.py:24-35.
    return new BoundingBox(
        (centreX - 0.5f * width) * photograph.width(),
        (centreY - 0.5f * height) * photograph.height(),
        (centreX + 0.5f * width) * photograph.width(),
        (centreY + 0.5f * height) * photograph.height());
  }

  /** The same box with its corners on whole pixels; halves go to the even one. */
  public BoundingBox rounded() {
    return new BoundingBox(
        (float) Math.rint(x0), (float) Math.rint(y0), (float) Math.rint(x1), (float) Math.rint(y1));
  }

  /** The same part of the same photograph where that has another size. */
  public BoundingBox scaled(double horizontally, double vertically) {
    return new BoundingBox(
        (float) (x0 * horizontally),
        (float) (y0 * vertically),
        (float) (x1 * horizontally),
        (float) (y1 * vertically));
  }

  /**
   * The area that both boxes share, as a part of the area that either has: 1 for the same box, 0
   * for boxes that do not meet and for two boxes without area.
   */
  public double iou(BoundingBox other) {
    double wide = (double) Math.min(x1, other.x1) - Math.max(x0, other.x0);
    double high = (double) Math.min(y1, other.y1) - Math.max(y0, other.y0);
    if (wide <= 0 || high <= 0) {
      return 0;
    }
    double shared = wide * high;
    // The order of the sum is that of pycocotools' bbIou, so that its thresholds cut alike.
    return shared / (area() + other.area() - shared);
  }

  /** Square pixels. */
  public double area() {
    return ((double) x1 - x0) * ((double) y1 - y0);
  }

  /** Pixels from the left side to the right one. */
  public float width() {
    return x1 - x0;
  }

  /** Pixels from the upper side to the lower one. */
  public float height() {
    return y1 - y0;
  }
}
