package dev.instar.synth;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/** Draws wings of every form. Lengths are fractions of the body's length. */
final class Wings {
  private final Graphics2D g;
  private final BodyPlan plan;
  private final Pigment colour;
  private final long markings;
  private final Dice dice;

  /** {@code markings} chooses veins and spots: equal for all specimens of a kind. */
  Wings(Graphics2D g, BodyPlan plan, Pigment colour, long markings, Dice dice) {
    this.g = g;
    this.plan = plan;
    this.colour = colour;
    this.markings = markings;
    this.dice = dice;
  }

  /** One wing from its root outwards; {@code side} -1 or 1 says where its hind margin is. */
  void wing(double x, double y, double direction, int side, double scale) {
    AffineTransform before = g.getTransform();
    g.translate(x, y);
    g.rotate(direction);
    g.scale(1, side);
    double length = plan.wingLength() * scale;
    double width = plan.wingWidth() * scale;
    Shape outline = outline(length, width);
    switch (plan.wing()) {
      case SHELL -> shell(outline, length, width);
      case FRINGE -> {
        fringe(length, width);
        membrane(outline, length, width);
      }
      case CLEAR, ROOF -> membrane(outline, length, width);
      case NONE -> throw new IllegalArgumentException("an insect without wings");
    }
    g.setTransform(before);
  }

  private Shape outline(double length, double width) {
    Path2D.Double path = new Path2D.Double();
    path.moveTo(0, -0.04 * width);
    boolean shell = plan.wing() == BodyPlan.Wing.SHELL;
    double front = shell ? 0.12 : 0.22;
    path.curveTo(
        length * 0.3, -front * width, length * 0.75, -front * width, length * 0.93, 0.04 * width);
    path.curveTo(
        length * 1.03, 0.16 * width, length * 1.02, 0.42 * width, length * 0.88, 0.58 * width);
    path.curveTo(
        length * 0.66, 0.80 * width, length * 0.36, 0.84 * width, length * 0.16, 0.48 * width);
    path.curveTo(length * 0.10, 0.30 * width, length * 0.03, 0.2 * width, 0, 0.12 * width);
    path.closePath();
    return path;
  }

  private void membrane(Shape outline, double length, double width) {
    double opacity = plan.wingOpacity();
    Color near = colour.times(0.96).visible(opacity * 0.9);
    Color far = colour.times(1.10).visible(opacity);
    Color rim = colour.times(0.82).visible(opacity * 0.95);
    g.setPaint(
        new LinearGradientPaint(
            new Point2D.Double(0, 0),
            new Point2D.Double(length, width * 0.5),
            new float[] {0f, 0.45f, 1f},
            new Color[] {rim, far, near}));
    g.fill(outline);
    Shape clip = g.getClip();
    g.clip(outline);
    patterns(length, width);
    veins(length, width);
    sheen(length, width);
    g.setClip(clip);
    g.setPaint(colour.times(0.45).visible(0.35 + opacity * 0.4));
    g.setStroke(new BasicStroke((float) (0.006 * Math.max(0.6, plan.wingLength())), 1, 1));
    g.draw(outline);
  }

  private void veins(double length, double width) {
    Dice kind = new Dice(markings, 0x7E1);
    int count = 4 + kind.below(3);
    g.setPaint(colour.times(0.42).visible(0.30 + plan.wingOpacity() * 0.35));
    g.setStroke(new BasicStroke(0.0055f, 1, 1));
    for (int i = 0; i < count; i++) {
      double t = (i + 0.5) / count;
      double endY = width * (-0.10 + 0.86 * t);
      double endX = length * (0.99 - 0.42 * t * t);
      Path2D.Double vein = new Path2D.Double();
      vein.moveTo(0, 0.04 * width);
      double bow = width * (-0.20 + 0.62 * t) + 0.03 * width * kind.normal();
      vein.quadTo(length * 0.42, bow, endX, endY);
      g.draw(vein);
      if (plan.wingPairs() == 2 && kind.chance(0.8)) {
        double fork = kind.between(0.5, 0.75);
        g.draw(
            new Line2D.Double(
                endX * fork, bow + (endY - bow) * fork * 0.8, endX * 0.97, endY + width * 0.08));
      }
    }
    for (int i = 1 + kind.below(3); i > 0; i--) {
      double x = length * kind.between(0.25, 0.7);
      double y = width * kind.between(-0.05, 0.25);
      g.draw(new Line2D.Double(x, y, x + 0.02 * length, y + width * 0.16));
    }
  }

