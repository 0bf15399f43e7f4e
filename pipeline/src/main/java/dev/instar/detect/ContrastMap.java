package dev.instar.detect;

import java.util.Arrays;

/**
 * How much darker or warmer than its background every pixel of a photograph is. Bright rings, glare
 * and bubbles are neither, so they mostly vanish. Not thread-safe.
 *
 * <p>All planes have a value a pixel, rows packed, and are longer than the picture.
 */
final class ContrastMap {
  /** Yellow counts twice as much as dark: pale wings and bodies have little else. */
  private static final float WARM = 2;

  /** Erosion by squares of 3, 5 and 9 pixels: what is left of thick things, not of hairs. */
  static final int[] RADII = {1, 2, 4};

  private final LabPlanes lab = new LabPlanes();
  private final Background background = new Background();
  private int width;
  private int height;
  private float[] ground = {};
  private float[] dark = {};
  private float[] warm = {};
  private float[] red = {};
  private float[] contrast = {};
  private float[] gradient = {};
  private int[] steps = {};
  private int[] scratch = {};
  private final int[][] eroded = new int[RADII.length][0];

  /** Maps a picture in place of the last one. */
  void take(SmallPicture picture) {
    width = picture.width();
    height = picture.height();
    grow(picture.pixels());
    lab.take(picture);
    beyond(lab.lightness(), -1, dark);
    beyond(lab.blueYellow(), 1, warm);
    beyond(lab.greenRed(), 1, red);
    for (int i = 0; i < width * height; i++) {
      contrast[i] = dark[i] + WARM * warm[i];
    }
    differentiate();
    rank();
    int[] source = steps;
    int radius = 0;
    for (int i = 0; i < RADII.length; i++) {
      erode(source, eroded[i]);
      for (radius++; radius < RADII[i]; radius++) {
        erode(eroded[i], eroded[i]);
      }
      source = eroded[i];
    }
  }

  /** Erosion keeps the order of values, so steps may be eroded in place of the contrast. */
  private void rank() {
    float[] levels = ComponentTree.LEVELS;
    float lowest = levels[levels.length - 1];
    for (int i = 0; i < width * height; i++) {
      int reached = 0;
      if (contrast[i] >= lowest) {
        reached = levels.length;
        while (contrast[i] < levels[levels.length - reached]) {
          reached--;
        }
      }
      steps[i] = reached;
    }
  }

  private void grow(int pixels) {
    if (contrast.length < pixels) {
      ground = new float[pixels];
      dark = new float[pixels];
      warm = new float[pixels];
      red = new float[pixels];
      contrast = new float[pixels];
      gradient = new float[pixels];
      steps = new int[pixels];
      scratch = new int[pixels];
      Arrays.setAll(eroded, i -> new int[pixels]);
    }
  }

  /** How far a plane lies beyond its background in one direction. */
  private void beyond(float[] plane, int direction, float[] into) {
    background.of(plane, width, height, ground);
    for (int i = 0; i < width * height; i++) {
      into[i] = Math.max(0, direction * (plane[i] - ground[i]));
    }
  }

  /** The gradient by Sobel's masks over 4, with mirrored edges. */
  private void differentiate() {
    for (int y = 0; y < height; y++) {
      int above = mirrored(y - 1, height) * width;
      int here = y * width;
      int below = mirrored(y + 1, height) * width;
      for (int x = 1; x < width - 1; x++) {
        gradient[here + x] = slope(above + x, here + x, below + x, -1, 1);
      }
      int inwards = width > 1 ? 1 : 0;
      gradient[here] = slope(above, here, below, inwards, inwards);
      int last = width - 1;
      gradient[here + last] = slope(above + last, here + last, below + last, -inwards, -inwards);
    }
  }

  /** Sobel's masks at {@code here}, whose neighbours in each row are so many places away. */
  private float slope(int above, int here, int below, int left, int right) {
    float across =
        contrast[above + right]
            - contrast[above + left]
            + 2 * (contrast[here + right] - contrast[here + left])
            + contrast[below + right]
            - contrast[below + left];
    float down =
        contrast[below + left]
            - contrast[above + left]
            + 2 * (contrast[below] - contrast[above])
            + contrast[below + right]
            - contrast[above + right];
    return 0.25f * (float) Math.sqrt(across * across + down * down);
  }

  private static int mirrored(int at, int length) {
    if (length == 1) {
      return 0;
    }
    return at < 0 ? -at : at >= length ? 2 * length - 2 - at : at;
  }

  /** The least value among every pixel and its eight neighbours; {@code into} may be the source. */
  private void erode(int[] source, int[] into) {
    for (int y = 0; y < height; y++) {
      int row = y * width;
      int last = row + width - 1;
      for (int at = row + 1; at < last; at++) {
        scratch[at] = Math.min(source[at], Math.min(source[at - 1], source[at + 1]));
      }
      int inwards = width > 1 ? 1 : 0;
      scratch[row] = Math.min(source[row], source[row + inwards]);
      scratch[last] = Math.min(source[last], source[last - inwards]);
    }
    for (int y = 0; y < height; y++) {
      int row = y * width;
      int above = y > 0 ? row - width : row;
      int below = y < height - 1 ? row + width : row;
      for (int x = 0; x < width; x++) {
        int least = Math.min(scratch[above + x], scratch[below + x]);
        into[row + x] = Math.min(scratch[row + x], least);
      }
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** {@link #dark} plus twice {@link #warm}. */
  float[] contrast() {
    return contrast;
  }

  /** How much lower L* is than in the background, at least 0. */
  float[] dark() {
    return dark;
  }

  /** How much higher b* is, at least 0. */
  float[] warm() {
    return warm;
  }

  /** How much higher a* is, at least 0. */
  float[] red() {
    return red;
  }

  /** The length of the contrast's gradient, per pixel. */
  float[] gradient() {
    return gradient;
  }

  /** How many of {@link ComponentTree#LEVELS} the contrast reaches. */
  int[] steps() {
    return steps;
  }

  /** How many of them it reaches when it is eroded with {@code RADII[i]}. */
  int[] eroded(int i) {
    return eroded[i];
  }
}
