package dev.instar.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A small chart of lines over epochs, one of several beside each other.
 *
 * @param title above it, with the unit of its values
 * @param y the axis of the values
 * @param epochs that the other axis reaches to
 * @param shown how a value of the axis is written
 * @param lines those that lie on top come last
 */
record LineChart(
    String title, Axis y, double epochs, DoubleFunction<String> shown, List<Line> lines) {
  private static final double WIDTH = 340;
  private static final double HEIGHT = 226;
  private static final double LEFT = 46;
  private static final double RIGHT = 326;

  /** Where the axis of the values starts and ends. */
  static final double BOTTOM = 186;

  static final double TOP = 28;

  /** A value at a time. */
  record Point(double epoch, double value) {}

  /**
   * A line.
   *
   * @param style CSS classes
   * @param hint that a pointer shows
   * @param points by rising epoch; those that are not finite are left out
   */
  record Line(String style, String hint, List<Point> points) {
    private static final int MOST_POINTS = 100;

    /** Fewer points of the same course: each so many-th, the first and the last among them. */
    Line {
      points =
          points.stream()
              .filter(point -> Double.isFinite(point.epoch()) && Double.isFinite(point.value()))
              .toList();
      if (points.size() > MOST_POINTS) {
        List<Point> fewer = new ArrayList<>();
        for (int i = 0; i < MOST_POINTS; i++) {
          fewer.add(points.get((int) ((long) i * (points.size() - 1) / (MOST_POINTS - 1))));
        }
        points = List.copyOf(fewer);
      }
    }
  }

  String svg() {
    Axis x = Axis.linear(0, Math.max(1, epochs), LEFT, RIGHT);
    Svg svg = new Svg("small", WIDTH, HEIGHT, title + " by epoch");
    svg.text("label", "start", 8, 14, title);
    for (double tick : y.ticks()) {
      svg.line("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
      svg.text("tick", "end", LEFT - 6, y.at(tick) + 4, shown.apply(tick));
    }
    for (double tick : x.ticks()) {
      svg.line("grid", x.at(tick), BOTTOM, x.at(tick), BOTTOM + 4);
      svg.text("tick", "middle", x.at(tick), BOTTOM + 17, Figures.tick(tick));
    }
    svg.text("axis", "middle", (LEFT + RIGHT) / 2, HEIGHT - 6, "epoch");
    lines.forEach(line -> draw(svg, line, x));
    return svg.markup();
  }

  private void draw(Svg svg, Line line, Axis x) {
    StringBuilder commands = new StringBuilder();
    for (Point point : line.points()) {
      double height = Math.max(TOP, Math.min(BOTTOM, y.at(point.value())));
      commands.append(commands.isEmpty() ? "M" : "L").append(Svg.tenth(x.at(point.epoch())));
      commands.append(' ').append(Svg.tenth(height));
    }
    if (line.points().size() == 1) {
      commands.append("h.1"); // which a round pen makes a dot
    }
    if (!commands.isEmpty()) {
      svg.path(line.style(), commands.toString(), line.hint());
    }
  }
}
