package dev.instar.cli;

import dev.instar.convert.Quarantine;
import dev.instar.convert.RunSettings;
import dev.instar.convert.ShardPlan;
import dev.instar.crop.BoxForm;
import dev.instar.report.ReviewSheet;
import dev.instar.survey.OverlayFolder;
import dev.instar.survey.SurveyBoxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where boxes go, and pictures of them. */
final class BoxOutputOptions {
  private static final int USUAL_SIDE = 1024;
  private static final int USUAL_LIMIT = 10_000;

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

  @Option(names = "--sheet", paramLabel = "FILE", description = "Another place for index.html.")
  private Path sheet;

  @Option(
      names = "--sheet-limit",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Photographs on it, the most suspicious (10000).")
  private Integer sheetLimit;

  @Option(names = "--overwrite", description = "Begin anew where the output exists.")
  private boolean overwrite;

  /** What is at odds among these options, if anything. */
  Optional<String> contradiction() {
    if (output == null) {
      return Optional.of(
          "Missing required option: '--output=BOXES', or a verb: evaluate, convert, merge or train");
    }
    if (BoxForm.of(output).isEmpty()) {
      return Optional.of("--output must end in .csv, .json or .tsv, which says its form");
    }
    return overlay == null && (overlaySize != null || sheet != null || sheetLimit != null)
        ? Optional.of("--overlay-size, --sheet and --sheet-limit need --overlay DIR")
        : Optional.empty();
  }

  /** The output as it was named. */
  Path output() {
    return output;
  }

  /** Where overlays go, if anywhere; folders are made, so that nothing fails after the work. */
  Optional<OverlayFolder> overlays() throws IOException {
    if (overlay == null) {
      return Optional.empty();
    }
    if (sheet != null) {
      if (Files.isDirectory(sheet)) {
        throw new IOException("--sheet " + sheet + " is a folder; name a file, such as index.html");
      }
      OutputOptions.createFolderOf(sheet);
    }
    return Optional.of(new OverlayFolder(overlay, overlaySize == null ? USUAL_SIDE : overlaySize));
  }

  /** Checks that nothing is written over the input, or into it. */
  void requireApart(Path path, List<String> inputs) throws IOException {
    Apart.require(path, false, inputs);
    if (overlay != null) {
      Apart.require(overlay, true, inputs);
    }
  }

  /**
   * Checks that a file that exists was begun by this command, or may be replaced.
   *
   * @throws IOException if not
   */
  void requireOurs(Path path) throws IOException {
    if (!overwrite) {
      requireBegunHere(path);
    }
  }

  /**
   * Checks that a box file is new, or was begun by a run that can be continued.
   *
   * @throws IOException if not
   */
  static void requireBegunHere(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException(path + " is a folder, not a box file");
    }
    if (Files.exists(path) && !Files.exists(RunSettings.fileFor(path))) {
      throw new IOException(
          path
              + " exists, and nothing beside it says how to continue it; choose another output, or begin anew with --overwrite");
    }
  }

  /**
   * Opens an output, new or to be continued.
   *
   * @param lock its settings file, locked
   * @param settings what decides its boxes
   */
  SurveyBoxes open(Path path, RunSettings lock, String settings) throws IOException {
    if (overwrite) {
      discard(path);
    }
    return SurveyBoxes.open(path, lock, settings);
  }

  /** Removes a box file with all that lies beside it, but its settings. */
  static void discard(Path path) throws IOException {
    OutputOptions.delete(path);
    Files.deleteIfExists(Quarantine.fileFor(path));
  }

  /** Whether what there is of the output is to be removed. */
  boolean overwrite() {
    return overwrite;
  }

  /** Writes the page that shows the boxes, and completes their file. */
  void finish(Path path, ShardPlan share, SurveyBoxes boxes) throws IOException {
    if (overlay != null) {
      Path page = share.pathOf(sheet == null ? overlay.resolve("index.html") : sheet);
      Path from = page.toAbsolutePath().normalize().getParent();
      Path pictures = from.relativize(overlay.toAbsolutePath().normalize());
      new ReviewSheet(
              String.valueOf(path.getFileName()),
              boxes.records(),
              name -> pictures.resolve(OverlayFolder.pathOf(name)).toString(),
              sheetLimit == null ? USUAL_LIMIT : sheetLimit)
          .write(page);
    }
    boxes.finish();
  }
}
