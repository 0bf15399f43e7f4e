package dev.instar.image;

import java.util.List;

/**
 * What is done to a channel's value {@code v} in [0, 1]: {@code (v - mean) / std}, in red, green,
 * blue.
 *
 * @param mean of each channel
 * @param std of each channel, above 0
 */
public record Normalisation(List<Double> mean, List<Double> std) {
  /** Values stay in [0, 1], as in the reference (bioscan_dataloader.py:98). */
  public static final Normalisation NONE =
      new Normalisation(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

  /** Torchvision's models, and most others that saw ImageNet. */
  public static final Normalisation IMAGENET =
      new Normalisation(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  /** Timm's AugReg vision transformers: values in [-1, 1]. */
  public static final Normalisation HALF =
      new Normalisation(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));

  public Normalisation {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != PixelBuffer.CHANNELS || std.size() != PixelBuffer.CHANNELS) {
      throw new IllegalArgumentException("a normalisation has three means and three deviations");
    }
    if (!std.stream().allMatch(deviation -> deviation > 0)) {
      throw new IllegalArgumentException("a standard deviation of " + std + " is not above 0");
    }
  }
}
