package dev.instar.report;

import dev.instar.evaluate.Interval;
import java.util.List;

/**
 * The accuracy of each class against its number of records, which is on a logarithmic axis: what
 * becomes of the long tail of rare classes.
 */
final class SizeDots {
  private static final double WIDTH = 480;
  private static final double HEIGHT = 320;
  private static final double LEFT = 56;
  private static final double RIGHT = 462;
  private static final double TOP = 30;
  private static final double BOTTOM = 270;

  /** Dots keep off the ends of the axis by this factor. */
  private static final double MARGIN = 1.2;

  private SizeDots() {}

  /** The chart under {@code title}. */
  static String of(String title, NamedConfusion confusion) {
    List<Integer> classes = confusion.presentByCount();
    long most = confusion.records(classes.get(0));
    long fewest = confusion.records(classes.get(classes.size() - 1));
    Axis x = Axis.logarithmic(fewest / MARGIN, most * MARGIN, LEFT, RIGHT);
    Svg svg = new Svg("medium", WIDTH, HEIGHT, "Accuracy by records of the class: " + title);
    svg.text("label", "start", 8, 15, title);
    for (int percent = 0; percent <= 100; percent += 20) {
      svg.line("grid", LEFT, y(percent / 100.0), RIGHT, y(percent / 100.0));
      svg.text("tick", "end", LEFT - 6, y(percent / 100.0) + 4, percent + "%");
    }
    for (double tick : x.ticks()) {
      svg.line("grid", x.at(tick), TOP, x.at(tick), BOTTOM);
      svg.text("tick", "middle", x.at(tick), BOTTOM + 17, Figures.tick(tick));
    }
    svg.text(
        "axis", "middle", (LEFT + RIGHT) / 2, HEIGHT - 12, "records of the class, logarithmic");
    svg.turned("axis", 12, (TOP + BOTTOM) / 2, "accuracy of the class");
    for (int c : classes) {
      Interval interval = confusion.interval(c);
      double middle = x.at(confusion.records(c));
      svg.line("faint", middle, y(interval.low()), middle, y(interval.high()));
    }
    for (int c : classes) {
      double accuracy = confusion.matrix().recall(c);
      String hint =
          String.format(
              "%s: %s of %s records, %s",
              confusion.name(c),
              Figures.accuracy(accuracy),
              Figures.count(confusion.records(c)),
              EvaluationText.shown(confusion.interval(c)));
      svg.dot("dot", x.at(confusion.records(c)), y(accuracy), 4, hint);
    }
    return svg.markup();
  }

  private static double y(double share) {
    return BOTTOM - (BOTTOM - TOP) * share;
  }
}
