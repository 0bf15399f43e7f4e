package dev.instar.cli;

import dev.instar.convert.Counts;
import dev.instar.convert.Quarantine;
import dev.instar.convert.RunCounts;
import dev.instar.convert.RunResult;
import dev.instar.convert.Skipped;
import dev.instar.report.StageTimes;
import dev.instar.survey.SurveyCounts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a person reads at the end of a run over photographs. */
final class Summary {
  private Summary() {}

  static void ofConversion(PrintWriter out, Path output, RunResult<Counts> result) {
    Counts counts = result.counts();
    heading(out, output, result.finished());
    out.printf(
        Locale.ROOT,
        "  read %,d = written %,d + quarantined %,d%s + already there %,d%n",
        counts.read(),
        counts.written(),
        counts.quarantined(),
        counts.skipped() > 0 ? String.format(Locale.ROOT, " + skipped %,d", counts.skipped()) : "",
        counts.alreadyThere());
    quarantined(out, output, counts.reasons());
    list(out, counts.verdicts());
    if (counts.skipped() > 0) {
      out.printf("  skipped records: %s%n", Skipped.fileFor(output));
    }
    if (counts.written() > 0) {
      out.printf(
          Locale.ROOT,
          "  %.1f MB in, %.1f MB out, %.1f s, %.1f images/s%n",
          counts.bytesRead() / 1e6,
          counts.bytesWritten() / 1e6,
          result.seconds(),
          result.imagesPerSecond());
      out.printf("%n%s", stageTimes(result).table().text());
    }
    out.flush();
  }

  static void ofSurvey(PrintWriter out, Path output, RunResult<SurveyCounts> result) {
    SurveyCounts counts = result.counts();
    heading(out, output, result.finished());
    out.printf(
        Locale.ROOT,
        "  read %,d = looked at %,d + quarantined %,d + already there %,d%n",
        counts.read(),
        counts.looked(),
        counts.quarantined(),
        counts.alreadyThere());
    quarantined(out, output, counts.reasons());
    out.printf(
        Locale.ROOT,
        "  %,d photographs: %,d with a box, %,d without; %,d boxes%n",
        counts.photographs(),
        counts.withBox(),
        counts.withoutBox(),
        counts.boxes());
    list(out, counts.verdicts());
    if (counts.looked() > 0) {
      out.printf(
          Locale.ROOT,
          "  %.1f MB in, %.1f s, %.1f images/s%n",
          counts.bytesRead() / 1e6,
          result.seconds(),
          result.imagesPerSecond());
      out.printf("%n%s", stageTimes(result).table().text());
    }
    out.flush();
  }

  private static void heading(PrintWriter out, Path output, boolean finished) {
    out.printf("%s%s%n", output, finished ? "" : " (not finished; the same command continues)");
  }

  private static void quarantined(PrintWriter out, Path output, Map<String, Long> reasons) {
    list(out, reasons);
    if (!reasons.isEmpty()) {
      out.printf("  quarantined records: %s%n", Quarantine.fileFor(output));
    }
  }

  private static void list(PrintWriter out, Map<String, Long> counts) {
    counts.forEach((label, count) -> out.printf(Locale.ROOT, "    %-24s %,d%n", label, count));
  }

  /** The times of a run as reports show them. */
  static StageTimes stageTimes(RunResult<? extends RunCounts> result) {
    List<StageTimes.Stage> stages = new ArrayList<>();
    result
        .stageNanos()
        .forEach((stage, spent) -> stages.add(new StageTimes.Stage(stage.label(), spent)));
    return new StageTimes(
        stages, result.counts().done(), result.threads(), Math.round(result.seconds() * 1e9));
  }
}
