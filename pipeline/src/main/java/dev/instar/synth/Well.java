package dev.instar.synth;

import dev.instar.image.Size;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Arc2D;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * The background: a well of a microplate from above, lit by a ring of lamps. Its floor mirrors the
 * ring, its wall gleams with coloured fringes, what lies outside is bright and out of focus.
 */
final class Well {
  private static final int PROFILE = 2048;
  private static final double REACH = 1.9;
  private static final int TURN = 512;
  private static final int OUTER_RINGS = 5;
  private static final int OUTER_SPOKES = 38;

  private final Dice dice;
  private final Size size;
  private final double centreX;
  private final double centreY;
  private final double radius;
  private final double squeeze;
  private final double[] profile = new double[PROFILE + 1];
  private final double[] beaded = new double[PROFILE + 1];
  private final double[] beads = new double[TURN + 1];
  private final double[][] outside = new double[OUTER_RINGS + 1][OUTER_SPOKES + 1];
  private final Pigment floor;
  private final double tilt;
  private final double tiltAngle;

  Well(Size size, Dice dice) {
    this.size = size;
    this.dice = dice;
    centreX = size.width() * (0.5 + 0.03 * dice.normal());
    centreY = size.height() * (0.5 + 0.025 * dice.normal());
    radius = size.height() * dice.between(0.50, 0.60);
    squeeze = dice.between(0.97, 1.03);
    floor = floorColour(dice);
    tilt = dice.between(0.0, 0.05);
    tiltAngle = dice.between(0, 2 * Math.PI);
    layRings();
    layBeads();
    layOutside();
  }

  /** Where the middle of the floor is, in pixels. */
  double centreX() {
    return centreX;
  }

  double centreY() {
    return centreY;
  }

  /** From the middle to the wall, in pixels. */
  double radius() {
    return radius;
  }

  private static Pigment floorColour(Dice dice) {
    double light = dice.between(196, 222);
    double kind = dice.unit();
    Pigment grey = new Pigment(light * 0.975, light * 1.0, light * 1.02);
    if (kind < 0.45) {
      return grey.towards(new Pigment(light * 0.94, light * 1.0, light * 1.06), dice.unit());
    }
    if (kind < 0.9) {
      return grey.towards(new Pigment(light * 0.98, light * 1.0, light * 0.985), dice.unit());
    }
    return new Pigment(light * 0.99, light * 0.94, light * 0.9);
  }

  private void layRings() {
    double ring = dice.between(0.24, 0.36);
    double ringWidth = dice.between(0.022, 0.045);
    double ringLight = dice.between(0.06, 0.15);
    double second = ring + dice.between(0.10, 0.22);
    double secondLight = dice.between(0.02, 0.07);
    double disc = dice.between(0.09, 0.16);
    double wall = dice.between(0.05, 0.11);
    double[] fine = new double[7];
    for (int i = 0; i < fine.length; i++) {
      fine[i] = dice.between(0.1, 0.92);
    }
    for (int i = 0; i <= PROFILE; i++) {
      double r = i * REACH / PROFILE;
      double light = 0.04 * Math.exp(-r * r / 0.18) - 0.05 * Math.exp(-square((r - disc) / 0.025));
      light += secondLight * bump(r, second, 0.05) - 0.03 * bump(r, second + 0.1, 0.06);
      for (double place : fine) {
        light += 0.012 * bump(r, place, 0.006) - 0.010 * bump(r, place + 0.012, 0.007);
      }
      light -= 0.10 * smooth((r - 0.72) / 0.24) * (1 - smooth((r - 0.96) / 0.06));
      light -= 0.24 * bump(r, 1.0, 0.006) + 0.10 * bump(r, 1 + wall, 0.012);
      light += 0.10 * smooth((r - 1.02) / 0.25);
      profile[i] = light;
      beaded[i] =
          ringLight * bump(r, ring, ringWidth)
              + 0.05 * bump(r, disc + 0.035, 0.02)
              + 0.34 * bump(r, 1.0 + wall * 0.35, 0.016)
              + 0.22 * bump(r, 0.975, 0.008);
    }
  }

