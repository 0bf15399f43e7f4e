package dev.instar.crop;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Region;
import dev.instar.image.Size;

/**
 * How much of a photograph is kept around an insect, pixel for pixel as the reference's crop tool
 * does.
 *
 * <p>Immutable; any thread may use it.
 *
 * @param ratio how many times the box's size the crop has; 1.4 adds a fifth of the size at each
 *     side
 * @param equalExtend whether both directions grow by the same number of pixels, that of the longer
 *     side
 */
public record CropRule(double ratio, boolean equalExtend) {
  /**
   * What made the published crops: crop_image.py:62-84 with the defaults of
   * configurations.py:97-100.
   */
  public static final CropRule REFERENCE = new CropRule(1.4, true);

  /** Corners further away than this are refused, so that no later sum of pixels overflows. */
  private static final double FARTHEST = 1 << 28;

  public CropRule {
    if (!(ratio > 0) || Double.isInfinite(ratio)) {
      throw new IllegalArgumentException("a crop ratio of " + ratio + ", it must be positive");
    }
  }

  /**
   * The part of the photograph that is kept for {@code box}; it may reach outside, and what does is
   * padding.
   *
   * <p>The reference widens the picture at the right and at the bottom by one pixel more than it
   * needs (crop_image.py:74-79); its crop does not take that pixel, so it does not show here.
   *
   * @throws InputException {@link Fault#EMPTY_BOX} if the crop has no pixel, {@link
   *     Fault#BOX_OUTSIDE} if none of it lies in the photograph; the reference writes an empty
   *     picture and one of padding alone
   */
  public Region cropOf(BoundingBox box, Size photograph) throws InputException {
    BoundingBox whole = box.rounded();
    double left = whole.x0();
    double top = whole.y0();
    double right = whole.x1();
    double bottom = whole.y1();
    double width = right - left;
    double height = bottom - top;
    // visualize_and_process_bbox.py:86-105, in double and in this order: another order truncates
    // differently.
    double wider = equalExtend ? (ratio - 1) * Math.max(width, height) : width * ratio - width;
    double higher = equalExtend ? wider : height * ratio - height;
    int x0 = truncated(left - wider / 2, box);
    int y0 = truncated(top - higher / 2, box);
    int x1 = truncated(right + wider / 2, box);
    int y1 = truncated(bottom + higher / 2, box);
    if (x1 <= x0 || y1 <= y0) {
      throw new InputException(
          Fault.EMPTY_BOX, "the crop of " + text(box) + " has no pixel (ratio " + ratio + ")");
    }
    Region crop = new Region(x0, y0, x1 - x0, y1 - y0);
    if (crop.intersect(Region.of(photograph)).isEmpty()) {
      throw outside(box, "lies outside the photograph of " + photograph);
    }
    return crop;
  }

  private static int truncated(double corner, BoundingBox box) throws InputException {
    if (Math.abs(corner) > FARTHEST) {
      throw outside(box, "reaches " + (long) FARTHEST + " pixels away or more");
    }
    return (int) corner;
  }

  private static InputException outside(BoundingBox box, String how) {
    return new InputException(Fault.BOX_OUTSIDE, "the crop of " + text(box) + " " + how);
  }

  private static String text(BoundingBox box) {
    return "the box " + box.x0() + "," + box.y0() + " to " + box.x1() + "," + box.y1();
  }
}
