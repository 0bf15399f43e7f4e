package dev.instar.cli;

import dev.instar.convert.Conversion.Execution;
import dev.instar.convert.Quarantine;
import dev.instar.convert.RunSettings;
import dev.instar.pack.ImageSource;
import dev.instar.survey.Lookout;
import dev.instar.survey.Survey;
import dev.instar.survey.SurveyBoxes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * DETR's look at all photographs before they are converted. What it finds lies beside the output,
 * in {@code OUTPUT.boxes.csv}; an interrupted look is continued.
 */
final class FirstLook {
  private final ImageSource source;
  private final DetectorOptions detector;
  private final Path output;
  private final int maxPixels;

  FirstLook(ImageSource source, DetectorOptions detector, Path output, int maxPixels) {
    this.source = source;
    this.detector = detector;
    this.output = output;
    this.maxPixels = maxPixels;
  }

  /** Where the boxes of an output lie. */
  static Path boxesFor(Path output) {
    return output.resolveSibling(output.getFileName() + ".boxes.csv");
  }

  /** Removes what there is of a look. */
  static void delete(Path output) throws IOException {
    OutputOptions.delete(boxesFor(output));
  }

  /** Looks at what was not looked at yet, and writes the boxes once all of it is done. */
  Survey.Result run(Quarantine quarantine, Execution execution)
      throws IOException, InterruptedException {
    Path path = boxesFor(output);
    BoxOutputOptions.requireBegunHere(path);
    try (Lookout lookout = detector.lookout();
        RunSettings lock = RunSettings.lock(path);
        SurveyBoxes boxes = SurveyBoxes.open(path, lock, detector.fingerprint())) {
      Survey survey =
          new Survey(source, lookout, boxes, Optional.empty(), quarantine, maxPixels, execution);
      Survey.Result result = survey.run();
      if (result.finished()) {
        boxes.finish();
      }
      return result;
    }
  }
}
