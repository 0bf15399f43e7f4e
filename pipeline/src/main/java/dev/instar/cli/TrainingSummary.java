package dev.instar.cli;

import dev.instar.evaluate.TrainedModel;
import dev.instar.fetch.Amount;
import dev.instar.train.Measures;
import dev.instar.train.TrainingResult;
import dev.instar.train.detection.DetectionMeasures;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** What a person reads at the end of a training. */
final class TrainingSummary {
  private TrainingSummary() {}

  /** Of a classifier. */
  static void print(PrintWriter out, TrainingResult<Measures> result) {
    head(out, result);
    for (Measures best : result.best()) {
      out.printf(
          Locale.ROOT,
          "  best epoch %d on validation: top-1 %.2f%%, top-3 %.2f%%, top-5 %.2f%%, macro top-1"
              + " %.2f%%, macro F1 %.2f%%, loss %.4f%n",
          best.epoch() + 1,
          100 * best.top1(),
          100 * best.top3(),
          100 * best.top5(),
          100 * best.macroTop1(),
          100 * best.macroF1(),
          best.loss());
    }
    tail(out, result, "instar evaluate " + result.folder());
  }

  /** Of a detector. */
  static void printDetector(PrintWriter out, TrainingResult<DetectionMeasures> result) {
    head(out, result);
    for (DetectionMeasures best : result.best()) {
      out.printf(
          Locale.ROOT,
          "  best epoch %d on validation: AP %.3f, AP.50 %.3f, AP.75 %.3f, AR %.3f%n",
          best.epoch() + 1,
          best.ap(),
          best.ap50(),
          best.ap75(),
          best.ar());
    }
    tail(
        out,
        result,
        "instar crop PHOTOS --detector detr --weights "
            + Path.of(result.folder()).resolve(TrainedModel.BEST)
            + " -o boxes.csv");
  }

  private static void head(PrintWriter out, TrainingResult<?> result) {
    out.printf(
        Locale.ROOT,
        "%s: %s after %,d epochs (%,d steps, %s, %s)%n",
        result.folder(),
        result.finished()
            ? result.early() ? "finished early, for want of a better epoch," : "finished"
            : "not finished; the same command continues;",
        result.epochs(),
        result.steps(),
        Amount.seconds(result.seconds()),
        result.device());
  }

  private static void tail(PrintWriter out, TrainingResult<?> result, String next) {
    if (result.imagesPerSecond() > 0) {
      out.printf(Locale.ROOT, "  %,.1f images/s%n", result.imagesPerSecond());
    }
    if (result.skipped() > 0) {
      out.printf(Locale.ROOT, "  %,d times a record could not be read%n", result.skipped());
    }
    if (result.finished()) {
      out.printf(
          "  weights: %s; next: %s%n", Path.of(result.folder()).resolve(TrainedModel.BEST), next);
    }
  }
}
