package dev.instar.report;

import dev.instar.evaluate.ConfusionMatrix;
import dev.instar.evaluate.Interval;
import java.util.List;

/** The accuracy of each class as a bar, with its interval and how many records it rests on. */
final class AccuracyBars {
  private static final double WIDTH = 1000;
  private static final double LEFT = 190;
  private static final double RIGHT = 830;
  private static final double ROW = 22;
  private static final double TOP = 26;

  private AccuracyBars() {}

  static String of(EvaluationReport report, List<Integer> classes) {
    ConfusionMatrix confusion = report.evaluation().confusion();
    double bottom = TOP + ROW * classes.size();
    Svg svg = new Svg("bars", WIDTH, bottom + 8, "Accuracy of each " + report.task());
    for (int percent = 0; percent <= 100; percent += 20) {
      double x = at(percent / 100.0);
      svg.line("grid", x, TOP - 8, x, bottom);
      svg.text("tick", "middle", x, TOP - 13, percent + "%");
    }
    svg.text("tick", "end", WIDTH - 4, TOP - 13, "records");
    for (int i = 0; i < classes.size(); i++) {
      int c = classes.get(i);
      double y = TOP + ROW * i;
      double accuracy = confusion.recall(c);
      Interval interval = Interval.wilson(confusion.hits(c), confusion.support(c));
      String records = Figures.count(confusion.support(c));
      String hint =
          String.format(
              "%s: %s of %s, %s",
              report.name(c),
              Figures.count(confusion.hits(c)),
              records,
              EvaluationText.shown(interval));
      svg.text("name", "end", LEFT - 10, y + 15, report.name(c));
      svg.bar("mass", LEFT, y + 4, at(accuracy) - LEFT, ROW - 8, hint);
      double middle = y + ROW / 2;
      svg.line("whisker", at(interval.low()), middle, at(interval.high()), middle);
      svg.line("whisker", at(interval.low()), middle - 4, at(interval.low()), middle + 4);
      svg.line("whisker", at(interval.high()), middle - 4, at(interval.high()), middle + 4);
      svg.text("value", "end", WIDTH - 80, y + 15, Figures.accuracy(accuracy));
      svg.text("value", "end", WIDTH - 4, y + 15, records);
    }
    return svg.markup();
  }

  private static double at(double share) {
    return LEFT + (RIGHT - LEFT) * share;
  }
}
