package dev.instar.detect;

/**
 * A connected set of pixels whose contrast reaches a level, with sums over them; it grows into its
 * parent at the next lower level.
 */
final class Component {
  final int level;

  /** One of its pixels. */
  final int pixel;

  /** What it is part of at the next lower level; null at the lowest. */
  Component parent;

  int pixels;
  int left = Integer.MAX_VALUE;
  int top = Integer.MAX_VALUE;
  int right;
  int bottom;

  /** Sides of its pixels that border on none of them. */
  int outline;

  float greatest;
  double x;
  double y;
  double xx;
  double yy;
  double xy;
  double contrast;
  double contrastSquared;
  double dark;
  double warm;
  double red;
  double gradient;

  /** Its pixels whose contrast reaches the level after each erosion. */
  final int[] cores = new int[ContrastMap.RADII.length];

  Component(int level, int pixel) {
    this.level = level;
    this.pixel = pixel;
  }

  void add(Component part) {
    pixels += part.pixels;
    left = Math.min(left, part.left);
    top = Math.min(top, part.top);
    right = Math.max(right, part.right);
    bottom = Math.max(bottom, part.bottom);
    outline += part.outline;
    greatest = Math.max(greatest, part.greatest);
    x += part.x;
    y += part.y;
    xx += part.xx;
    yy += part.yy;
    xy += part.xy;
    contrast += part.contrast;
    contrastSquared += part.contrastSquared;
    dark += part.dark;
    warm += part.warm;
    red += part.red;
    gradient += part.gradient;
    for (int i = 0; i < cores.length; i++) {
      cores[i] += part.cores[i];
    }
  }

  void add(ContrastMap map, int at, int newOutline) {
    int px = at % map.width();
    int py = at / map.width();
    float value = map.contrast()[at];
    pixels++;
    left = Math.min(left, px);
    top = Math.min(top, py);
    right = Math.max(right, px + 1);
    bottom = Math.max(bottom, py + 1);
    outline += newOutline;
    greatest = Math.max(greatest, value);
    x += px;
    y += py;
    xx += (double) px * px;
    yy += (double) py * py;
    xy += (double) px * py;
    contrast += value;
    contrastSquared += (double) value * value;
    dark += map.dark()[at];
    warm += map.warm()[at];
    red += map.red()[at];
    gradient += map.gradient()[at];
  }

  int width() {
    return right - left;
  }

  int height() {
    return bottom - top;
  }

  /** Pixels of its bounding box. */
  double boxPixels() {
    return (double) width() * height();
  }
}
