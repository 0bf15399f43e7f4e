package dev.instar.train.detection;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxFile;
import dev.instar.crop.BoxRecords;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.loader.SkippedRecords;
import dev.instar.pack.ImageSource;
import dev.instar.train.TrainingLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/** The photographs that a detector learns from, and those that it is measured by. */
record DetectionData(DetectionSamples training, DetectionSamples validation) {
  /**
   * Finds the photographs of the box files in their source, and tells the log what was left out.
   *
   * @throws InputException if nothing can be learnt from what there is, or nothing measured by it
   */
  static DetectionData read(DetectionTrainingPlan plan, ImageSource source, TrainingLog log)
      throws IOException {
    SkippedRecords listener =
        (location, reason) -> log.say("left out: " + location + ": " + reason.getMessage());
    DetectionSamples listed = samples(plan.boxes(), plan, source, listener, log);
    DetectionData data;
    if (plan.validation().isPresent()) {
      DetectionSamples validation = samples(plan.validation().get(), plan, source, listener, log);
      DetectionSamples training = listed.without(validation);
      if (training.size() < listed.size()) {
        log.say(
            String.format(
                Locale.ROOT,
                "%,d photographs of %s are in %s too: nothing is learnt from them",
                listed.size() - training.size(),
                plan.boxes(),
                plan.validation().get()));
      }
      data = new DetectionData(training, validation);
    } else {
      if (listed.size() < 2) {
        throw unusable(plan.boxes() + " leaves no photograph to set aside for validation");
      }
      DetectionSamples.Division division = listed.divided(plan.aside(), plan.conduct().seed());
      data = new DetectionData(division.training(), division.validation());
    }
    data.requireBoxes();
    log.say(
        String.format(
            Locale.ROOT,
            "%,d photographs to learn from (%,d of them empty), %,d to measure by (%,d empty)",
            data.training.size(),
            data.training.empty(),
            data.validation.size(),
            data.validation.empty()));
    return data;
  }

  private static DetectionSamples samples(
      Path file,
      DetectionTrainingPlan plan,
      ImageSource source,
      SkippedRecords listener,
      TrainingLog log)
      throws IOException {
    DetectionSamples samples = DetectionSamples.of(source, BoxFile.read(file), listener);
    DetectionSamples.Counts counts = samples.counts();
    if (samples.size() == 0) {
      throw unusable(nothing(file, plan, source, counts));
    }
    if (counts.missing() + counts.undrawn() + counts.unusable() > 0) {
      log.say(
          String.format(
              Locale.ROOT,
              "of the photographs in %s %,d are not there, %,d are of insects without a box, %,d"
                  + " cannot be used",
              file,
              counts.missing(),
              counts.undrawn(),
              counts.unusable()));
    }
    return samples;
  }

  /** Names are what usually disagrees, so the message shows one of each side. */
  private static String nothing(
      Path file, DetectionTrainingPlan plan, ImageSource source, DetectionSamples.Counts counts)
      throws IOException {
    List<String> listed = BoxRecords.read(file).stream().map(each -> each.name()).toList();
    String photos = String.join(", ", plan.photos());
    if (listed.isEmpty()) {
      return file + " lists no photographs";
    }
    if (source.size() == 0) {
      return photos + " has no photographs";
    }
    return counts.missing() == listed.size()
        ? String.format(
            "none of the photographs in %s are in %s: there is no %s among them, but %s, say",
            file, photos, listed.get(0), source.name(0))
        : "no photograph of " + file + " can be used";
  }

  private void requireBoxes() throws InputException {
    if (training.empty() == training.size()) {
      throw unusable(
          "all "
              + training.size()
              + " photographs to learn from are without a box: there is nothing to find");
    }
    if (validation.empty() == validation.size()) {
      throw unusable(
          "all "
              + validation.size()
              + " photographs to measure by are without a box: nothing says which weights are"
              + " best; set more aside");
    }
  }

  private static InputException unusable(String why) {
    return new InputException(Fault.UNSUPPORTED, why);
  }

  /** Which photographs with which boxes. */
  String fingerprint() {
    CRC32C checksum = new CRC32C();
    for (DetectionSamples samples : List.of(training, validation)) {
      for (int i = 0; i < samples.size(); i++) {
        DetectionSample sample = samples.get(i);
        String name = samples.source().name(sample.record());
        checksum.update((name + '\n').getBytes(StandardCharsets.UTF_8));
        for (BoundingBox box : sample.boxes()) {
          checksum.update(
              ByteBuffer.allocate(4 * Float.BYTES)
                  .putFloat(box.x0())
                  .putFloat(box.y0())
                  .putFloat(box.x1())
                  .putFloat(box.y1())
                  .flip());
        }
      }
    }
    return String.format(
        Locale.ROOT,
        "%08x of %d and %d photographs",
        checksum.getValue(),
        training.size(),
        validation.size());
  }
}
