package dev.instar.report;

import dev.instar.crop.BoxRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How many photographs have best boxes of which score. */
final class ScoreHistogram {
  private static final int BINS = 20;
  private static final double WIDTH = 1000;
  private static final double HEIGHT = 120;
  private static final double TOP = 4;
  private static final double BOTTOM = 98;

  private ScoreHistogram() {}

  static String of(List<BoxRecord> records) {
    long[] counts = new long[BINS];
    for (BoxRecord record : records) {
      record.best().ifPresent(best -> counts[Math.min(BINS - 1, (int) (BINS * best.score()))]++);
    }
    long most = Math.max(1, Arrays.stream(counts).max().orElse(1));
    Svg svg = new Svg("histogram", WIDTH, HEIGHT, "Photographs by the score of their best box");
    double step = WIDTH / BINS;
    for (int i = 0; i < BINS; i++) {
      double height = (BOTTOM - TOP) * counts[i] / most;
      String range =
          String.format(Locale.ROOT, "%.2f to %.2f: ", (double) i / BINS, (i + 1.0) / BINS);
      svg.bar(
          "mass",
          i * step + 1,
          BOTTOM - height,
          step - 2,
          height,
          range + Figures.count(counts[i]));
    }
    svg.line("grid", 0, BOTTOM, WIDTH, BOTTOM);
    svg.text("tick", "start", 0, HEIGHT - 6, "0");
    svg.text("tick", "middle", WIDTH / 2, HEIGHT - 6, "score 0.5");
    svg.text("tick", "end", WIDTH, HEIGHT - 6, "1");
    return svg.markup();
  }
}
