package dev.instar.detect;

import dev.instar.image.Region;

/**
 * How sharp a region of a picture is: the root mean square spatial frequency of its structure,
 *
 * <pre>  focus = sqrt( sum(L^2) / (sum(dx^2 + dy^2) + 4 n) )</pre>
 *
 * <p>where {@code L} is the Laplacian of four neighbours, {@code dx} and {@code dy} are differences
 * to the right and lower neighbour, sums go over the region's {@code n} pixels, and neighbours
 * outside the picture equal the edge. Without the term {@code 4 n} it is the mean of the
 * Laplacian's eigenvalues weighted by the energy of the gradient, so it lies between 0 and sqrt(8)
 * radian per pixel, contrast does not change it, and smoothing can only lower it. The term stands
 * for noise of two levels: a region without structure has a focus near 0, not that of its noise. It
 * is the ratio of two of the classical measures, energy of Laplacian to energy of gradient
 * (Subbarao, Choi and Nikzad 1993, Pertuz et al. 2013), of which each alone measures contrast as
 * well.
 *
 * @param measure the focus
 * @param steepest the greatest difference of two neighbours, in levels
 */
record Focus(double measure, int steepest) {
  private static final double NOISE = 4;

  /** Measures {@code region}, which lies inside the picture. */
  static Focus of(LumaPlane picture, Region region) {
    int[] luma = picture.values();
    int width = picture.width();
    long gradient = 0;
    long laplacian = 0;
    int steepest = 0;
    for (int y = region.y(); y < region.y() + region.height(); y++) {
      int row = y * width;
      int above = y > 0 ? -width : 0;
      int below = y < picture.height() - 1 ? width : 0;
      for (int x = region.x(); x < region.x() + region.width(); x++) {
        int at = row + x;
        int value = luma[at];
        int right = luma[x < width - 1 ? at + 1 : at] - value;
        int down = luma[at + below] - value;
        int curve = right + down + luma[x > 0 ? at - 1 : at] - value + luma[at + above] - value;
        gradient += (long) right * right + (long) down * down;
        laplacian += (long) curve * curve;
        steepest = Math.max(steepest, Math.max(Math.abs(right), Math.abs(down)));
      }
    }
    long pixels = (long) region.width() * region.height();
    return new Focus(Math.sqrt(laplacian / (gradient + NOISE * pixels)), steepest);
  }
}
