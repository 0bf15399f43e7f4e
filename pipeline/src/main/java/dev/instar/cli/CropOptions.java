package dev.instar.cli;

import dev.instar.convert.BoxCropping;
import dev.instar.convert.Cropping;
import dev.instar.crop.BoxFile;
import dev.instar.crop.CropRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which part of each photograph is kept. */
final class CropOptions {
  /** What becomes of a photograph without a box. */
  enum WithoutBox {
    QUARANTINE,
    WHOLE
  }

  private static final int REFERENCE_PADDING = 0xf0f0f0;

  @Option(
      names = "--crop",
      paramLabel = "BOXES",
      description = "Boxes: CSV (file,x,y,w,h), COCO or BIOSCAN-5M TSV.")
  private Path boxes;

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

  /** What is at odds among these options, if anything. */
  Optional<String> contradiction() {
    boolean refined =
        ratio != null || equalExtend != null || padColor != null || withoutBox != null;
    return boxes == null && refined
        ? Optional.of(
            "--crop-ratio, --equal-extend, --pad-color and --without-box need --crop BOXES")
        : Optional.empty();
  }

  Cropping cropping() throws IOException {
    if (boxes == null) {
      return Cropping.WHOLE;
    }
    return new BoxCropping(BoxFile.read(boxes), rule(), without() == WithoutBox.WHOLE);
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
    if (boxes == null) {
      return "whole";
    }
    CropRule rule = rule();
    return String.format(
        Locale.ROOT,
        "boxes %s ratio %s %s pad %06x without box %s",
        digest(boxes),
        rule.ratio(),
        rule.equalExtend() ? "equal" : "unequal",
        padColor(),
        without().name().toLowerCase(Locale.ROOT));
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
