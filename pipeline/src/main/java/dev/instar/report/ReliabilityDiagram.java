package dev.instar.report;

import dev.instar.evaluate.Calibration;
import dev.instar.evaluate.Calibration.Bin;

/**
 * How often a network is right when it is so and so sure (DeGroot & Fienberg 1983): bars on the
 * diagonal are as they should be. Below it, how many records each bin holds.
 */
final class ReliabilityDiagram {
  private static final double SIDE = 360;
  private static final double LEFT = 66;
  private static final double TOP = 32;
  private static final double HISTOGRAM = 64;
  private static final double GAP = 56;

  private ReliabilityDiagram() {}

  /** The diagram under {@code title}, which may be empty. */
  static String of(String title, Calibration calibration) {
    double foot = TOP + SIDE + GAP + HISTOGRAM;
    Svg svg =
        new Svg(
            "reliability",
            LEFT + SIDE + 22,
            foot + 26,
            "Accuracy by confidence, in bins: " + title);
    svg.text("label", "start", 8, 15, title);
    svg.turned("axis", 14, TOP + SIDE / 2, "accuracy");
    svg.text("axis", "middle", x(0.5), y(0) + 36, "confidence: probability of the predicted class");
    for (int percent = 0; percent <= 100; percent += 20) {
      double share = percent / 100.0;
      svg.line("grid", x(share), y(0), x(share), y(1));
      svg.line("grid", x(0), y(share), x(1), y(share));
      svg.text("tick", "middle", x(share), y(0) + 16, percent + "%");
      svg.text("tick", "end", LEFT - 8, y(share) + 4, percent + "%");
    }
    int most = calibration.bins().stream().mapToInt(Bin::count).max().orElse(1);
    for (Bin bin : calibration.bins()) {
      if (bin.count() > 0) {
        draw(svg, bin, Math.max(1, most), foot);
      }
    }
    svg.line("diagonal", x(0), y(0), x(1), y(1));
    svg.line("grid", x(0), foot, x(1), foot);
    svg.text(
        "axis",
        "middle",
        x(0.5),
        foot + 18,
        "records in each bin, " + Figures.count(most) + " at most");
    return svg.markup();
  }

  private static void draw(Svg svg, Bin bin, int most, double foot) {
    String hint =
        String.format(
            "%s - %s sure: %s right of %s",
            Figures.accuracy(bin.above()),
            Figures.accuracy(bin.upTo()),
            Figures.accuracy(bin.accuracy()),
            Figures.count(bin.count()));
    double from = x(bin.above()) + 1;
    double width = x(bin.upTo()) - x(bin.above()) - 2;
    svg.bar("mass", from, y(bin.accuracy()), width, y(0) - y(bin.accuracy()), hint);
    svg.dot("point", x(bin.confidence()), y(bin.accuracy()), 4, hint);
    double height = HISTOGRAM * bin.count() / most;
    svg.bar("count", from, foot - height, width, height, hint);
  }

  private static double x(double share) {
    return LEFT + SIDE * share;
  }

  private static double y(double share) {
    return TOP + SIDE * (1 - share);
  }
}
