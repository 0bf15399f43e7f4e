package dev.instar.cli;

import dev.instar.convert.ConversionPlan;
import dev.instar.convert.Quarantine;
import dev.instar.survey.OverlayFolder;
import dev.instar.survey.SurveyLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where boxes go, and pictures of them. */
final class BoxOutputOptions {
  private static final List<String> ENDINGS = List.of(".csv", ".json", ".tsv");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "BOXES",
      description = "NAME.csv, NAME.json (COCO) or NAME.tsv (BIOSCAN-5M).")
  private Path output;

  @Option(
      names = "--overlay",
      paramLabel = "DIR",
      description = "Write reduced pictures with boxes, and index.html to review them.")
  private Path overlay;

  @Option(
      names = "--overlay-size",
      paramLabel = "PIXELS",
      converter = Converters.Positive.class,
      description = "Longer side of these pictures (1024).")
  private Integer overlaySize;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Refuse larger photographs (100000000).")
  private int maxPixels = (int) ConversionPlan.DEFAULT_MAX_PIXELS;

  @Option(names = "--overwrite", description = "Begin anew where the output exists.")
  private boolean overwrite;

  /** What is at odds among these options, if anything. */
  Optional<String> contradiction() {
    if (output == null) {
      return Optional.of("Missing required option: '--output=BOXES'");
    }
    String name = String.valueOf(output.getFileName()).toLowerCase(Locale.ROOT);
    if (ENDINGS.stream().noneMatch(name::endsWith)) {
      return Optional.of("--output must end in .csv, .json or .tsv, which says its form");
    }
    return overlay == null && overlaySize != null
        ? Optional.of("--overlay-size needs --overlay DIR")
        : Optional.empty();
  }

  /** The output as it was named. */
  Path output() {
    return output;
  }

  long maxPixels() {
    return maxPixels;
  }

  /** Where overlays go, if anywhere; the folder is made. */
  Optional<OverlayFolder> overlays() throws IOException {
    return overlay == null
        ? Optional.empty()
        : Optional.of(new OverlayFolder(overlay, overlaySize == null ? 1024 : overlaySize));
  }

  /** Checks that nothing is written over the input, or into it. */
  void requireApart(Path path, List<String> inputs) throws IOException {
    Apart.require(path, false, inputs);
    if (overlay != null) {
      Apart.require(overlay, true, inputs);
    }
  }

  /**
   * Removes what there is of an output that is begun anew.
   *
   * @throws IOException if there is a file that this command did not write
   */
  void prepare(Path path) throws IOException {
    if (overwrite) {
      OutputOptions.delete(path);
      Files.deleteIfExists(SurveyLog.fileFor(path));
      Files.deleteIfExists(Quarantine.fileFor(path));
    } else if (Files.exists(path) && !Files.exists(SurveyLog.fileFor(path))) {
      throw new IOException(
          path
              + " exists, and nothing beside it says how to continue it; choose another output, or begin anew with --overwrite");
    }
  }

  /** Writes the boxes, and the pages that show them. */
  void write(Path path, SurveyLog log, boolean changed) throws IOException {
    if (changed || !Files.exists(path)) {
      log.writeBoxes(path);
    }
  }
}
