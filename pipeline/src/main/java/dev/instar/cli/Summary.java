package dev.instar.cli;

import dev.instar.convert.Conversion;
import dev.instar.convert.Counts;
import dev.instar.convert.Quarantine;
import dev.instar.convert.Skipped;
import dev.instar.report.StageTimes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a person reads at the end of a conversion. */
final class Summary {
  private Summary() {}

  static void print(PrintWriter out, Path output, Conversion.Result result) {
    Counts counts = result.counts();
    out.printf(
        Locale.ROOT,
        "%s%s%n",
        output,
        result.finished() ? "" : " (not finished; the same command continues)");
    out.printf(
        Locale.ROOT,
        "  read %,d = written %,d + quarantined %,d%s + already there %,d%n",
        counts.read(),
        counts.written(),
        counts.quarantined(),
        counts.skipped() > 0 ? String.format(Locale.ROOT, " + skipped %,d", counts.skipped()) : "",
        counts.alreadyThere());
    list(out, counts.reasons());
    if (counts.quarantined() > 0) {
      out.printf("  quarantined records: %s%n", Quarantine.fileFor(output));
    }
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

  private static void list(PrintWriter out, Map<String, Long> counts) {
    counts.forEach((label, count) -> out.printf(Locale.ROOT, "    %-24s %,d%n", label, count));
  }

  /** The times of a run as reports show them. */
  static StageTimes stageTimes(Conversion.Result result) {
    List<StageTimes.Stage> stages = new ArrayList<>();
    result
        .stageNanos()
        .forEach((stage, nanos) -> stages.add(new StageTimes.Stage(stage.label(), nanos)));
    return new StageTimes(
        stages, result.counts().written(), result.threads(), Math.round(result.seconds() * 1e9));
  }
}
