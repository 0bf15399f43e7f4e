package dev.instar.report;

import java.util.Locale;

/** Writes one drawing; its measures are in units of the view box. Not thread-safe. */
final class Svg {
  private final StringBuilder markup = new StringBuilder();

  /** A drawing that is {@code description} to those who do not see it. */
  Svg(String name, double width, double height, String description) {
    markup.append(
        String.format(
            Locale.ROOT,
            "<svg class=\"chart %s\" viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">\n",
            name,
            measure(width),
            measure(height),
            Html.escaped(description)));
  }

  /** A measure with at most two digits behind the point. */
  static String measure(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("\\.?0+$", "");
  }

  /** A bar with a hint that a pointer shows. */
  Svg bar(String style, double x, double y, double width, double height, String hint) {
    markup.append(
        String.format(
            "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"2\">",
            style, measure(x), measure(y), measure(width), measure(height)));
    return hint(hint, "rect");
  }

  /** A square cell that is as dark as {@code darkness}, from 0 to 1, with a hint. */
  Svg cell(String style, double x, double y, double side, double darkness, String hint) {
    markup.append(
        String.format(
            "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill-opacity=\"%s\">",
            style, measure(x), measure(y), measure(side), measure(side), measure(darkness)));
    return hint(hint, "rect");
  }

  /** Text that climbs from a point to the right. */
  Svg climbing(String style, double x, double y, String text) {
    markup.append(
        String.format(
            "<text class=\"%s\" transform=\"translate(%s %s) rotate(-55)\">%s</text>\n",
            style, measure(x), measure(y), Html.escaped(text)));
    return this;
  }

  /** A dot with a hint that a pointer shows. */
  Svg dot(String style, double x, double y, double radius, String hint) {
    markup.append(
        String.format(
            "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\">",
            style, measure(x), measure(y), measure(radius)));
    return hint(hint, "circle");
  }

  private Svg hint(String hint, String element) {
    if (!hint.isEmpty()) {
      markup.append("<title>").append(Html.escaped(hint)).append("</title>");
    }
    markup.append("</").append(element).append(">\n");
    return this;
  }

  Svg line(String style, double x1, double y1, double x2, double y2) {
    return path(
        style, "M" + measure(x1) + " " + measure(y1) + "L" + measure(x2) + " " + measure(y2));
  }

  /** A path from its commands. */
  Svg path(String style, String commands) {
    markup.append("<path class=\"").append(style).append("\" d=\"").append(commands);
    markup.append("\"/>\n");
    return this;
  }

  /** Text whose base line starts, is centred, or ends at a point, as {@code anchor} says. */
  Svg text(String style, String anchor, double x, double y, String text) {
    markup.append(
        String.format(
            "<text class=\"%s\" text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>\n",
            style, anchor, measure(x), measure(y), Html.escaped(text)));
    return this;
  }

  /** The whole drawing. */
  String markup() {
    return markup + "</svg>\n";
  }
}
