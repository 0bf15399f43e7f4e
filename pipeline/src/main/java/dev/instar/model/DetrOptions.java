package dev.instar.model;

/**
 * The size of a DETR detector.
 *
 * @param backbone {@code resnet18}, {@code resnet34}, {@code resnet50} or {@code resnet101}
 * @param labels kinds of things, without "no object"
 * @param queries the most things that it can find
 * @param encoderLayers at least 0
 * @param decoderLayers at least 1
 * @param width channels of the transformer, a multiple of {@code heads} and of 4
 * @param heads of every attention
 * @param feedForward channels inside the feed-forward parts
 * @param dropout in training, 0.1 in the original
 */
public record DetrOptions(
    String backbone,
    int labels,
    int queries,
    int encoderLayers,
    int decoderLayers,
    int width,
    int heads,
    int feedForward,
    double dropout) {
  /** facebook/detr-resnet-50 with one label, which the published crop tool is. */
  public static final DetrOptions REFERENCE =
      new DetrOptions("resnet50", 1, 100, 6, 6, 256, 8, 2048, 0.1);
}
