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
import picocli.CommandLine.Option;

/** Which part of each photograph is kept. */
final class CropOptions {
  private enum WithoutBox {
    quarantine,
    whole
  }

  @Option(
      names = "--crop",
      paramLabel = "BOXES",
      description =
          "Crop around the boxes of a file: CSV (file,x,y,w,h), COCO JSON, or BIOSCAN-5M's TSV.")
  private Path boxes;

  @Option(
      names = "--crop-ratio",
      paramLabel = "R",
      defaultValue = "1.4",
      description = "Size of the crop relative to the box (default: ${DEFAULT-VALUE}).")
  private double ratio;

  @Option(
      names = "--equal-extend",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Extend both sides by the same length, that of the longer one (default), or each in proportion.")
  private boolean equalExtend;

  @Option(
      names = "--pad-color",
      paramLabel = "R,G,B",
      defaultValue = "240,240,240",
      converter = Converters.Color.class,
      description = "Colour beyond the photograph's edge (default: ${DEFAULT-VALUE}).")
  private int padColor;

  @Option(
      names = "--without-box",
      paramLabel = "WHAT",
      defaultValue = "quarantine",
      description =
          "A photograph without a box: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private WithoutBox withoutBox;

  Cropping cropping() throws IOException {
    if (boxes == null) {
      return Cropping.WHOLE;
    }
    return new BoxCropping(
        BoxFile.read(boxes), new CropRule(ratio, equalExtend), withoutBox == WithoutBox.whole);
  }

  /** {@code 0xRRGGBB}. */
  int padColor() {
    return padColor;
  }

  /**
   * What of these options decides the bytes of the result, for comparing runs: the content of the
   * box file, not its place.
   */
  String fingerprint() throws IOException {
    if (boxes == null) {
      return "whole";
    }
    return String.format(
        Locale.ROOT,
        "boxes %s ratio %s %s pad %06x without box %s",
        digest(boxes),
        ratio,
        equalExtend ? "equal" : "unequal",
        padColor,
        withoutBox);
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
