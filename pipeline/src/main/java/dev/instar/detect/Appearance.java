package dev.instar.detect;

import dev.instar.crop.BoundingBox;
import dev.instar.image.Region;
import dev.instar.image.Size;
import java.util.Arrays;
import java.util.List;

/**
 * What a specimen looks like inside its box, as numbers that do not depend on the photograph's size
 * nor on the detector that drew the box. Owns its buffers; not thread-safe.
 */
final class Appearance {
  /**
   * What is measured, in the order of {@link #of}. The surroundings are a frame around the box;
   * contrast is the luma between their median and the box's darkest 2%, the mask what is darker
   * than the middle of the two.
   *
   * <ul>
   *   <li>{@code focus}: the logarithm of {@link Focus#measure}
   *   <li>{@code edge}: the logarithm of the steepest step over the contrast: how many pixels an
   *       edge takes
   *   <li>{@code contrast}: its logarithm
   *   <li>{@code filled}: the share of the box that the mask covers
   *   <li>{@code parts}: the logarithm of one more than the parts of the mask
   *   <li>{@code main part}: the share of the mask that the greatest part has
   *   <li>{@code area}: the logarithm of the box's share of the photograph
   *   <li>{@code aspect}: the logarithm of its longer over its shorter side
   *   <li>{@code border}: 1 if it touches the photograph's edge
   *   <li>{@code depth}: of one at the edge, its shorter side over that of a square photograph
   *   <li>{@code radius}: its centre's distance from the photograph's, in widths and heights
   * </ul>
   */
  static final List<String> FEATURES =
      List.of(
          "focus",
          "edge",
          "contrast",
          "filled",
          "parts",
          "main part",
          "area",
          "aspect",
          "border",
          "depth",
          "radius");

  /** Pixels that a region has beyond the box, so that a tight box's own edges count. */
  private static final int GROWTH = 2;

  private static final int LEAST_FRAME = 4;
  private static final double FRAME = 0.15;

  /** Pixels from the photograph's edge at which a box touches it. */
  private static final double TOUCH = 3;

  /** Fewer pixels are no part but noise. */
  private static final int LEAST_PART = 4;

  private static final int LEVELS = 256;
  private static final double DARKEST = 0.02;

  private final int[] histogram = new int[LEVELS];
  private final Parts parts = new Parts();

  /**
   * Measures the specimen in {@code box}.
   *
   * @param photograph the size that the box is in pixels of
   * @param focus of {@link #region}
   */
  double[] of(LumaPlane picture, BoundingBox box, Size photograph, Focus focus) {
    Region region = region(picture, box, photograph);
    int background = background(picture, region);
    count(picture, region, 1);
    int darkest = quantile(DARKEST);
    int contrast = Math.max(1, background - darkest);
    parts.find(picture, region, background - 0.5 * contrast, LEAST_PART);
    double pixels = (double) picture.width() * picture.height();
    double across = (double) picture.width() / photograph.width();
    double down = (double) picture.height() / photograph.height();
    double left = clamp(box.x0() * across, picture.width());
    double right = clamp(box.x1() * across, picture.width());
    double top = clamp(box.y0() * down, picture.height());
    double bottom = clamp(box.y1() * down, picture.height());
    double width = Math.max(1, right - left);
    double height = Math.max(1, bottom - top);
    boolean border =
        left < TOUCH
            || top < TOUCH
            || right > picture.width() - TOUCH
            || bottom > picture.height() - TOUCH;
    return new double[] {
      Math.log(focus.measure() + 0.05),
      Math.log((focus.steepest() + 1.0) / (contrast + 4.0)),
      Math.log(contrast + 2.0),
      (double) parts.covered() / (region.width() * region.height()),
      Math.log(1.0 + parts.count()),
      parts.covered() > 0 ? (double) parts.greatest() / parts.covered() : 0,
      Math.log(width * height / pixels),
      Math.log(Math.max(width, height) / Math.min(width, height)),
      border ? 1 : 0,
      border ? Math.min(width, height) / Math.sqrt(pixels) : 0,
      Math.hypot(
          (left + right) / 2 / picture.width() - 0.5, (top + bottom) / 2 / picture.height() - 0.5)
    };
  }

  /** The pixels of a box and just around it; at least one, inside the picture. */
  static Region region(LumaPlane picture, BoundingBox box, Size photograph) {
    double across = (double) picture.width() / photograph.width();
    double down = (double) picture.height() / photograph.height();
    int left = start(Math.floor(box.x0() * across) - GROWTH, picture.width());
    int top = start(Math.floor(box.y0() * down) - GROWTH, picture.height());
    int right = end(Math.ceil(box.x1() * across) + GROWTH, left, picture.width());
    int bottom = end(Math.ceil(box.y1() * down) + GROWTH, top, picture.height());
    return new Region(left, top, right - left, bottom - top);
  }

  private static int start(double at, int length) {
    return (int) Math.max(0, Math.min(at, length - 1));
  }

  private static int end(double at, int start, int length) {
    return (int) Math.max(start + 1, Math.min(at, length));
  }

  private static double clamp(double at, int length) {
    return Math.max(0, Math.min(at, length));
  }

  /** The median luma of a frame around the region; of the region where there is no frame. */
  private int background(LumaPlane picture, Region region) {
    int frame = (int) Math.max(LEAST_FRAME, FRAME * Math.max(region.width(), region.height()));
    Region outer =
        new Region(
                region.x() - frame,
                region.y() - frame,
                region.width() + 2 * frame,
                region.height() + 2 * frame)
            .intersect(new Region(0, 0, picture.width(), picture.height()));
    Arrays.fill(histogram, 0);
    count(picture, outer, 1);
    if (!outer.equals(region)) {
      count(picture, region, -1);
    }
    int median = quantile(0.5);
    Arrays.fill(histogram, 0);
    return median;
  }

  private void count(LumaPlane picture, Region region, int weight) {
    int[] luma = picture.values();
    for (int y = region.y(); y < region.bottom(); y++) {
      int row = y * picture.width();
      for (int x = region.x(); x < region.right(); x++) {
        histogram[luma[row + x]] += weight;
      }
    }
  }

  /** The least luma that at least this share of the counted pixels does not exceed. */
  private int quantile(double share) {
    long total = 0;
    for (int amount : histogram) {
      total += amount;
    }
    int level = 0;
    for (long below = histogram[0]; below < share * total; below += histogram[level]) {
      level++;
    }
    return level;
  }
}
