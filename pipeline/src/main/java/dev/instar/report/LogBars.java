package dev.instar.report;

import dev.instar.taxonomy.ClassCount;
import java.util.List;

/** Bars of class sizes on a logarithmic axis, one below the other. */
final class LogBars {
  private static final double WIDTH = 1000;
  private static final double LEFT = 170;
  private static final double RIGHT = 890;
  private static final double ROW = 22;
  private static final double TOP = 26;

  private LogBars() {}

  /** The chart of {@code classes}, in their order. */
  static String of(String what, List<ClassCount> classes) {
    long largest = classes.stream().mapToLong(ClassCount::records).max().orElse(1);
    LogScale scale = LogScale.upTo(largest, LEFT, RIGHT);
    double bottom = TOP + ROW * classes.size();
    Svg svg = new Svg("bars", WIDTH, bottom + 8, "Records of each " + what + ", logarithmic");
    grid(svg, scale, bottom);
    for (int i = 0; i < classes.size(); i++) {
      ClassCount entry = classes.get(i);
      double y = TOP + ROW * i;
      double end = Math.max(LEFT + 3, scale.at(entry.records()));
      String records = Figures.count(entry.records());
      svg.text("name", "end", LEFT - 10, y + 15, entry.label());
      svg.bar("mass", LEFT, y + 4, end - LEFT, ROW - 8, entry.label() + ": " + records);
      svg.text("value", "start", end + 8, y + 15, records);
    }
    return svg.markup();
  }

  /** Lines at the powers of ten, labelled above. */
  static void grid(Svg svg, LogScale scale, double bottom) {
    for (long tick : scale.ticks()) {
      svg.line("grid", scale.at(tick), TOP - 8, scale.at(tick), bottom);
      svg.text("tick", "middle", scale.at(tick), TOP - 13, Figures.count(tick));
    }
  }
}
