package dev.instar.train.detection;

/**
 * What is left to chance when a photograph becomes a training picture. Probabilities are in [0, 1];
 * 0 turns a change off.
 *
 * @param flip the probability of a horizontal flip
 * @param verticalFlip the probability of a vertical flip
 * @param crop the probability that only a part of the photograph is used; where there are things
 *     the centre of one lies in it
 * @param area the least area of such a part, of the photograph's, above 0
 * @param stretch the most that such a part is stretched, one side against the other: 1.25 draws
 *     from 0.8 to 1.25
 * @param brightness the greatest change of the factor, from 1: 0.4 draws from [0.6, 1.4]
 * @param contrast as brightness
 * @param saturation as brightness
 * @param hue the greatest shift of hue, in turns, at most 0.5
 */
record DetectionAugmentation(
    double flip,
    double verticalFlip,
    double crop,
    double area,
    double stretch,
    double brightness,
    double contrast,
    double saturation,
    double hue) {
  /** Photographs as they are. */
  static final DetectionAugmentation NONE = new DetectionAugmentation(0, 0, 0, 1, 1, 0, 0, 0, 0);

  DetectionAugmentation {
    require("flip", flip, 0, 1);
    require("verticalFlip", verticalFlip, 0, 1);
    require("crop", crop, 0, 1);
    require("area", area, Double.MIN_NORMAL, 1);
    require("stretch", stretch, 1, 10);
    require("brightness", brightness, 0, 10);
    require("contrast", contrast, 0, 10);
    require("saturation", saturation, 0, 10);
    require("hue", hue, 0, 0.5);
  }

  private static void require(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + " is " + value + ", it takes " + least + " to " + most);
    }
  }

  boolean turns() {
    return flip > 0 || verticalFlip > 0;
  }

  boolean recolours() {
    return brightness > 0 || contrast > 0 || saturation > 0 || hue > 0;
  }
}
