package dev.instar.image;

/**
 * The weights of one direction of a resampling, in the layout of {@code instar_core.h}: a record of
 * {@code taps + 2} integers a new pixel, namely the first old pixel, how many count, and their
 * weights. Immutable.
 */
final class Kernel {
  /** The weights of an area kernel sum to 2 to this power. */
  static final int AREA_BITS = 14;

  /** Pillow's PRECISION_BITS (Resample.c): 32 bits, less 8 of a pixel, less 2 of headroom. */
  static final int CONVOLUTION_BITS = 32 - 8 - 2;

  private final int taps;
  private final int[] records;

  private Kernel(int taps, int newPixels) {
    this.taps = taps;
    this.records = new int[Math.multiplyExact(taps + 2, newPixels)];
  }

  /**
   * The weights with which {@code newPixels} pixels are made from the stretch {@code from} to
   * {@code to} of {@code oldPixels} pixels; the stretch lies inside them.
   */
  static Kernel of(Filter filter, double from, double to, int oldPixels, int newPixels) {
    return switch (filter) {
      case AREA -> area(from, to, oldPixels, newPixels);
      case BILINEAR -> convolution(1, Kernel::triangle, from, to, oldPixels, newPixels);
      case LANCZOS -> convolution(3, Kernel::lanczos3, from, to, oldPixels, newPixels);
    };
  }

  int taps() {
    return taps;
  }

  /** All records; not to be changed. */
  int[] records() {
    return records;
  }

  /** Where the record of a new pixel starts. */
  int record(int newPixel) {
    return newPixel * (taps + 2);
  }

  int first(int newPixel) {
    return records[record(newPixel)];
  }

  int count(int newPixel) {
    return records[record(newPixel) + 1];
  }

  /** One past the last old pixel of a new one. */
  int end(int newPixel) {
    return first(newPixel) + count(newPixel);
  }

  /**
   * Each old pixel's share of the new pixel's extent; rounding the running sum, not each share,
   * makes them sum to 1.
   */
  private static Kernel area(double from, double to, int oldPixels, int newPixels) {
    double scale = (to - from) / newPixels;
    Kernel kernel = new Kernel(even((int) Math.ceil(scale) + 2), newPixels);
    for (int i = 0; i < newPixels; i++) {
      double left = from + i * scale;
      double right = i + 1 == newPixels ? to : from + (i + 1) * scale;
      int first = Math.min((int) left, oldPixels - 1);
      int end = Math.max(first + 1, Math.min((int) Math.ceil(right), oldPixels));
      int at = kernel.record(i);
      long shareBefore = 0;
      int count = 0;
      for (int k = first; k < end; k++) {
        double covered = k + 1 == end ? 1 : (k + 1 - left) / (right - left);
        long share = Math.round(covered * (1 << AREA_BITS));
        int weight = (int) (share - shareBefore);
        shareBefore = share;
        if (count == 0 && weight == 0) {
          first = k + 1;
          continue;
        }
        kernel.records[at + 2 + count++] = weight;
      }
      while (kernel.records[at + 1 + count] == 0) {
        count--;
      }
      kernel.records[at] = first;
      kernel.records[at + 1] = count;
    }
    return kernel;
  }

  /** A filter's weight at a distance from its centre, in new pixels. */
  private interface Window {
    double at(double distance);
  }

  /** Pillow's precompute_coeffs and normalize_coeffs_8bpc (Resample.c). */
  private static Kernel convolution(
      double lobes, Window window, double from, double to, int oldPixels, int newPixels) {
    double scale = (to - from) / newPixels;
    double stretch = Math.max(scale, 1);
    double support = lobes * stretch;
    Kernel kernel = new Kernel(even((int) Math.ceil(support) * 2 + 1), newPixels);
    double[] weights = new double[kernel.taps];
    for (int i = 0; i < newPixels; i++) {
      double centre = from + (i + 0.5) * scale;
      int first = Math.max(0, (int) (centre - support + 0.5));
      int count = Math.min(oldPixels, (int) (centre + support + 0.5)) - first;
      double sum = 0;
      for (int k = 0; k < count; k++) {
        weights[k] = window.at((k + first - centre + 0.5) * (1 / stretch));
        sum += weights[k];
      }
      int at = kernel.record(i);
      kernel.records[at] = first;
      kernel.records[at + 1] = count;
      for (int k = 0; k < count; k++) {
        double weight = sum != 0 ? weights[k] / sum : weights[k];
        kernel.records[at + 2 + k] =
            (int) (weight * (1 << CONVOLUTION_BITS) + (weight < 0 ? -0.5 : 0.5));
      }
    }
    return kernel;
  }

  private static double triangle(double x) {
    double distance = Math.abs(x);
    return distance < 1 ? 1 - distance : 0;
  }

  private static double lanczos3(double x) {
    return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
  }

  private static int even(int taps) {
    return taps + (taps & 1);
  }
}
