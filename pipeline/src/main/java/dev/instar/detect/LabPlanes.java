package dev.instar.detect;

import dev.instar.image.PixelBuffer;

/**
 * A {@link SmallPicture} in CIELAB: sRGB (IEC 61966-2-1) under D65, where equal distances look
 * about equally different. Not thread-safe.
 */
final class LabPlanes {
  /** Steps of the table of Lab's cube root; between them lies a straight line, 4e-6 off at most. */
  private static final int STEPS = 4096;

  // CIE 15: below this share of white the cube root goes over into a straight line.
  private static final double DARK = 216.0 / 24389;
  private static final double SLOPE = 24389.0 / 27 / 116;

  private static final float[] LINEAR = new float[256];
  private static final float[] ROOT = new float[STEPS + 2];

  static {
    for (int i = 0; i < LINEAR.length; i++) {
      double value = i / 255.0;
      LINEAR[i] =
          (float) (value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
    }
    for (int i = 0; i < ROOT.length; i++) {
      double share = (double) i / STEPS;
      ROOT[i] = (float) (share > DARK ? Math.cbrt(share) : SLOPE * share + 16.0 / 116);
    }
  }

  private float[] lightness = {};
  private float[] greenRed = {};
  private float[] blueYellow = {};

  /** Converts a picture in place of the last one. */
  void take(SmallPicture picture) {
    int pixels = picture.pixels();
    if (lightness.length < pixels) {
      lightness = new float[pixels];
      greenRed = new float[pixels];
      blueYellow = new float[pixels];
    }
    byte[] rgb = picture.rgb();
    for (int i = 0, at = 0; i < pixels; i++, at += PixelBuffer.CHANNELS) {
      float red = LINEAR[rgb[at] & 0xFF];
      float green = LINEAR[rgb[at + 1] & 0xFF];
      float blue = LINEAR[rgb[at + 2] & 0xFF];
      // sRGB's primaries; X and Z over those of D65's white.
      float x = root(0.433953f * red + 0.376219f * green + 0.189828f * blue);
      float y = root(0.212671f * red + 0.715160f * green + 0.072169f * blue);
      float z = root(0.017758f * red + 0.109477f * green + 0.872765f * blue);
      lightness[i] = 116 * y - 16;
      greenRed[i] = 500 * (x - y);
      blueYellow[i] = 200 * (y - z);
    }
  }

  private static float root(float share) {
    float place = share * STEPS;
    int step = Math.min((int) place, STEPS); // white may come out at a little more than 1
    return ROOT[step] + (place - step) * (ROOT[step + 1] - ROOT[step]);
  }

  /** L*, from 0 to 100, a value a pixel; longer than the picture. */
  float[] lightness() {
    return lightness;
  }

  /** a*, negative for green and positive for red. */
  float[] greenRed() {
    return greenRed;
  }

  /** b*, negative for blue and positive for yellow. */
  float[] blueYellow() {
    return blueYellow;
  }
}
