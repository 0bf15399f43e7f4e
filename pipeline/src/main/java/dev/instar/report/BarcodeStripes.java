package dev.instar.report;

import java.util.List;

/**
 * Barcodes as stripes of one colour a base: A red, T blue, C green, G yellow, as published; what is
 * uncertain is grey.
 */
final class BarcodeStripes {
  /**
   * One barcode.
   *
   * @param label whose it is
   * @param bases its letters
   */
  record Stripe(String label, String bases) {}

  private static final double WIDTH = 1000;
  private static final double LEFT = 170;
  private static final double RIGHT = 990;
  private static final double ROW = 26;
  private static final String BASES = "ATCG";
  private static final List<String> STYLES = List.of("baseA", "baseT", "baseC", "baseG", "baseN");

  private BarcodeStripes() {}

  static String of(List<Stripe> stripes) {
    int longest = stripes.stream().mapToInt(stripe -> stripe.bases().length()).max().orElse(1);
    double step = (RIGHT - LEFT) / longest;
    Svg svg = new Svg("stripes", WIDTH, ROW * stripes.size() + 4, "Barcodes, one colour a base");
    for (int i = 0; i < stripes.size(); i++) {
      Stripe stripe = stripes.get(i);
      double y = ROW * i + 2;
      svg.text("name", "end", LEFT - 10, y + 16, stripe.label());
      for (int base = 0; base < STYLES.size(); base++) {
        String commands = runs(stripe.bases(), base, step, y);
        if (!commands.isEmpty()) {
          svg.path(STYLES.get(base), commands);
        }
      }
    }
    return svg.markup();
  }

  private static String runs(String bases, int wanted, double step, double y) {
    StringBuilder commands = new StringBuilder();
    for (int from = 0; from < bases.length(); ) {
      int to = from + 1;
      while (to < bases.length() && kind(bases, to) == kind(bases, from)) {
        to++;
      }
      if (kind(bases, from) == wanted) {
        String width = Svg.measure((to - from) * step);
        commands.append('M').append(Svg.measure(LEFT + from * step)).append(' ');
        commands.append(Svg.measure(y)).append('h').append(width).append('v');
        commands.append(Svg.measure(ROW - 5)).append("h-").append(width).append('z');
      }
      from = to;
    }
    return commands.toString();
  }

  private static int kind(String bases, int at) {
    int kind = BASES.indexOf(bases.charAt(at));
    return kind < 0 ? BASES.length() : kind;
  }
}
