package dev.instar.detect;

import dev.instar.crop.BoundingBox;
import dev.instar.image.Region;
import dev.instar.image.Size;
import java.util.Arrays;
import java.util.List;

/**
 * What a specimen looks like inside its box, as numbers that depend neither on the photograph's
 * size nor on the detector that drew the box. Owns its buffers; not thread-safe.
 */
final class Appearance {
  /**
   * What is measured, in the order of {@link #of}. The background is the median luma of a frame
   * around the box, the contrast what lies between it and the darkest 2% of the box.
   *
   * <ul>
   *   <li>{@code focus}: the logarithm of {@link Focus}
   *   <li>{@code contrast}: its logarithm
   *   <li>{@code filled}: the share of the box that is darker than half the contrast
   *   <li>{@code area}: the logarithm of the box's share of the photograph
   *   <li>{@code border}: 1 if it touches the photograph's edge
   *   <li>{@code depth}: of one at the edge its shorter side over that of a square as large as the
   *       photograph, at most 0.2; of others 0
   * </ul>
   */
  static final List<String> FEATURES =
      List.of("focus", "contrast", "filled", "area", "border", "depth");

  /** Pixels that are looked at beyond the box, so that the edges of a tight one count. */
  private static final int GROWTH = 2;

  private static final int LEAST_FRAME = 3;

  /** The width of the frame over the longer side of the box. */
  private static final double FRAME = 0.15;

  /** Pixels from the photograph's edge within which a box touches it. */
  private static final double TOUCH = 2;

  /** Beyond this depth a specimen at the edge is no fragment, however large it is. */
  private static final double DEEPEST = 0.2;

  private static final int LEVELS = 256;
  private static final double DARKEST = 0.02;

  private final int[] histogram = new int[LEVELS];

  /**
   * Measures the specimen in {@code box}.
   *
   * @param box in pixels of {@code picture}
   * @param focus of the box's {@link #region}
   */
  double[] of(LumaPlane picture, BoundingBox box, double focus) {
    Region region = region(picture, box);
    int background = background(picture, region);
    Arrays.fill(histogram, 0);
    count(picture, region, 1);
    int contrast = Math.max(1, background - quantile(DARKEST));
    double left = clamp(box.x0(), picture.width());
    double right = clamp(box.x1(), picture.width());
    double top = clamp(box.y0(), picture.height());
    double bottom = clamp(box.y1(), picture.height());
    double width = Math.max(1, right - left);
    double height = Math.max(1, bottom - top);
    double pixels = (double) picture.width() * picture.height();
    boolean border =
        left < TOUCH
            || top < TOUCH
            || right > picture.width() - TOUCH
            || bottom > picture.height() - TOUCH;
    return new double[] {
      Math.log(focus + 0.05), // finite for what has no structure
      Math.log(contrast),
      shareBelow(background - 0.5 * contrast),
      Math.log(width * height / pixels),
      border ? 1 : 0,
      border ? Math.min(DEEPEST, Math.min(width, height) / Math.sqrt(pixels)) : 0
    };
  }

  /** The pixels of a box and just around it: at least one, inside the picture. */
  static Region region(LumaPlane picture, BoundingBox box) {
    int left = (int) clamp(Math.floor(box.x0()) - GROWTH, picture.width() - 1);
    int top = (int) clamp(Math.floor(box.y0()) - GROWTH, picture.height() - 1);
    int right = (int) clamp(Math.ceil(box.x1()) + GROWTH, picture.width());
    int bottom = (int) clamp(Math.ceil(box.y1()) + GROWTH, picture.height());
    return new Region(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
  }

  private static double clamp(double at, int most) {
    return Math.max(0, Math.min(at, most));
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
            .intersect(Region.of(new Size(picture.width(), picture.height())));
    Arrays.fill(histogram, 0);
    count(picture, outer, 1);
    if (!outer.equals(region)) {
      count(picture, region, -1);
    }
    return quantile(0.5);
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
    double wanted = share * Arrays.stream(histogram).sum();
    int level = 0;
    for (int below = histogram[0]; below < wanted; below += histogram[level]) {
      level++;
    }
    return level;
  }

  /** The share of the counted pixels whose luma is less than {@code threshold}. */
  private double shareBelow(double threshold) {
    int below = 0;
    for (int level = 0; level < threshold; level++) {
      below += histogram[level];
    }
    return (double) below / Arrays.stream(histogram).sum();
  }
}
