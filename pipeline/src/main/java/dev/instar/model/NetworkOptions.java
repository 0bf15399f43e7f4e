package dev.instar.model;

/**
 * What a network is made with.
 *
 * @param classes of its head
 * @param dropout before the head (and in a transformer's layers), a probability
 * @param dropPath the greatest probability of stochastic depth (Huang et al. 2016), rising linearly
 *     with depth
 * @param inputSide of the pictures, in pixels; it matters to vision transformers only
 */
public record NetworkOptions(int classes, double dropout, double dropPath, int inputSide) {
  /** Nothing is dropped, pictures of 224 pixels. */
  public static NetworkOptions of(int classes) {
    return new NetworkOptions(classes, 0, 0, 224);
  }
}
