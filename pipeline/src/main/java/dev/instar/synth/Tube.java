package dev.instar.synth;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/**
 * A rounded body part along a bent axis: rings from {@code start} on, shaded as if lit from above.
 *
 * @param startX where the axis begins
 * @param startY where the axis begins
 * @param direction of the axis there, in radians
 * @param bend how far the axis turns along its length, in radians
 * @param length of the axis
 * @param width at its widest place
 * @param waist its width at the start, as a fraction
 * @param tip its width at the end, as a fraction
 * @param widest the place of its greatest width, as a fraction of the length
 * @param segments number of rings
 */
record Tube(
    double startX,
    double startY,
    double direction,
    double bend,
    double length,
    double width,
    double waist,
    double tip,
    double widest,
    int segments) {
  private static final int STEPS = 6;

  /** The point of the axis at the fraction {@code t} of its length. */
  Point2D.Double axis(double t) {
    if (Math.abs(bend) < 1e-6) {
      double reach = length * t;
      return new Point2D.Double(
          startX + reach * Math.cos(direction), startY + reach * Math.sin(direction));
    }
    double radius = length / bend;
    double angle = direction + bend * t;
    return new Point2D.Double(
        startX + radius * (Math.sin(angle) - Math.sin(direction)),
        startY - radius * (Math.cos(angle) - Math.cos(direction)));
  }

  /** The direction of the axis at {@code t}. */
  double heading(double t) {
    return direction + bend * t;
  }

  /** Half the width at {@code t}. */
  double radius(double t) {
    double end = t < widest ? waist : tip;
    double away = t < widest ? (widest - t) / widest : (t - widest) / (1 - widest);
    double round = Math.sqrt(Math.max(0, 1 - away * away));
    double swell = 1 + 0.045 * Math.sin(Math.PI * ((t * segments) % 1));
    return width / 2 * (end + (1 - end) * round) * swell;
  }

  /** The point beside the axis: {@code side} -1 to 1 from edge to edge. */
  Point2D.Double beside(double t, double side) {
    Point2D.Double point = axis(t);
    double normal = heading(t) + Math.PI / 2;
    double reach = radius(t) * side;
    return new Point2D.Double(
        point.x + reach * Math.cos(normal), point.y + reach * Math.sin(normal));
  }

  /**
   * Draws the rings; {@code banding} is how much darker the back of each ring is, {@code light}
   * where the light comes from, -1 to 1.
   */
  void draw(Graphics2D g, Pigment skin, double banding, double light, Dice dice) {
    g.setPaint(skin.times(0.5).visible(0.95));
    g.fill(outline(0, 1));
    for (int i = 0; i < segments; i++) {
      double from = (double) i / segments;
      double to = (i + 1.0) / segments;
      Pigment ring = skin.varied(dice, 0.05);
      Point2D.Double left = beside((from + to) / 2, -1);
      Point2D.Double right = beside((from + to) / 2, 1);
      if (left.distance(right) < 1e-4) {
        continue;
      }
      float middle = (float) (0.5 + 0.22 * light);
      g.setPaint(
          new LinearGradientPaint(
              left,
              right,
              new float[] {0f, middle - 0.24f, middle, middle + 0.24f, 1f},
              new java.awt.Color[] {
                ring.times(0.46).visible(1),
                ring.times(0.92).visible(1),
                ring.times(1.22).visible(1),
                ring.times(0.96).visible(1),
                ring.times(0.5).visible(1)
              }));
      g.fill(outline(from, to));
      double edge = to - 0.30 / segments;
      g.setPaint(ring.times(0.45).visible(banding));
      g.fill(outline(edge, to));
      g.setPaint(ring.times(1.5).visible(0.22));
      g.setStroke(new BasicStroke((float) (width * 0.018)));
      g.draw(across(from + 0.12 / segments));
    }
  }

  private Path2D.Double outline(double from, double to) {
    Path2D.Double path = new Path2D.Double();
    for (int i = 0; i <= STEPS * 2; i++) {
      boolean back = i > STEPS;
      int step = back ? STEPS * 2 - i : i;
      moveOrLine(path, beside(from + (to - from) * step / STEPS, back ? 1 : -1));
      if (i == STEPS) {
        moveOrLine(path, beside(to, 1));
      }
    }
    path.closePath();
    return path;
  }

  /** A line across the body that bulges backwards as a ring does. */
  private Path2D.Double across(double t) {
    Path2D.Double path = new Path2D.Double();
    for (int i = -4; i <= 4; i++) {
      double side = i / 4.0 * 0.9;
      moveOrLine(path, beside(Math.min(1, t + 0.02 * (1 - side * side)), side));
    }
    return path;
  }

  private static void moveOrLine(Path2D.Double path, Point2D.Double point) {
    if (path.getCurrentPoint() == null) {
      path.moveTo(point.x, point.y);
    } else {
      path.lineTo(point.x, point.y);
    }
  }
}
