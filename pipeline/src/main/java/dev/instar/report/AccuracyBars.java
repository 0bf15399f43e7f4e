package dev.instar.report;

import dev.instar.evaluate.Interval;
import java.util.List;

/**
 * The accuracy of each class as a bar with its interval, and beside it the number of records that
 * it rests on as a bar on a logarithmic axis.
 */
final class AccuracyBars {
  private static final double WIDTH = 1000;
  private static final double LEFT = 190;
  private static final double RIGHT = 640;
  private static final double VALUE = 716;
  private static final double RECORDS = 740;
  private static final double RECORDS_END = 930;
  private static final double ROW = 22;
  private static final double TOP = 44;
  private static final int LONGEST = 26;

  private AccuracyBars() {}

  static String of(NamedConfusion confusion, List<Integer> classes) {
    double bottom = TOP + ROW * classes.size();
    Svg svg = new Svg("bars", WIDTH, bottom + 8, "Accuracy of each " + confusion.task());
    long most = classes.stream().mapToLong(confusion::records).max().orElse(1);
    LogScale scale = LogScale.upTo(most, RECORDS, RECORDS_END);
    axes(svg, scale, bottom);
    for (int i = 0; i < classes.size(); i++) {
      draw(svg, confusion, classes.get(i), scale, TOP + ROW * i);
    }
    return svg.markup();
  }

  private static void axes(Svg svg, LogScale scale, double bottom) {
    svg.text("axis", "start", LEFT, 12, "accuracy, with its 95% interval");
    svg.text("axis", "start", RECORDS, 12, "records, logarithmic");
    for (int percent = 0; percent <= 100; percent += 20) {
      double x = at(percent / 100.0);
      svg.line("grid", x, TOP - 8, x, bottom);
      svg.text("tick", "middle", x, TOP - 13, percent + "%");
    }
    for (long tick : scale.ticks()) {
      svg.line("grid", scale.at(tick), TOP - 8, scale.at(tick), bottom);
      svg.text("tick", "middle", scale.at(tick), TOP - 13, Figures.tick(tick));
    }
  }

  private static void draw(
      Svg svg, NamedConfusion confusion, int label, LogScale scale, double top) {
    double accuracy = confusion.matrix().recall(label);
    Interval interval = confusion.interval(label);
    String records = Figures.count(confusion.records(label));
    String hint =
        String.format(
            "%s: %s of %s records, %s",
            confusion.name(label),
            Figures.accuracy(accuracy),
            records,
            EvaluationText.shown(interval));
    svg.name("name", "end", LEFT - 10, top + 15, confusion.name(label), LONGEST);
    svg.bar("mass", LEFT, top + 4, at(accuracy) - LEFT, ROW - 8, hint);
    svg.whisker(at(interval.low()), at(interval.high()), top + ROW / 2);
    svg.text("value", "end", VALUE, top + 15, Figures.accuracy(accuracy));
    double end = Math.max(RECORDS + 2, scale.at(confusion.records(label)));
    svg.bar("support", RECORDS, top + 6, end - RECORDS, ROW - 12, hint);
    svg.text("value", "end", WIDTH - 4, top + 15, records);
  }

  private static double at(double share) {
    return LEFT + (RIGHT - LEFT) * share;
  }
}
