package dev.instar.detect;

import dev.instar.image.Region;

/**
 * How sharp a region of a picture is: the root mean square spatial frequency of its structure,
 *
 * <pre>  focus = sqrt( sum(L^2) / (sum(G^2) + 4 n) )</pre>
 *
 * <p>where {@code L} is the sum of the differences to the four neighbours (the Laplacian), {@code
 * G^2} half the sum of their squares, sums go over the region's {@code n} pixels, and neighbours
 * outside the picture equal the edge. It lies between 0 and sqrt(8) radian per pixel. Without the
 * term {@code 4 n} it does not depend on contrast, and is, over a whole picture, the mean of the
 * Laplacian's eigenvalues weighted by the energy of the gradient, which smoothing can only lower.
 * The term stands for noise of two levels: a region without structure has a focus near 0, not that
 * of its noise. It is the ratio of two classical measures, energy of Laplacian and energy of
 * gradient (Subbarao, Choi and Nikzad 1993), each of which alone measures contrast as well.
 */
final class Focus {
  private static final double NOISE = 4;

  private Focus() {}

  /** Measures {@code region}, which lies inside the picture; radian per pixel. */
  static double of(LumaPlane picture, Region region) {
    int[] luma = picture.values();
    int width = picture.width();
    long gradient = 0;
    long laplacian = 0;
    for (int y = region.y(); y < region.bottom(); y++) {
      int row = y * width;
      int above = y > 0 ? -width : 0;
      int below = y < picture.height() - 1 ? width : 0;
      for (int x = region.x(); x < region.right(); x++) {
        int at = row + x;
        int value = luma[at];
        int left = luma[x > 0 ? at - 1 : at] - value;
        int right = luma[x < width - 1 ? at + 1 : at] - value;
        int up = luma[at + above] - value;
        int down = luma[at + below] - value;
        int curve = left + right + up + down;
        gradient += left * left + right * right + up * up + down * down;
        laplacian += curve * curve;
      }
    }
    long pixels = (long) region.width() * region.height();
    return Math.sqrt(laplacian / (0.5 * gradient + NOISE * pixels));
  }
}
