package dev.instar.cli;

import dev.instar.convert.Conversion.Execution;
import dev.instar.convert.Quarantine;
import dev.instar.convert.RunResult;
import dev.instar.convert.RunSettings;
import dev.instar.pack.ImageSource;
import dev.instar.survey.Lookout;
import dev.instar.survey.Survey;
import dev.instar.survey.SurveyBoxes;
import dev.instar.survey.SurveyCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * DETR's look at all photographs before they are converted. What it finds lies beside the output,
 * in {@code OUTPUT.boxes.csv}; an interrupted look is continued. Not thread-safe.
 */
final class FirstLook implements AutoCloseable {
  private final DetectorOptions detector;
  private final Path boxes;
  private final Lookout lookout;
  private boolean closed;

  private FirstLook(DetectorOptions detector, Path boxes, Lookout lookout) {
    this.detector = detector;
    this.boxes = boxes;
    this.lookout = lookout;
  }

  /**
   * Loads the detector, so that weights of no use are refused before anything is written.
   *
   * @param output of the conversion
   */
  static FirstLook open(DetectorOptions detector, Path output) throws IOException {
    return new FirstLook(detector, boxesFor(output), detector.lookout());
  }

  /** Where the boxes of an output lie. */
  static Path boxesFor(Path output) {
    return output.resolveSibling(output.getFileName() + ".boxes.csv");
  }

  /** Removes what there is of a look. */
  static void delete(Path output) throws IOException {
    OutputOptions.delete(boxesFor(output));
  }

  /**
   * Looks at what was not looked at yet, and writes the boxes once all of it is done. Once; the
   * detector is closed with it.
   */
  RunResult<SurveyCounts> run(
      ImageSource source, Quarantine quarantine, int maxPixels, Execution execution)
      throws IOException, InterruptedException {
    BoxOutputOptions.requireBegunHere(boxes);
    try (FirstLook self = this;
        RunSettings lock = RunSettings.lock(boxes);
        SurveyBoxes seen = SurveyBoxes.open(boxes, lock, detector.fingerprint())) {
      Survey survey =
          new Survey(
              source, self.lookout, seen, Optional.empty(), quarantine, maxPixels, execution);
      RunResult<SurveyCounts> result = survey.run();
      if (result.finished()) {
        seen.finish();
      }
      return result;
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      lookout.close();
    }
  }
}