  private void layBeads() {
    double[] coarse = new double[40 + dice.below(30)];
    for (int i = 0; i < coarse.length; i++) {
      coarse[i] = Math.pow(dice.unit(), 1.6) * 1.7;
    }
    double[] broad = new double[7];
    for (int i = 0; i < broad.length; i++) {
      broad[i] = dice.between(0.25, 1.2);
    }
    for (int i = 0; i <= TURN; i++) {
      double turn = (double) (i % TURN) / TURN;
      beads[i] = around(coarse, turn) * around(broad, turn);
    }
  }

  private void layOutside() {
    for (int ring = 0; ring <= OUTER_RINGS; ring++) {
      for (int spoke = 0; spoke < OUTER_SPOKES; spoke++) {
        double patch = dice.unit();
        outside[ring][spoke] = 0.34 * patch * patch * patch - 0.07 + 0.05 * dice.normal();
      }
      outside[ring][OUTER_SPOKES] = outside[ring][0];
    }
  }

  /** Draws the well over all of {@code into}, whose pixels are opaque RGB ints. */
  void draw(BufferedImage into) {
    int step = Math.max(1, Math.min(size.width(), size.height()) / 384);
    int columns = size.width() / step + 2;
    float[] above = new float[columns * 3];
    float[] below = new float[columns * 3];
    int[] pixels = ((DataBufferInt) into.getRaster().getDataBuffer()).getData();
    lightRow(0, step, below);
    for (int y = 0; y < size.height(); y++) {
      if (y % step == 0) {
        float[] swap = above;
        above = below;
        below = swap;
        lightRow(y + step, step, below);
      }
      fillRow(pixels, y * size.width(), above, below, (float) (y % step) / step, step);
    }
    drawDetails(into);
  }

  /**
   * Fills a row of pixels from the rows of light above and below it, linearly between; 8 bits of
   * fraction.
   */
  private void fillRow(
      int[] pixels, int start, float[] above, float[] below, float down, int step) {
    for (int cell = 0; cell * step < size.width(); cell++) {
      int red = between(above, below, 3 * cell, down);
      int green = between(above, below, 3 * cell + 1, down);
      int blue = between(above, below, 3 * cell + 2, down);
      int redStep = (between(above, below, 3 * cell + 3, down) - red) / step;
      int greenStep = (between(above, below, 3 * cell + 4, down) - green) / step;
      int blueStep = (between(above, below, 3 * cell + 5, down) - blue) / step;
      int end = Math.min(size.width(), (cell + 1) * step);
      for (int x = cell * step; x < end; x++) {
        pixels[start + x] = red >> 8 << 16 | green >> 8 << 8 | blue >> 8;
        red += redStep;
        green += greenStep;
        blue += blueStep;
      }
    }
  }

  private static int between(float[] above, float[] below, int i, float down) {
    float light = above[i] + (below[i] - above[i]) * down;
    return (int) (256 * Math.max(0, Math.min(255, light)));
  }

  private void lightRow(int y, int step, float[] row) {
    double tiltX = tilt * Math.cos(tiltAngle) / radius;
    double tiltY = tilt * Math.sin(tiltAngle) / radius;
    double dy = y - centreY;
    for (int column = 0; column * 3 < row.length; column++) {
      double dx = (column * step - centreX) * squeeze;
      double r = Math.sqrt(dx * dx + dy * dy) / radius;
      double turn = turn(dx, dy);
      double bead = beads[(int) (turn * TURN)];
      double base = 1 + tiltX * dx + tiltY * dy;
      double hazeRed = 0;
      double hazeBlue = 0;
      if (r > 1.03) {
        double patch = patch(r, turn) * smooth((r - 1.03) / 0.12);
        base += patch;
        hazeRed = 0.025 * smooth((r - 1.03) / 0.2);
        hazeBlue = 0.035 * smooth((r - 1.03) / 0.2);
      }
      double fringe = r > 0.9 ? 0.006 : 0;
      row[column * 3] = (float) (floor.red() * (base + hazeRed + light(r + fringe, bead)));
      row[column * 3 + 1] = (float) (floor.green() * (base + light(r, bead)));
      row[column * 3 + 2] = (float) (floor.blue() * (base + hazeBlue + light(r - fringe, bead)));
    }
  }

  private double light(double r, double bead) {
    int index = Math.min(PROFILE, (int) (r * (PROFILE / REACH)));
    return profile[index] + beaded[index] * bead;
  }

