package dev.instar.image;

/**
 * Where the pixels of a rotated picture come from: centre {@code (x, y)} from {@code (a x + b y +
 * c, d x + e y + f)}.
 */
record Rotation(double a, double b, double c, double d, double e, double f) {
  /** As Pillow's {@code Image.rotate}, which rounds the sine and the cosine to 15 decimals. */
  static Rotation about(Size size, double degrees) {
    double angle = -Math.toRadians(floorMod360(degrees));
    double cosine = rounded(Math.cos(angle));
    double sine = rounded(Math.sin(angle));
    double x = size.width() / 2.0;
    double y = size.height() / 2.0;
    return new Rotation(
        cosine, sine, cosine * -x + sine * -y + x, -sine, cosine, -sine * -x + cosine * -y + y);
  }

  private static double floorMod360(double degrees) {
    double rest = degrees % 360;
    return rest < 0 ? rest + 360 : rest;
  }

  private static double rounded(double value) {
    return Math.rint(value * 1e15) / 1e15;
  }
}
