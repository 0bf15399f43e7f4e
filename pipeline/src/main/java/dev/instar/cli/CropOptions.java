package dev.instar.cli;

import static java.util.stream.Collectors.joining;

import dev.instar.convert.Cropping;
import dev.instar.crop.BoxFile;
import dev.instar.crop.CropRule;
import dev.instar.crop.Quality;
import dev.instar.detect.ContrastDetector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
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

  @Option(
      names = "--crop",
      paramLabel = "HOW",
      description = "A box file (CSV, COCO, BIOSCAN-5M TSV), or look: contrast.")
  private String crop;

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
    return crop == null && refined
        ? Optional.of("--crop-ratio, --equal-extend, --pad-color and --without-box need --crop")
        : Optional.empty();
  }

  Cropping cropping() throws IOException {
    boolean whole = without() == WithoutBox.WHOLE;
    Cropping cropping;
    if (crop == null) {
      cropping = skipped.isEmpty() ? Cropping.WHOLE : Cropping.judgedBy(ContrastDetector::new);
    } else if (crop.equals(CONTRAST)) {
      cropping = Cropping.of(ContrastDetector::new, rule(), whole);
    } else {
      cropping = Cropping.of(BoxFile.read(Path.of(crop)), rule(), whole);
    }
    return cropping.skipping(skipped);
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
        crop.equals(CONTRAST) ? CONTRAST : "boxes " + digest(Path.of(crop)),
        rule.ratio(),
        rule.equalExtend() ? "equal" : "unequal",
        padColor(),
        without().name().toLowerCase(Locale.ROOT),
        leftOut);
  }

  private static String digest(Path file) throws IOException {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), sha)) {
        bytes.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(sha.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