  private double patch(double r, double turn) {
    double ring = Math.min(OUTER_RINGS - 1e-9, (r - 1) * OUTER_RINGS / 0.9);
    double spoke = turn * OUTER_SPOKES;
    int i = (int) ring;
    int j = (int) spoke;
    double u = smooth(ring - i);
    double v = smooth(spoke - j);
    double inner = outside[i][j] + (outside[i][j + 1] - outside[i][j]) * v;
    double outer = outside[i + 1][j] + (outside[i + 1][j + 1] - outside[i + 1][j]) * v;
    return inner + (outer - inner) * u;
  }

  private void drawDetails(BufferedImage into) {
    Graphics2D g = Drawing.on(into);
    double unit = size.height() / 768.0;
    for (int i = 12 + dice.below(14); i > 0; i--) {
      double r = radius * (0.955 + 0.10 * dice.unit());
      Color gleam =
          dice.chance(0.7)
              ? new Color(255, 255, 255, 60 + dice.below(150))
              : new Color(90 + dice.below(80), 90, 110 + dice.below(90), 90);
      g.setColor(gleam);
      g.setStroke(new BasicStroke((float) (unit * dice.between(0.8, 3.2)), 1, 1));
      g.draw(
          new Arc2D.Double(
              centreX - r / squeeze,
              centreY - r,
              2 * r / squeeze,
              2 * r,
              dice.between(0, 360),
              dice.between(3, 26),
              Arc2D.OPEN));
    }
    for (int i = dice.below(46); i > 0; i--) {
      double dot = unit * dice.between(0.6, 2.4);
      boolean dark = dice.chance(0.6);
      g.setColor(dark ? new Color(70, 66, 62, 50 + dice.below(110)) : new Color(255, 255, 255, 90));
      double far = radius * Math.sqrt(dice.unit());
      double angle = dice.between(0, 2 * Math.PI);
      g.fill(
          new Ellipse2D.Double(
              centreX + far * Math.cos(angle),
              centreY + far * Math.sin(angle),
              dot * dice.between(0.8, 2),
              dot));
    }
    for (int i = dice.below(4); i > 0; i--) {
      drawFibre(g, unit, dice.chance(0.3) ? 130 : 22, dice.between(0.7, 1.5));
    }
    g.dispose();
  }

  private void drawFibre(Graphics2D g, double unit, double length, double width) {
    double x = centreX + radius * 0.7 * dice.normal() * 0.5;
    double y = centreY + radius * 0.7 * dice.normal() * 0.5;
    double reach = unit * length;
    boolean pale = dice.chance(0.35);
    int alpha = 70 + dice.below(110);
    g.setColor(pale ? new Color(255, 255, 255, alpha) : new Color(74, 66, 64, alpha));
    g.setStroke(new BasicStroke((float) (unit * width), 1, 1));
    g.draw(
        new CubicCurve2D.Double(
            x,
            y,
            x + reach * dice.normal(),
            y + reach * dice.normal(),
            x + reach * dice.normal(),
            y + reach * dice.normal(),
            x + reach * dice.normal(),
            y + reach * dice.normal()));
  }

  private static double around(double[] values, double turn) {
    double at = turn * values.length;
    int i = (int) at;
    double u = smooth(at - i);
    double here = values[i % values.length];
    return here + (values[(i + 1) % values.length] - here) * u;
  }

  /**
   * The direction as a fraction of a turn in [0, 1); within 0.001 of a turn, which lamps in a
   * mirror forgive.
   */
  static double turn(double dx, double dy) {
    double ax = Math.abs(dx);
    double ay = Math.abs(dy);
    double most = Math.max(ax, ay);
    if (most == 0) {
      return 0;
    }
    double slope = Math.min(ax, ay) / most;
    // atan(slope)/(2 pi) after Rajan et al. 2006, Efficient approximations for the arctangent
    // function.
    double turn = slope * (0.125 + 0.0435 * (1 - slope));
    turn = ay > ax ? 0.25 - turn : turn;
    turn = dx < 0 ? 0.5 - turn : turn;
    turn = dy < 0 ? 1 - turn : turn;
    return turn >= 1 ? 0 : turn;
  }

  private static double bump(double r, double place, double width) {
    return Math.exp(-square((r - place) / width));
  }

  private static double square(double value) {
    return value * value;
  }

  /** 0 below 0, 1 above 1, and 3x^2 - 2x^3 between. */
  static double smooth(double x) {
    double inside = Math.max(0, Math.min(1, x));
    return inside * inside * (3 - 2 * inside);
  }
}
