package dev.instar.cli;

import static java.util.stream.Collectors.joining;

import dev.instar.convert.Cropping;
import dev.instar.crop.BoxFile;
import dev.instar.crop.CropRule;
import dev.instar.crop.Quality;
import dev.instar.detect.ContrastDetector;
import dev.instar.publish.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which part of each photograph is kept. */
final class CropOptions {
  /** What becomes of a photograph without a box. */
  enum WithoutBox {
    QUARANTINE,
    WHOLE
  }

  private static final int REFERENCE_PADDING = 0xf0f0f0;

  private static final String CONTRAST = "contrast";
  private static final String DETR = "detr";

  @Option(
      names = "--crop",
      paramLabel = "HOW",
      description = "A box file (CSV, COCO, TSV), or a detector: contrast or detr.")
  private String crop;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "DETR's weights: .safetensors, .pth or .ckpt.")
  private Path weights;

  @Option(
      names = "--min-score",
      paramLabel = "P",
      converter = Converters.Probability.class,
      description = "Least score of a detector's box (contrast 0, detr 0.5).")
  private Double minScore;

  @Option(
      names = "--crop-ratio",
      paramLabel = "R",
      converter = Converters.Ratio.class,
      description = "Size of the crop relative to the box (1.4).")
  private Double ratio;

  @Option(
      names = "--equal-extend",
      negatable = true,
      fallbackValue = "true",
      description = "Widen all sides alike, or in proportion (alike).")
  private Boolean equalExtend;

  @Option(
      names = "--pad-color",
      paramLabel = "R,G,B",
      converter = Converters.Color.class,
      description = "Colour beyond the edge (240,240,240).")
  private Integer padColor;

  @Option(
      names = "--without-box",
      paramLabel = "WHAT",
      converter = Converters.WithoutBoxName.class,
      description = "No box: quarantine, or keep whole (quarantine).")
  private WithoutBox withoutBox;

  @Option(
      names = "--skip",
      paramLabel = "QUALITY",
      split = ",",
      converter = Converters.QualityName.class,
      description = "Leave out empty, blurry, fragmented photographs.")
  private Set<Quality> skipped = EnumSet.noneOf(Quality.class);

  /** What is at odds among these options, if anything. */
  Optional<String> contradiction() {
    boolean refined =
        ratio != null || equalExtend != null || padColor != null || withoutBox != null;
    if (crop == null && refined) {
      return Optional.of("--crop-ratio, --equal-extend, --pad-color and --without-box need --crop");
    }
    if (isDetr() && weights == null) {
      return Optional.of("--crop detr needs --weights FILE");
    }
    if (!isDetr() && weights != null) {
      return Optional.of("--weights are for --crop detr");
    }
    return !isDetr() && !isContrast() && minScore != null
        ? Optional.of("--min-score is for --crop contrast and --crop detr")
        : Optional.empty();
  }

  private boolean isContrast() {
    return CONTRAST.equals(crop);
  }

  private boolean isDetr() {
    return DETR.equals(crop);
  }

  /** Those of these options that name a file in a text, for a command line elsewhere. */
  Set<String> files() {
    return isContrast() || isDetr() ? Set.of() : Set.of("--crop");
  }

  /** DETR, where it is to look at all photographs before they are converted. */
  Optional<DetectorOptions> detr() {
    return isDetr() ? Optional.of(DetectorOptions.detr(weights, minScore)) : Optional.empty();
  }

  /** Which photographs are kept, and which part of each. */
  Cropping cropping() throws IOException {
    Cropping cropping;
    if (crop == null) {
      cropping = skipped.isEmpty() ? Cropping.WHOLE : Cropping.judgedBy(ContrastDetector::new);
    } else if (isContrast()) {
      double least = minScore == null ? 0 : minScore;
      cropping = Cropping.of(ContrastDetector::new, least, rule(), wholeWithoutBox());
    } else {
      if (!Files.exists(Path.of(crop))) {
        throw new IOException(
            "--crop " + crop + ": no such box file; the detectors are contrast and detr");
      }
      BoxFile boxes = BoxFile.read(Path.of(crop));
      if (!skipped.isEmpty() && !boxes.statesQuality()) {
        throw new IOException(
            crop + " has no column quality, which --skip needs; instar crop writes one");
      }
      cropping = Cropping.of(boxes, rule(), wholeWithoutBox());
    }
    return cropping.skipping(skipped);
  }

  /** The same around boxes that {@link #detr} found. */
  Cropping croppingAround(BoxFile found) {
    return Cropping.ofFound(found, rule(), wholeWithoutBox()).skipping(skipped);
  }

  private boolean wholeWithoutBox() {
    return without() == WithoutBox.WHOLE;
  }

  private CropRule rule() {
    return new CropRule(
        ratio == null ? CropRule.REFERENCE.ratio() : ratio,
        equalExtend == null ? CropRule.REFERENCE.equalExtend() : equalExtend);
  }

  private WithoutBox without() {
    return withoutBox == null ? WithoutBox.QUARANTINE : withoutBox;
  }

  /** {@code 0xRRGGBB}. */
  int padColor() {
    return padColor == null ? REFERENCE_PADDING : padColor;
  }

  /**
   * What of these options decides the bytes of the result, for comparing runs: the content of the
   * box file, not its place.
   */
  String fingerprint() throws IOException {
    String leftOut =
        skipped.isEmpty()
            ? ""
            : " skip " + skipped.stream().sorted().map(Quality::label).collect(joining(","));
    if (crop == null) {
      return "whole" + leftOut;
    }
    CropRule rule = rule();
    return String.format(
        Locale.ROOT,
        "%s ratio %s %s pad %06x without box %s%s",
        boxes(),
        rule.ratio(),
        rule.equalExtend() ? "equal" : "unequal",
        padColor(),
        without().name().toLowerCase(Locale.ROOT),
        leftOut);
  }

  private String boxes() throws IOException {
    if (isDetr()) {
      return detr().get().fingerprint();
    }
    return isContrast()
        ? CONTRAST + (minScore == null ? "" : " from " + minScore)
        : "boxes " + Checksum.of(Path.of(crop)).substring(0, 16);
  }
}
