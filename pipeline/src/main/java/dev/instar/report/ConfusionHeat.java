package dev.instar.report;

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
  private static final double LEFT = 190;
  private static final double TOP = 150;

  /** Room for what the last column's name climbs to. */
  private static final double MARGIN = 90;

  private static final double WIDEST_CELL = 44;

  /** Narrower cells have no room for two digits. */
  private static final double NARROWEST_WITH_TEXT = 24;

  /** A share below this is written as a 0, which says nothing. */
  private static final double LEAST_WITH_TEXT = 0.005;

  /** Names beside cells below this stand closer than their letters are high. */
  private static final double CLOSE = 12;

  private static final int LONGEST = 24;

  private ConfusionHeat() {}

  /** The matrix of {@code classes}, in their order; others are not shown. */
  static String of(NamedConfusion confusion, List<Integer> classes) {
    double side = Math.min(WIDEST_CELL, (WIDTH - LEFT - MARGIN) / classes.size());
    double extent = side * classes.size();
    Map<Integer, Integer> places = new HashMap<>();
    for (int i = 0; i < classes.size(); i++) {
      places.put(classes.get(i), i);
    }
    Svg svg =
        new Svg(
            side < CLOSE ? "heat close" : "heat",
            WIDTH,
            TOP + extent + 6,
            "Confusion matrix: rows are true classes, columns predicted ones");
    svg.turned("axis", 14, TOP + extent / 2, "true " + confusion.task());
    svg.text("axis", "start", LEFT, 14, "taken for");
    svg.path("empty", String.format("M%s %sh%sv%sh-%sz", LEFT, TOP, extent, extent, extent));
    for (int i = 0; i < classes.size(); i++) {
      String name = confusion.name(classes.get(i));
      svg.name("name", "end", LEFT - 8, TOP + side * (i + 0.5) + 4, name, LONGEST);
      svg.climbing("name", LEFT + side * (i + 0.5) + 3, TOP - 6, name, LONGEST);
    }
    for (Cell cell : confusion.matrix().cells()) {
      Integer row = places.get(cell.label());
      Integer column = places.get(cell.predicted());
      if (row != null && column != null) {
        draw(svg, confusion, cell, side, LEFT + side * column, TOP + side * row);
      }
    }
    svg.path("gaps", gaps(classes.size(), side));
    return svg.markup();
  }

  /** The lines between cells: one path, not a rectangle for each of hundreds of empty cells. */
  private static String gaps(int classes, double side) {
    StringBuilder commands = new StringBuilder();
    String extent = Svg.measure(side * classes);
    for (int i = 1; i < classes; i++) {
      commands.append("M").append(LEFT).append(' ').append(Svg.measure(TOP + side * i));
      commands.append("h").append(extent);
      commands.append("M").append(Svg.measure(LEFT + side * i)).append(' ').append(TOP);
      commands.append("v").append(extent);
    }
    return commands.toString();
  }

  private static void draw(
      Svg svg, NamedConfusion confusion, Cell cell, double side, double x, double y) {
    long support = confusion.matrix().support(cell.label());
    double share = (double) cell.count() / support;
    boolean hit = cell.label() == cell.predicted();
    String hint =
        String.format(
            "%s taken for %s: %s of %s, %s",
            confusion.name(cell.label()),
            confusion.name(cell.predicted()),
            Figures.count(cell.count()),
            Figures.count(support),
            Figures.percent(share));
    svg.cell(hit ? "hit" : "miss", x, y, side, Math.sqrt(share), hint);
    if (side >= NARROWEST_WITH_TEXT && share >= LEAST_WITH_TEXT) {
      String style = share > 0.45 ? "inside strong" : "inside";
      String text = String.format(Locale.ROOT, "%.0f", 100 * share);
      svg.text(style, "middle", x + side / 2, y + side / 2 + 4, text);
    }
  }
}
