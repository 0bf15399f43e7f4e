package dev.instar.image;

/** Where the pixels of a rotated picture come from. */
final class Rotation {
  /** How many coefficients a rotation has. */
  static final int COEFFICIENTS = 6;

  private Rotation() {}

  /**
   * The rotation about the centre, as Pillow's {@code Image.rotate} computes it, with sine and
   * cosine rounded to 15 decimals.
   *
   * @param degrees counter-clockwise
   * @param r takes the coefficients: the centre {@code (x, y)} of a pixel comes from {@code (r[0] x
   *     + r[1] y + r[2], r[3] x + r[4] y + r[5])}
   */
  static void about(Size size, double degrees, double[] r) {
    double rest = degrees % 360;
    double angle = -Math.toRadians(rest < 0 ? rest + 360 : rest);
    double cosine = rounded(Math.cos(angle));
    double sine = rounded(Math.sin(angle));
    double x = size.width() / 2.0;
    double y = size.height() / 2.0;
    r[0] = cosine;
    r[1] = sine;
    r[2] = cosine * -x + sine * -y + x;
    r[3] = -sine;
    r[4] = cosine;
    r[5] = -sine * -x + cosine * -y + y;
  }

  private static double rounded(double value) {
    return Math.rint(value * 1e15) / 1e15;
  }
}
