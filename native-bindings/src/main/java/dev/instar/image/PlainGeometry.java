package dev.instar.image;

import java.util.Arrays;

/** Turns and rotations of packed RGB in Java. */
final class PlainGeometry {
  private static final int STEP = PixelBuffer.CHANNELS;

  private PlainGeometry() {}

  /** Lays a picture anew; one that changes its sides is square. */
  static void turn(Turn turn, Size size, byte[] from, byte[] to) {
    int right = size.width() - 1;
    int bottom = size.height() - 1;
    for (int y = 0, at = 0; y <= bottom; y++) {
      for (int x = 0; x <= right; x++, at += STEP) {
        int column =
            switch (turn) {
              case NONE, MIRRORED_180 -> x;
              case MIRRORED, CLOCKWISE_180 -> right - x;
              case CLOCKWISE_90, MIRRORED_270 -> y;
              case MIRRORED_90, CLOCKWISE_270 -> right - y;
            };
        int row =
            switch (turn) {
              case NONE, MIRRORED -> y;
              case CLOCKWISE_180, MIRRORED_180 -> bottom - y;
              case CLOCKWISE_90, MIRRORED_90 -> bottom - x;
              case CLOCKWISE_270, MIRRORED_270 -> x;
            };
        System.arraycopy(from, (row * size.width() + column) * STEP, to, at, STEP);
      }
    }
  }

  /**
   * Pillow's ImagingTransformAffine with its bilinear filter (Geometry.c); {@code r} as in {@link
   * Rotation}.
   */
  static void rotate(double[] r, int fill, Size size, byte[] from, byte[] to) {
    int at = 0;
    for (int row = 0; row < size.height(); row++) {
      double y = row + 0.5;
      for (int column = 0; column < size.width(); column++, at += STEP) {
        double x = column + 0.5;
        double fromX = r[0] * x + r[1] * y + r[2];
        double fromY = r[3] * x + r[4] * y + r[5];
        if (fromX >= 0 && fromX < size.width() && fromY >= 0 && fromY < size.height()) {
          mix(fromX - 0.5, fromY - 0.5, size, from, to, at);
        } else {
          Arrays.fill(to, at, at + STEP, (byte) fill);
        }
      }
    }
  }

  private static void mix(double x, double y, Size size, byte[] from, byte[] to, int at) {
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    double right = x - column;
    double below = y - row;
    int left = Math.max(0, column) * STEP;
    int next = Math.min(size.width() - 1, column + 1) * STEP;
    int upper = Math.max(0, row) * size.width() * STEP;
    int lower = Math.min(size.height() - 1, row + 1) * size.width() * STEP;
    for (int c = 0; c < STEP; c++) {
      double above = mixed(from[upper + left + c], from[upper + next + c], right);
      double beneath = mixed(from[lower + left + c], from[lower + next + c], right);
      to[at + c] = (byte) (int) (above + (beneath - above) * below);
    }
  }

  private static double mixed(byte a, byte b, double share) {
    int low = a & 0xff;
    return low + ((b & 0xff) - low) * share;
  }
}
