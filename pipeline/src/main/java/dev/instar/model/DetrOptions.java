package dev.instar.model;

/**
 * The size of a DETR detector.
 *
 * @param backbone {@code resnet18}, {@code resnet34}, {@code resnet50} or {@code resnet101}; with
 *     {@code _c4} behind it its last stage is left out, with {@code _c3} the last two
 * @param labels kinds of things, without "no object"
 * @param queries the most things that it can find
 * @param encoderLayers at least 0
 * @param decoderLayers at least 1
 * @param width channels of the transformer, a multiple of {@code heads} and of 4
 * @param heads of every attention
 * @param feedForward channels inside the feed-forward parts
 * @param dropout in training, 0.1 in the original
 * @param trainedNorm whether the backbone's batch normalisation is trained like everything else, as
 *     a backbone without pretrained weights needs; otherwise it is constant, as in the original
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
    double dropout,
    boolean trainedNorm) {
  /** facebook/detr-resnet-50 with one label, which the published crop tool is. */
  public static final DetrOptions REFERENCE =
      new DetrOptions("resnet50", 1, 100, 6, 6, 256, 8, 2048, 0.1);

  public DetrOptions {
    if (BackboneShape.named(backbone).isEmpty()) {
      throw new IllegalArgumentException(
          "no backbone '"
              + backbone
              + "'; there are "
              + String.join(", ", BackboneShape.ALL.keySet().stream().sorted().toList())
              + ", each with _c4, _c3 or _c2 behind it to leave its last stages out");
    }
    if (labels < 1 || queries < 1 || encoderLayers < 0 || decoderLayers < 1 || feedForward < 1) {
      throw new IllegalArgumentException(
          "a detector needs at least one label, query, decoder layer and feed-forward channel");
    }
    if (heads < 1 || width < 4 || width % heads != 0 || width % 4 != 0) {
      throw new IllegalArgumentException(
          "a width of "
              + width
              + " for "
              + heads
              + " heads: it must be a multiple of their number and of 4");
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout " + dropout + ": at least 0, below 1");
    }
  }

  /** Whether detectors of both sizes have tensors of the same names and shapes. */
  public boolean sameTensors(DetrOptions other) {
    return BackboneShape.named(backbone).equals(BackboneShape.named(other.backbone))
        && labels == other.labels
        && queries == other.queries
        && encoderLayers == other.encoderLayers
        && decoderLayers == other.decoderLayers
        && width == other.width
        && feedForward == other.feedForward
        && trainedNorm == other.trainedNorm;
  }

  /** With constant batch normalisation. */
  public DetrOptions(
      String backbone,
      int labels,
      int queries,
      int encoderLayers,
      int decoderLayers,
      int width,
      int heads,
      int feedForward,
      double dropout) {
    this(
        backbone,
        labels,
        queries,
        encoderLayers,
        decoderLayers,
        width,
        heads,
        feedForward,
        dropout,
        false);
  }
}
