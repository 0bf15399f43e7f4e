package dev.instar.image;

import java.util.Arrays;

/**
 * Colour jitter of packed RGB in Java: the steps of torchvision's {@code functional_pil}, with
 * Pillow's arithmetic (Blend.c, Convert.c).
 */
final class PlainColour {
  private static final int STEP = PixelBuffer.CHANNELS;

  private PlainColour() {}

  static void change(SamplePlan plan, byte[] pixels) {
    if (plan.brightness != 1) {
      blendAll(0, plan.brightness, pixels);
    }
    if (plan.contrast != 1) {
      blendAll(meanGrey(pixels), plan.contrast, pixels);
    }
    if (plan.saturation != 1) {
      for (int at = 0; at < pixels.length; at += STEP) {
        int grey = grey(pixels, at);
        for (int c = 0; c < STEP; c++) {
          pixels[at + c] = blend(grey, pixels[at + c] & 0xff, plan.saturation);
        }
      }
    }
    if (plan.hueShift != 0) {
      for (int at = 0; at < pixels.length; at += STEP) {
        shiftHue(pixels, at, plan.hueShift);
      }
    }
  }

  private static void blendAll(int from, float factor, byte[] pixels) {
    byte[] table = new byte[256];
    for (int level = 0; level < 256; level++) {
      table[level] = blend(from, level, factor);
    }
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = table[pixels[i] & 0xff];
    }
  }

  /** Pillow's ImagingBlend: cut off to whole levels, and clipped where it extrapolates. */
  private static byte blend(int from, int to, float factor) {
    float mixed = from + factor * (to - from);
    return (byte) (int) Math.max(0, Math.min(255, mixed));
  }

  /** ITU-R 601 luma in 16-bit fixed point, as Pillow's {@code convert("L")}. */
  private static int grey(byte[] pixels, int at) {
    return ((pixels[at] & 0xff) * 19595
            + (pixels[at + 1] & 0xff) * 38470
            + (pixels[at + 2] & 0xff) * 7471
            + 0x8000)
        >> 16;
  }

  private static int meanGrey(byte[] pixels) {
    long sum = 0;
    for (int at = 0; at < pixels.length; at += STEP) {
      sum += grey(pixels, at);
    }
    return (int) ((double) sum / (pixels.length / STEP) + 0.5);
  }

  /** Pillow's rgb2hsv_row and hsv2rgb: hue and saturation are bytes in between. */
  private static void shiftHue(byte[] pixels, int at, int shift) {
    int red = pixels[at] & 0xff;
    int green = pixels[at + 1] & 0xff;
    int blue = pixels[at + 2] & 0xff;
    int most = Math.max(red, Math.max(green, blue));
    int least = Math.min(red, Math.min(green, blue));
    if (most == least) {
      return;
    }
    float range = most - least;
    float toRed = (most - red) / range;
    float toGreen = (most - green) / range;
    float toBlue = (most - blue) / range;
    float sixth;
    if (red == most) {
      sixth = toBlue - toGreen;
    } else if (green == most) {
      sixth = (float) (2.0 + toRed - toBlue);
    } else {
      sixth = (float) (4.0 + toGreen - toRed);
    }
    float turns = (float) ((sixth / 6.0 + 1.0) % 1.0);
    int hue = (int) (turns * 255.0) + shift & 0xff;
    int saturation = (int) (range / most * 255.0);
    if (saturation == 0) {
      Arrays.fill(pixels, at, at + STEP, (byte) most);
      return;
    }
    int sector = (int) Math.floor((float) hue * 6.0 / 255.0);
    float rest = (float) ((float) hue * 6.0 / 255.0 - sector);
    float share = (float) (saturation / 255.0);
    byte value = (byte) most;
    byte low = level(most * (1.0 - share));
    byte falling = level(most * (1.0 - share * rest));
    byte rising = level(most * (1.0 - share * (1.0 - rest)));
    switch (sector % 6) {
      case 0 -> put(pixels, at, value, rising, low);
      case 1 -> put(pixels, at, falling, value, low);
      case 2 -> put(pixels, at, low, value, rising);
      case 3 -> put(pixels, at, low, falling, value);
      case 4 -> put(pixels, at, rising, low, value);
      default -> put(pixels, at, value, low, falling);
    }
  }

  /** C's round of a value that is not negative. */
  private static byte level(double value) {
    return (byte) (int) Math.floor(value + 0.5);
  }

  private static void put(byte[] pixels, int at, byte red, byte green, byte blue) {
    pixels[at] = red;
    pixels[at + 1] = green;
    pixels[at + 2] = blue;
  }
}