  /** What tells the kinds of moths, hoppers and bugs apart. */
  private void patterns(double length, double width) {
    Dice kind = new Dice(markings, 0x5907);
    if (plan.wing() != BodyPlan.Wing.ROOF || plan.wingOpacity() < 0.6 || kind.chance(0.3)) {
      return;
    }
    boolean dark = kind.chance(0.7);
    Pigment mark = colour.times(dark ? 0.5 : 1.35);
    if (kind.chance(0.5)) {
      double slant = kind.between(-0.2, 0.25) * length;
      for (int i = 1 + kind.below(3); i > 0; i--) {
        double x = length * kind.between(0.2, 0.85);
        double thick = length * kind.between(0.02, 0.09);
        Path2D.Double band = new Path2D.Double();
        band.moveTo(x, -width);
        band.lineTo(x + thick, -width);
        band.quadTo(x + thick + slant, 0, x + thick + slant * 0.6, width);
        band.lineTo(x + slant * 0.6, width);
        band.quadTo(x + slant, 0, x, -width);
        g.setPaint(mark.visible(0.45));
        g.fill(band);
      }
    } else {
      for (int i = 3 + kind.below(9); i > 0; i--) {
        double spot = width * kind.between(0.05, 0.2);
        g.setPaint(mark.visible(0.5));
        g.fill(
            new Ellipse2D.Double(
                length * kind.between(0.1, 0.95),
                width * kind.between(-0.1, 0.6),
                spot * 1.5,
                spot));
      }
    }
  }

  private void sheen(double length, double width) {
    double x = length * dice.between(0.2, 0.7);
    g.setPaint(new Color(255, 255, 255, plan.wing() == BodyPlan.Wing.ROOF ? 26 : 48));
    g.fill(new Ellipse2D.Double(x, -width * 0.05, length * 0.28, width * dice.between(0.1, 0.3)));
  }

  private void fringe(double length, double width) {
    g.setPaint(colour.times(0.5).visible(0.5));
    g.setStroke(new BasicStroke(0.0035f, 1, 1));
    for (int i = 0; i < 46; i++) {
      double t = i / 46.0;
      double x = length * (0.15 + 0.85 * t);
      double lean = 0.06 + 0.05 * t;
      g.draw(
          new Line2D.Double(
              x, width * 0.45, x + lean, width * 0.5 + length * 0.17 * (0.7 + 0.3 * t)));
      g.draw(new Line2D.Double(x, 0, x + lean, -length * 0.05));
    }
  }

  private void shell(Shape outline, double length, double width) {
    Dice kind = new Dice(markings, 0x5E11);
    double middle = kind.between(0.3, 0.45);
    g.setPaint(
        new LinearGradientPaint(
            new Point2D.Double(0, -width * 0.2),
            new Point2D.Double(0, width * 0.85),
            new float[] {0f, (float) middle, 1f},
            new Color[] {
              colour.times(0.7).visible(1),
              colour.times(1.35).visible(1),
              colour.times(0.42).visible(1)
            }));
    g.fill(outline);
    Shape clip = g.getClip();
    g.clip(outline);
    if (plan.wingWidth() > 0.25) {
      g.setPaint(new Color(16, 12, 10, 235));
      for (int i = 1 + kind.below(5); i > 0; i--) {
        double spot = width * kind.between(0.18, 0.34);
        g.fill(
            new Ellipse2D.Double(
                length * kind.between(0.08, 0.75), width * kind.between(-0.05, 0.5), spot, spot));
      }
    } else {
      g.setStroke(new BasicStroke(0.006f, 1, 1));
      g.setPaint(colour.times(0.4).visible(0.5));
      for (int i = 0; i < 6; i++) {
        double y = width * (-0.06 + 0.13 * i);
        Path2D.Double groove = new Path2D.Double();
        groove.moveTo(length * 0.04, y);
        groove.quadTo(length * 0.5, y * 1.15, length * 0.96, width * 0.2 + y * 0.4);
        g.draw(groove);
      }
    }
    g.setPaint(new Color(255, 255, 255, 120));
    g.fill(
        new Ellipse2D.Double(
            length * dice.between(0.15, 0.3), width * 0.13, length * 0.2, width * 0.07));
    g.setClip(clip);
    g.setPaint(colour.times(0.3).visible(0.9));
    g.setStroke(new BasicStroke(0.008f, 1, 1));
    g.draw(outline);
  }
}
