package dev.instar.cli;

import dev.instar.convert.ConversionPlan;
import dev.instar.convert.Cropping;
import dev.instar.convert.Geometry;
import dev.instar.convert.JpegPolicy;
import dev.instar.convert.JpegPolicy.Chroma;
import dev.instar.image.Filter;
import dev.instar.pack.Encoding;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the stored pictures are like. */
final class PictureOptions {
  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      converter = Converters.Side.class,
      description = "Length of the fixed side, or keep (256).")
  private int size = 256;

  @Option(
      names = "--side",
      paramLabel = "SIDE",
      converter = Converters.SideName.class,
      description = "shorter, or height as published (shorter).")
  private Geometry.Side side = Geometry.Side.SHORTER;

  @Option(names = "--upscale", description = "Enlarge pictures that are smaller.")
  private boolean upscale;

  @Option(
      names = "--filter",
      paramLabel = "FILTER",
      converter = Converters.FilterName.class,
      description = "area, bilinear or lanczos, as Pillow's (area).")
  private Filter filter = Filter.AREA;

  @Option(
      names = "--encoding",
      paramLabel = "FORM",
      converter = Converters.EncodingName.class,
      description = "jpeg, or raw pixels (jpeg).")
  private Encoding encoding = Encoding.JPEG;

  @Option(
      names = "--quality",
      paramLabel = "Q",
      converter = Converters.Quality.class,
      description = "JPEG quality 1 to 100, or keep the source's (keep).")
  private Integer quality;

  @Option(
      names = "--subsampling",
      paramLabel = "S",
      converter = Converters.Subsampling.class,
      description = "Chroma 420, 444, or keep the source's (keep).")
  private Chroma subsampling;

  /** What is at odds among these options, if anything. */
  Optional<String> contradiction() {
    return encoding == Encoding.RAW && (quality != null || subsampling != null)
        ? Optional.of("--quality and --subsampling are for JPEG, not for --encoding raw")
        : Optional.empty();
  }

  Encoding encoding() {
    return encoding;
  }

  /**
   * How photographs are converted.
   *
   * @param padding beyond the edge of a photograph, {@code 0xRRGGBB}
   * @param maxPixels larger photographs are refused
   */
  ConversionPlan plan(Cropping cropping, int padding, int maxPixels) {
    return new ConversionPlan(
        new Geometry(size, side, upscale),
        cropping,
        padding,
        filter,
        encoding,
        new JpegPolicy(chosenQuality(), chroma()),
        maxPixels);
  }

  /** What of these options decides the bytes of the result, for comparing runs. */
  String fingerprint() {
    String form =
        encoding == Encoding.RAW
            ? "raw"
            : "jpeg quality " + kept(chosenQuality()) + " subsampling " + chroma();
    return ("size "
            + kept(size)
            + " "
            + side
            + (upscale ? " upscale" : "")
            + "; filter "
            + filter
            + "; "
            + form)
        .toLowerCase(Locale.ROOT);
  }

  private int chosenQuality() {
    return quality == null ? JpegPolicy.KEEP : quality;
  }

  private Chroma chroma() {
    return subsampling == null ? Chroma.KEEP : subsampling;
  }

  private static String kept(int number) {
    return number == 0 ? "keep" : String.valueOf(number);
  }
}
