package dev.instar.report;

import dev.instar.taxonomy.ClassCount;
import dev.instar.taxonomy.Statistics;
import java.util.List;
import java.util.Locale;

/**
 * Class sizes against their place from the largest to the smallest, one line a rank, both axes
 * logarithmic.
 */
final class LongTail {
  private static final double WIDTH = 1000;
  private static final double HEIGHT = 420;
  private static final double LEFT = 80;
  private static final double RIGHT = 900;
  private static final double TOP = 16;
  private static final double BOTTOM = 370;
  private static final double STEP = 1.03;

  private LongTail() {}

  static String of(List<Statistics.OfRank> ranks) {
    long most = 1;
    long largest = 1;
    for (Statistics.OfRank rank : ranks) {
      most = Math.max(most, rank.classes().size());
      largest = Math.max(largest, rank.distribution().max());
    }
    LogScale x = LogScale.upTo(most, LEFT, RIGHT);
    LogScale y = LogScale.upTo(largest, BOTTOM, TOP);
    Svg svg = new Svg("tail", WIDTH, HEIGHT, "Records of a class by its place, one line a rank");
    axes(svg, x, y);
    for (int i = 0; i < ranks.size(); i++) {
      List<ClassCount> classes = ranks.get(i).classes();
      svg.path("curve curve" + i, curve(classes, x, y));
      double endX = x.at(classes.size());
      double endY = y.at(classes.get(classes.size() - 1).records());
      String label = ranks.get(i).rank().label();
      svg.dot("curve" + i + " end", endX, endY, 3.5, label + ", smallest class");
      svg.text("curve" + i + " label", "start", endX + 8, endY - 6, label);
    }
    return svg.markup();
  }

  private static void axes(Svg svg, LogScale x, LogScale y) {
    for (long tick : x.ticks()) {
      svg.line("grid", x.at(tick), TOP, x.at(tick), BOTTOM);
      svg.text("tick", "middle", x.at(tick), BOTTOM + 20, Figures.count(tick));
    }
    for (long tick : y.ticks()) {
      svg.line("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
      svg.text("tick", "end", LEFT - 10, y.at(tick) + 4, Figures.count(tick));
    }
    svg.text("axis", "middle", (LEFT + RIGHT) / 2, HEIGHT - 8, "place of the class, largest first");
  }

  /**
   * The line through places that lie at least a few hundredths apart on the axis, the last one
   * included.
   */
  private static String curve(List<ClassCount> classes, LogScale x, LogScale y) {
    StringBuilder commands = new StringBuilder();
    int last = classes.size();
    for (double place = 1; ; place = Math.max(place + 1, place * STEP)) {
      int at = (int) Math.min(last, Math.floor(place));
      commands.append(
          String.format(
              Locale.ROOT,
              "%s%.1f %.1f",
              commands.isEmpty() ? "M" : "L",
              x.at(at),
              y.at(classes.get(at - 1).records())));
      if (at == last) {
        return commands.toString();
      }
    }
  }
}
