package dev.instar.report;

import dev.instar.evaluate.ConfusionMatrix;
import dev.instar.evaluate.ConfusionMatrix.Cell;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which class was taken for which: a row is a true class, and its cells are shares of it. Darkness
 * is the square root of a share, so that rare mistakes are seen.
 */
final class ConfusionHeat {
  private static final double WIDTH = 1000;
  private static final double LEFT = 170;
  private static final double TOP = 120;
  private static final double WIDEST_CELL = 44;

  /** Narrower cells have no room for two digits. */
  private static final double NARROWEST_WITH_TEXT = 24;

  private ConfusionHeat() {}

  /** The matrix of {@code classes}, in their order; others are not shown. */
  static String of(EvaluationReport report, List<Integer> classes) {
    ConfusionMatrix confusion = report.evaluation().confusion();
    double side = Math.min(WIDEST_CELL, (WIDTH - LEFT - 60) / classes.size());
    Map<Integer, Integer> places = new HashMap<>();
    for (int i = 0; i < classes.size(); i++) {
      places.put(classes.get(i), i);
    }
    Svg svg =
        new Svg(
            "heat",
            WIDTH,
            TOP + side * classes.size() + 6,
            "Confusion matrix: rows are true classes, columns predicted ones");
    for (int i = 0; i < classes.size(); i++) {
      String name = report.name(classes.get(i));
      svg.text("name", "end", LEFT - 8, TOP + side * (i + 0.5) + 4, name);
      svg.climbing("name", LEFT + side * (i + 0.5) + 3, TOP - 6, name);
      for (int j = 0; j < classes.size(); j++) {
        svg.cell("empty", LEFT + side * j, TOP + side * i, side - 1, 1, "");
      }
    }
    for (Cell cell : confusion.cells()) {
      Integer row = places.get(cell.label());
      Integer column = places.get(cell.predicted());
      if (row != null && column != null) {
        double share = (double) cell.count() / confusion.support(cell.label());
        draw(svg, report, cell, share, side, LEFT + side * column, TOP + side * row);
      }
    }
    return svg.markup();
  }

  private static void draw(
      Svg svg, EvaluationReport report, Cell cell, double share, double side, double x, double y) {
    boolean hit = cell.label() == cell.predicted();
    String hint =
        String.format(
            "%s taken for %s: %s, %s",
            report.name(cell.label()),
            report.name(cell.predicted()),
            Figures.count(cell.count()),
            Figures.percent(share));
    svg.cell(hit ? "hit" : "miss", x, y, side - 1, Math.sqrt(share), hint);
    if (side >= NARROWEST_WITH_TEXT && share >= 0.005) {
      String style = share > 0.45 ? "inside strong" : "inside";
      String text = String.format(Locale.ROOT, "%.0f", 100 * share);
      svg.text(style, "middle", x + (side - 1) / 2, y + side / 2 + 4, text);
    }
  }
}
