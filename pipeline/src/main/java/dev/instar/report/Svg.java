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

  /** A measure with at most one digit behind the point, for what there are thousands of. */
  static String tenth(double value) {
    long tenths = Math.round(10 * value);
    return tenths % 10 == 0
        ? String.valueOf(tenths / 10)
        : (tenths < 0 ? "-" : "") + Math.abs(tenths) / 10 + "." + Math.abs(tenths % 10);
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
            style, tenth(x), tenth(y), tenth(side), tenth(side), measure(darkness)));
    return hint(hint, "rect");
  }

  /** A name that climbs from a point to the right; one that is too long loses its middle. */
  Svg climbing(String style, double x, double y, String name, int longest) {
    return named(
        String.format(
            "class=\"%s\" transform=\"translate(%s %s) rotate(-55)\"",
            style, measure(x), measure(y)),
        name,
        longest);
  }

  /**
   * A name; one that is too long loses its middle, for names often differ at the end, and a pointer
   * shows all of it.
   *
   * @param longest in characters
   */
  Svg name(String style, String anchor, double x, double y, String name, int longest) {
    return named(
        String.format(
            "class=\"%s\" text-anchor=\"%s\" x=\"%s\" y=\"%s\"",
            style, anchor, measure(x), measure(y)),
        name,
        longest);
  }

  private Svg named(String attributes, String name, int longest) {
    int length = name.codePointCount(0, name.length());
    boolean fits = length <= longest;
    String shown = name;
    if (!fits) {
      int head = name.offsetByCodePoints(0, longest / 2);
      int tail = name.offsetByCodePoints(0, length - (longest - longest / 2 - 1));
      shown = name.substring(0, head) + "\u2026" + name.substring(tail);
    }
    markup.append("<text ").append(attributes).append('>').append(Html.escaped(shown));
    return hint(fits ? "" : name, "text");
  }

  /** Text that climbs upright, centred at a point: the name of an axis. */
  Svg turned(String style, double x, double y, String text) {
    markup.append(
        String.format(
            "<text class=\"%s\" text-anchor=\"middle\" transform=\"translate(%s %s) rotate(-90)\">%s</text>\n",
            style, measure(x), measure(y), Html.escaped(text)));
    return this;
  }

  /** A level interval with ends. */
  Svg whisker(double low, double high, double y) {
    return path(
        "whisker",
        String.format(
            "M%s %sv8m0-4H%sm0-4v8", tenth(low), tenth(y - 4), tenth(Math.max(low, high))));
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
    return path(style, commands, "");
  }

  /** A path with a hint that a pointer shows. */
  Svg path(String style, String commands, String hint) {
    markup.append("<path class=\"").append(style).append("\" d=\"").append(commands);
    markup.append("\">");
    return hint(hint, "path");
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
