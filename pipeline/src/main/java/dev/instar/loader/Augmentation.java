package dev.instar.loader;

import java.util.List;

/**
 * How a picture becomes a sample, and what is left to chance. Probabilities are in [0, 1]; 0 turns
 * a change off.
 *
 * @param cropping which part of the picture is used
 * @param resize the length of the shorter side before a window is cut, in pixels, at least {@code
 *     crop}; with {@link Cropping#RANDOM_RESIZED} in evaluation alone, with {@link Cropping#SQUASH}
 *     never
 * @param crop the side of the square sample, in pixels
 * @param scale the least and the greatest part of the area, for {@link Cropping#RANDOM_RESIZED}
 * @param ratio the least and the greatest width over height, for {@link Cropping#RANDOM_RESIZED}
 * @param flip the probability of a horizontal flip
 * @param verticalFlip the probability of a vertical flip
 * @param quarterTurns whether samples are turned by a random multiple of 90 degrees
 * @param rotate the greatest angle of a random rotation, in degrees to either side
 * @param brightness the greatest change of the factor, from 1: 0.4 draws from [0.6, 1.4]
 * @param contrast as brightness
 * @param saturation as brightness
 * @param hue the greatest shift of hue, in turns, at most 0.5
 * @param erase the probability that a rectangle is erased (Zhong et al. 2020)
 * @param mixup the alpha of mixup (Zhang et al. 2018), 0 for none
 * @param cutmix the alpha of cutmix (Yun et al. 2019), 0 for none; with both, each batch draws one
 */
public record Augmentation(
    Cropping cropping,
    int resize,
    int crop,
    List<Double> scale,
    List<Double> ratio,
    double flip,
    double verticalFlip,
    boolean quarterTurns,
    double rotate,
    double brightness,
    double contrast,
    double saturation,
    double hue,
    double erase,
    double mixup,
    double cutmix) {
  /** Which part of a picture becomes the sample. */
  public enum Cropping {
    /** The middle, after the shorter side was resized. */
    CENTER,
    /** Any window, after the shorter side was resized. */
    RANDOM,
    /** A part of random area and shape, resized (Szegedy et al. 2015). */
    RANDOM_RESIZED,
    /** The whole, both sides resized: the shape changes. */
    SQUASH
  }

  public Augmentation {
    scale = List.copyOf(scale);
    ratio = List.copyOf(ratio);
    if (crop < 1) {
      throw new IllegalArgumentException("a crop of " + crop + " pixels, at least 1 is needed");
    }
    if (cropping != Cropping.SQUASH && resize < crop) {
      throw new IllegalArgumentException(
          "a crop of "
              + crop
              + " pixels does not fit pictures whose shorter side is resized to "
              + resize
              + "; make resize at least "
              + crop);
    }
    requireRange("scale", scale, 1);
    requireRange("ratio", ratio, Double.MAX_VALUE);
    require("flip", flip, 1);
    require("verticalFlip", verticalFlip, 1);
    require("rotate", rotate, 180);
    require("brightness", brightness, Double.MAX_VALUE);
    require("contrast", contrast, Double.MAX_VALUE);
    require("saturation", saturation, Double.MAX_VALUE);
    require("hue", hue, 0.5);
    require("erase", erase, 1);
    require("mixup", mixup, Double.MAX_VALUE);
    require("cutmix", cutmix, Double.MAX_VALUE);
  }

  /** What the reference trains with (bioscan_dataloader.py:98). */
  public static Augmentation reference() {
    return plain(Cropping.RANDOM, 256, 224, 0.5);
  }

  /** What samples are evaluated with: the middle, unchanged. */
  public static Augmentation evaluation(int resize, int crop) {
    return plain(Cropping.CENTER, resize, crop, 0);
  }

  /** The same cropping with nothing left to chance. */
  public Augmentation forEvaluation() {
    return plain(cropping == Cropping.SQUASH ? Cropping.SQUASH : Cropping.CENTER, resize, crop, 0);
  }

  private static void require(String name, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(
          name
              + " is "
              + value
              + ", it takes "
              + (most < Double.MAX_VALUE ? "0 to " + most : "0 or more"));
    }
  }

  private static void requireRange(String name, List<Double> range, double most) {
    if (range.size() != 2
        || !(range.get(0) > 0 && range.get(0) <= range.get(1) && range.get(1) <= most)) {
      throw new IllegalArgumentException(
          name
              + " is "
              + range
              + ", it takes two numbers above 0"
              + (most < Double.MAX_VALUE ? " and at most " + most : "")
              + ", the smaller one first");
    }
  }

  private static Augmentation plain(Cropping cropping, int resize, int crop, double flip) {
    return new Augmentation(
        cropping,
        resize,
        crop,
        List.of(0.08, 1.0),
        List.of(3.0 / 4, 4.0 / 3),
        flip,
        0,
        false,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0);
  }
}
