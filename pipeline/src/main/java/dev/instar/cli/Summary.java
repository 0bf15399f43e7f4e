package dev.instar.cli;

import dev.instar.convert.Conversion;
import dev.instar.convert.Counts;
import dev.instar.convert.Quarantine;
import dev.instar.convert.Stage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

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
        "  read %,d = written %,d + quarantined %,d + already there %,d%n",
        counts.read(),
        counts.written(),
        counts.quarantined(),
        counts.alreadyThere());
    counts
        .reasons()
        .forEach((reason, count) -> out.printf(Locale.ROOT, "    %-24s %,d%n", reason, count));
    if (counts.quarantined() > 0) {
      out.printf("  quarantined records: %s%n", Quarantine.fileFor(output));
    }
    if (counts.written() > 0) {
      out.printf(
          Locale.ROOT,
          "  %.1f MB in, %.1f MB out, %.1f s, %.1f images/s%n",
          counts.bytesRead() / 1e6,
          counts.bytesWritten() / 1e6,
          result.seconds(),
          result.imagesPerSecond());
      printStages(out, result);
    }
    out.flush();
  }

  private static void printStages(PrintWriter out, Conversion.Result result) {
    double busy = 0;
    for (Stage stage : Stage.values()) {
      busy += stage == Stage.WAIT ? 0 : result.stageSeconds().get(stage);
    }
    out.printf("%n  %-8s %10s %12s %8s%n", "stage", "seconds", "ms/image", "share");
    for (Stage stage : Stage.values()) {
      double seconds = result.stageSeconds().get(stage);
      out.printf(
          Locale.ROOT,
          "  %-8s %10.2f %12.3f %8s%n",
          stage.label(),
          seconds,
          1e3 * seconds / result.counts().written(),
          stage == Stage.WAIT ? "" : String.format(Locale.ROOT, "%.1f%%", 100 * seconds / busy));
    }
  }
}
