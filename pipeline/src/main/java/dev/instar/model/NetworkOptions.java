package dev.instar.model;

/**
 * What a network is made with.
 *
 * @param classes of its head
 * @param dropout a probability: of a residual network before the head, of a transformer after the
 *     position embedding and in every block, as in timm
 * @param dropPath the greatest probability of stochastic depth (Huang et al. 2016), rising linearly
 *     with depth
 * @param inputSide of the pictures, in pixels; it matters to vision transformers only
 */
public record NetworkOptions(int classes, double dropout, double dropPath, int inputSide) {
  public NetworkOptions {
    if (classes < 1) {
      throw new IllegalArgumentException("a network of " + classes + " classes");
    }
    if (!(dropout >= 0 && dropout < 1 && dropPath >= 0 && dropPath < 1)) {
      throw new IllegalArgumentException(
          "dropout " + dropout + " and drop path " + dropPath + ": at least 0, below 1");
    }
  }

  /** Nothing is dropped, pictures of 224 pixels. */
  public static NetworkOptions of(int classes) {
    return new NetworkOptions(classes, 0, 0, 224);
  }
}
