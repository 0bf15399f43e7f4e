package dev.instar.synth;

import java.awt.Color;

/**
 * A colour with red, green and blue from 0 to 255, not rounded; what leaves that range is cut off
 * when it becomes visible.
 */
record Pigment(double red, double green, double blue) {
  static Pigment of(int rgb) {
    return new Pigment(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
  }

  /** This colour as another individual or kind might have it. */
  Pigment varied(Dice dice, double amount) {
    double light = 1 + amount * dice.normal();
    double warm = amount * dice.normal() * 0.3;
    return new Pigment(red * light * (1 + warm), green * light, blue * light * (1 - warm));
  }

  Pigment times(double factor) {
    return new Pigment(red * factor, green * factor, blue * factor);
  }

  /** {@code share} of the way from this colour to {@code other}. */
  Pigment towards(Pigment other, double share) {
    return new Pigment(
        red + (other.red - red) * share,
        green + (other.green - green) * share,
        blue + (other.blue - blue) * share);
  }

  /** With an opacity from 0 to 1. */
  Color visible(double opacity) {
    return new Color(byteOf(red), byteOf(green), byteOf(blue), byteOf(255 * opacity));
  }

  private static int byteOf(double value) {
    return (int) Math.max(0, Math.min(255, Math.rint(value)));
  }
}
