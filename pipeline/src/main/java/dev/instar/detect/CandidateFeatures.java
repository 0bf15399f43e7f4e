package dev.instar.detect;

import java.util.Arrays;
import java.util.List;

/**
 * What is measured of a {@link Component} to tell whether its box is a specimen's. Not thread-safe.
 */
final class CandidateFeatures {
  /**
   * In the order of {@link #of}. Logarithms but for shares and counts; {@code contrast} means the
   * map's, {@code level} the component's own.
   *
   * <ul>
   *   <li>{@code area}, {@code box}: pixels of the component and of its box, {@code filled} the
   *       first over the second
   *   <li>{@code aspect} of the box; {@code elongation} and {@code thickness} from the component's
   *       second moments
   *   <li>{@code core3}, {@code core5}, {@code core9}: the share of pixels left by each erosion
   *   <li>{@code rise}: mean contrast over level; {@code peak}: the greatest; {@code spread}: the
   *       standard deviation
   *   <li>{@code dark}, {@code warm}, {@code red}, {@code gradient}: means; {@code warmth}: warm
   *       over warm and dark
   *   <li>{@code mass}: the sum of contrast; {@code share}: of the whole map's; {@code within}: of
   *       its box's
   *   <li>{@code near}, {@code around}: mean contrast of a frame around the box, 4 pixels wide or
   *       in proportion
   *   <li>{@code outline}: its length over the root of the area
   *   <li>{@code grows}, {@code boxGrows}: how much larger the parent is; {@code last}: no parent
   *   <li>{@code distance} from the centre; {@code border}, {@code corner}: one or more of the
   *       photograph's edges touched
   *   <li>{@code noise}: the upper quartile of contrast; {@code total}: its mean
   * </ul>
   */
  static final List<String> NAMES =
      List.of(
          "area",
          "area^2",
          "box",
          "box^2",
          "filled",
          "aspect",
          "elongation",
          "thickness",
          "core3",
          "core5",
          "core9",
          "core5Area",
          "core9Area",
          "level",
          "level^2",
          "contrast",
          "rise",
          "peak",
          "spread",
          "dark",
          "warm",
          "red",
          "gradient",
          "warmth",
          "mass",
          "share",
          "logShare",
          "within",
          "near",
          "around",
          "nearOfContrast",
          "aroundOfContrast",
          "nearOfLevel",
          "outline",
          "grows",
          "boxGrows",
          "last",
          "distance",
          "distance^2",
          "border",
          "corner",
          "noise",
          "total");

  /** The least of what a logarithm or a quotient is taken of. */
  private static final double TINY = 1e-6;

  /** The widths of a frame: fixed, and over the box's mean side. */
  private static final int NEAR = 4;

  private static final double AROUND = 0.35;
  private static final int LEAST_AROUND = 3;

  /** Every fourth pixel of every fourth row is enough for a quartile. */
  private static final int SAMPLED = 4;

  private int width;
  private int height;
  private double[] integral = {};
  private float[] sample = {};
  private double noise;
  private double total;

  /** Looks at the whole map, before its components. */
  void take(ContrastMap map) {
    width = map.width();
    height = map.height();
    int stride = width + 1;
    if (integral.length < stride * (height + 1)) {
      integral = new double[stride * (height + 1)];
      sample = new float[(width / SAMPLED + 1) * (height / SAMPLED + 1)];
    }
    Arrays.fill(integral, 0, stride, 0);
    float[] contrast = map.contrast();
    for (int y = 0; y < height; y++) {
      double row = 0;
      integral[(y + 1) * stride] = 0;
      for (int x = 0; x < width; x++) {
        row += contrast[y * width + x];
        integral[(y + 1) * stride + x + 1] = integral[y * stride + x + 1] + row;
      }
    }
    int sampled = 0;
    for (int y = 0; y < height; y += SAMPLED) {
      for (int x = 0; x < width; x += SAMPLED) {
        sample[sampled++] = contrast[y * width + x];
      }
    }
    Arrays.sort(sample, 0, sampled);
    noise = sample[sampled * 3 / 4];
    total = sum(0, 0, width, height);
  }

