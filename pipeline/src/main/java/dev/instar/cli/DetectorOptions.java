package dev.instar.cli;

import dev.instar.detect.ContrastDetector;
import dev.instar.detect.DetectorFile;
import dev.instar.detect.DetrDetector;
import dev.instar.publish.Checksum;
import dev.instar.survey.BoxChoice;
import dev.instar.survey.DetectorLookout;
import dev.instar.survey.DetrLookout;
import dev.instar.survey.Lookout;
import dev.instar.torch.LibTorch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What looks for the insect, and which of its boxes are kept. */
final class DetectorOptions {
  /** What looks. */
  enum Kind {
    CONTRAST,
    DETR
  }

  private static final int USUAL_BATCH = 4;

  @Option(
      names = "--detector",
      paramLabel = "KIND",
      converter = Converters.DetectorName.class,
      description = "contrast, which needs no weights, or detr (contrast).")
  private Kind kind = Kind.CONTRAST;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "DETR's weights: .safetensors, .pth or .ckpt.")
  private Path weights;

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Photographs that DETR looks at together (4).")
  private Integer batch;

  @Option(
      names = "--min-score",
      paramLabel = "P",
      converter = Converters.Probability.class,
      description =
          "Keep boxes from this score on (contrast 0, detr 0.5; the published tool has 0).")
  private Double minScore;

  @Option(
      names = "--max-boxes",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Most boxes of a photograph (1).")
  private int maxBoxes = 1;

  /** DETR as a conversion asks for it: one box a photograph. */
  static DetectorOptions detr(Path weights, Double minScore) {
    DetectorOptions detr = new DetectorOptions();
    detr.kind = Kind.DETR;
    detr.weights = weights;
    detr.minScore = minScore;
    return detr;
  }

  /** What is at odds among these options, if anything. */
  Optional<String> contradiction() {
    if (kind == Kind.DETR && weights == null) {
      return Optional.of("--detector detr needs --weights FILE");
    }
    if (kind == Kind.CONTRAST && weights != null) {
      return Optional.of("--weights are for --detector detr");
    }
    return kind == Kind.CONTRAST && batch != null
        ? Optional.of("--batch is for --detector detr")
        : Optional.empty();
  }

  /**
   * The detector, with its weights loaded where it has any. A network computes with all cores that
   * there are, however many workers prepare photographs: with another number it would answer
   * otherwise in the last bits.
   */
  Lookout lookout() throws IOException {
    if (kind == Kind.CONTRAST) {
      return new DetectorLookout(ContrastDetector::new, choice());
    }
    LibTorch.load(Runtime.getRuntime().availableProcessors());
    DetrDetector.Choice choice = new DetrDetector.Choice(minScore(), maxBoxes);
    return new DetrLookout(DetrDetector.load(weights, choice, batch()), batch());
  }

  private BoxChoice choice() {
    return new BoxChoice(minScore(), maxBoxes);
  }

  private double minScore() {
    return minScore != null ? minScore : kind == Kind.DETR ? 0.5 : 0;
  }

  private int batch() {
    return batch != null ? batch : USUAL_BATCH;
  }

  /** What of these options decides the boxes, for comparing runs. */
  String fingerprint() throws IOException {
    String detector = kind == Kind.CONTRAST ? "contrast" : detr();
    return String.format(
        Locale.ROOT, "%s; scores from %s; at most %d boxes", detector, minScore(), maxBoxes);
  }

  private String detr() throws IOException {
    Path description = weights.resolveSibling(DetectorFile.NAME);
    String described = Files.exists(description) ? " as " + Checksum.of(description) : "";
    return "detr of " + Checksum.of(weights) + described + " in batches of " + batch();
  }
}
