package dev.instar.cli;

import dev.instar.convert.ConversionPlan;
import dev.instar.convert.Geometry;
import dev.instar.convert.JpegPolicy;
import dev.instar.convert.JpegPolicy.Chroma;
import dev.instar.image.Filter;
import dev.instar.pack.Encoding;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What the stored pictures are like. */
final class PictureOptions {
  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "256",
      converter = Converters.Side.class,
      description = "Length of the side that is fixed, or 'keep' (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--side",
      paramLabel = "SIDE",
      defaultValue = "shorter",
      description =
          "The side that is fixed: ${COMPLETION-CANDIDATES}; the published files have the height (default: ${DEFAULT-VALUE}).")
  private Geometry.Side side;

  @Option(names = "--upscale", description = "Enlarge pictures that are smaller.")
  private boolean upscale;

  @Option(
      names = "--filter",
      paramLabel = "FILTER",
      defaultValue = "area",
      description =
          "${COMPLETION-CANDIDATES}; the latter two as Pillow's (default: ${DEFAULT-VALUE}).")
  private Filter filter;

  @Option(
      names = "--encoding",
      paramLabel = "ENCODING",
      defaultValue = "jpeg",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Encoding encoding;

  @Option(
      names = "--quality",
      paramLabel = "Q",
      defaultValue = "keep",
      converter = Converters.Quality.class,
      description =
          "JPEG quality 1 to 100, or 'keep' that of the source (default: ${DEFAULT-VALUE}).")
  private int quality;

  @Option(
      names = "--subsampling",
      paramLabel = "S",
      defaultValue = "keep",
      converter = Converters.Subsampling.class,
      description = "Chroma: 420, 444, or 'keep' that of the source (default: ${DEFAULT-VALUE}).")
  private Chroma subsampling;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      defaultValue = "" + ConversionPlan.DEFAULT_MAX_PIXELS,
      converter = Converters.Positive.class,
      description = "Refuse photographs with more pixels (default: ${DEFAULT-VALUE}).")
  private int maxPixels;

  ConversionPlan plan(CropOptions crop) throws IOException {
    return new ConversionPlan(
        new Geometry(size, side, upscale),
        crop.cropping(),
        crop.padColor(),
        filter,
        encoding,
        new JpegPolicy(quality, subsampling),
        maxPixels);
  }

  /** What of these options decides the bytes of the result, for comparing runs. */
  String fingerprint() {
    String form =
        encoding == Encoding.RAW
            ? "raw"
            : "jpeg quality " + kept(quality) + " subsampling " + subsampling;
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

  private static String kept(int number) {
    return number == 0 ? "keep" : String.valueOf(number);
  }
}