  /** Measures a component of the map. */
  double[] of(Component c) {
    double n = c.pixels;
    double box = c.boxPixels();
    double contrast = c.contrast / n;
    double level = ComponentTree.LEVELS[c.level];
    double inside = sum(c.left, c.top, c.right, c.bottom);
    double near = frame(c, NEAR, inside);
    double around = frame(c, Math.max(LEAST_AROUND, (int) (Math.sqrt(box) * AROUND)), inside);
    Component parent = c.parent == null ? c : c.parent;
    double logArea = Math.log(n);
    double logBox = Math.log(box);
    double logLevel = Math.log(level);
    double share = c.contrast / Math.max(total, TINY);
    double[] shape = shape(c);
    // In units of half the height of a picture of 320 x 240.
    double distance =
        Math.hypot((c.left + c.right - width) / 2.0, (c.top + c.bottom - height) / 2.0)
            / Math.sqrt(width * (double) height * 3 / 16);
    int edges =
        (c.left <= 0 ? 1 : 0)
            + (c.top <= 0 ? 1 : 0)
            + (c.right >= width ? 1 : 0)
            + (c.bottom >= height ? 1 : 0);
    return new double[] {
      logArea,
      logArea * logArea,
      logBox,
      logBox * logBox,
      n / box,
      Math.log((double) Math.max(c.width(), c.height()) / Math.min(c.width(), c.height())),
      Math.log(shape[0] / shape[1]),
      Math.log(shape[1]),
      c.cores[0] / n,
      c.cores[1] / n,
      c.cores[2] / n,
      Math.log1p(c.cores[1]),
      Math.log1p(c.cores[2]),
      logLevel,
      logLevel * logLevel,
      Math.log(contrast),
      Math.log(contrast / level),
      Math.log(c.greatest),
      Math.log1p(Math.sqrt(Math.max(0, c.contrastSquared / n - contrast * contrast))),
      Math.log1p(c.dark / n),
      Math.log1p(c.warm / n),
      Math.log1p(c.red / n),
      Math.log(c.gradient / n + 0.5),
      c.warm / (c.dark + c.warm + 0.1 * n),
      Math.log(c.contrast),
      share,
      Math.log(share),
      c.contrast / Math.max(inside, TINY),
      Math.log1p(near),
      Math.log1p(around),
      near / contrast,
      around / contrast,
      near / level,
      Math.log(c.outline / Math.sqrt(n)),
      Math.log(parent.pixels / n),
      Math.log(parent.boxPixels() / box),
      c.parent == null ? 1 : 0,
      distance,
      distance * distance,
      Math.min(edges, 1),
      Math.max(edges - 1, 0),
      Math.log1p(noise),
      Math.log(Math.max(0.01, total / ((double) width * height)))
    };
  }

  /** The variances along and across its main axis, in square pixels. */
  private static double[] shape(Component c) {
    double n = c.pixels;
    double x = c.x / n;
    double y = c.y / n;
    // A pixel has an extent of its own.
    double xx = c.xx / n - x * x + 1.0 / 12;
    double yy = c.yy / n - y * y + 1.0 / 12;
    double xy = c.xy / n - x * y;
    double half = (xx + yy) / 2;
    double root = Math.sqrt(Math.max(0, half * half - Math.max(xx * yy - xy * xy, 1e-3)));
    return new double[] {half + root, Math.max(half - root, 1.0 / 12)};
  }

  /** The mean contrast of the frame of {@code margin} pixels around a component's box. */
  private double frame(Component c, int margin, double inside) {
    int left = Math.max(0, c.left - margin);
    int top = Math.max(0, c.top - margin);
    int right = Math.min(width, c.right + margin);
    int bottom = Math.min(height, c.bottom + margin);
    double pixels = (double) (right - left) * (bottom - top) - c.boxPixels();
    return Math.max(0, sum(left, top, right, bottom) - inside) / Math.max(pixels, 1);
  }

  private double sum(int left, int top, int right, int bottom) {
    int stride = width + 1;
    return integral[bottom * stride + right]
        - integral[top * stride + right]
        - integral[bottom * stride + left]
        + integral[top * stride + left];
  }
}
