package dev.instar.report;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Differences with their intervals, one below the other, around a line of no difference.
 *
 * @param unit of the differences
 * @param rows from top to bottom
 */
record ForestPlot(String unit, List<Row> rows) {
  private static final double WIDTH = 1000;
  private static final double LEFT = 340;
  private static final double RIGHT = 760;
  private static final double ROW = 26;
  private static final double TOP = 34;
  private static final int LONGEST = 46;

  /**
   * A difference.
   *
   * @param label what was changed
   * @param low the lower end of its interval; NaN if it has none
   * @param high the upper end
   * @param sure whether it counts as significant
   * @param value as it is written beside it
   * @param hint that a pointer shows
   */
  record Row(
      String label,
      double difference,
      double low,
      double high,
      boolean sure,
      String value,
      String hint) {}

  ForestPlot {
    rows = List.copyOf(rows);
  }

  /**
   * The chart.
   *
   * @param shown how a value of the axis is written
   */
  String svg(DoubleFunction<String> shown) {
    double least = 0;
    double most = 0;
    for (Row row : rows) {
      least = Math.min(least, Double.isNaN(row.low) ? row.difference : row.low);
      most = Math.max(most, Double.isNaN(row.high) ? row.difference : row.high);
    }
    Axis x = Axis.linear(least, most, LEFT, RIGHT);
    double bottom = TOP + ROW * rows.size();
    Svg svg = new Svg("forest", WIDTH, bottom + 12, "Differences with 95% intervals, " + unit);
    for (double tick : x.ticks()) {
      svg.line("grid", x.at(tick), TOP - 4, x.at(tick), bottom);
      svg.text("tick", "middle", x.at(tick), TOP - 9, shown.apply(tick));
    }
    svg.text("axis", "end", LEFT - 16, TOP - 9, unit);
    svg.line("zero", x.at(0), TOP - 4, x.at(0), bottom);
    for (int i = 0; i < rows.size(); i++) {
      draw(svg, rows.get(i), x, TOP + ROW * (i + 0.5));
    }
    return svg.markup();
  }

  private static void draw(Svg svg, Row row, Axis x, double y) {
    svg.name("name", "end", LEFT - 16, y + 4, row.label, LONGEST);
    if (!Double.isNaN(row.low)) {
      svg.whisker(x.at(row.low), x.at(row.high), y);
    }
    svg.dot(row.sure ? "sure" : "unsure", x.at(row.difference), y, 5, row.hint);
    svg.text("value", "start", RIGHT + 16, y + 4, row.value);
  }
}
