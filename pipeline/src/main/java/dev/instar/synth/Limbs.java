package dev.instar.synth;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/**
 * Draws what is thin: legs, antennae, tails, bristles. Lengths are fractions of the body's length.
 */
final class Limbs {
  private final Graphics2D g;
  private final BodyPlan plan;
  private final Dice dice;

  Limbs(Graphics2D g, BodyPlan plan, Dice dice) {
    this.g = g;
    this.plan = plan;
    this.dice = dice;
  }

  /**
   * One leg: thigh, shin and foot, from the body outwards; {@code curl} is how far its joints are
   * bent.
   */
  void leg(double x, double y, double direction, double curl, double scale, Pigment colour) {
    double total = plan.legLength() * scale;
    double width = plan.legWidth() * Math.sqrt(scale);
    int way = curl < 0 ? -1 : 1;
    Point2D.Double hip = new Point2D.Double(x, y);
    Point2D.Double knee = from(hip, direction, total * 0.36);
    double shin = direction + curl * 1.3;
    Point2D.Double ankle = from(knee, shin, total * 0.36);
    double foot = shin - way * dice.between(0.1, 0.8);
    Point2D.Double toe = from(ankle, foot, total * 0.28);
    taper(hip, knee, width, width * 0.72, colour);
    taper(knee, ankle, width * 0.62, width * 0.42, colour.times(0.94));
    Point2D.Double joint = ankle;
    for (int i = 1; i <= 4; i++) {
      double t = i / 4.0;
      Point2D.Double next =
          new Point2D.Double(
              ankle.x + (toe.x - ankle.x) * t + 0.012 * dice.normal() * total,
              ankle.y + (toe.y - ankle.y) * t + 0.012 * dice.normal() * total);
      taper(joint, next, width * 0.34, width * 0.24, colour.times(0.86));
      joint = next;
    }
    if (plan.bristles() > 0.25) {
      hairs(knee, ankle, width, (int) (10 * plan.bristles()), colour.times(0.5));
    }
  }

  void antenna(double x, double y, double direction, double bend, Pigment colour) {
    double length = plan.antennaLength();
    double width = plan.legWidth() * 0.5;
    int joints = plan.antenna() == BodyPlan.Antenna.ARISTA ? 3 : 14;
    double heading = direction;
    Point2D.Double at = new Point2D.Double(x, y);
    for (int i = 0; i < joints; i++) {
      double t = (i + 1.0) / joints;
      boolean elbow = plan.antenna() == BodyPlan.Antenna.ELBOW;
      heading += elbow ? (i == joints / 3 ? Math.signum(bend) * 1.1 : bend * 0.03) : bend / joints;
      Point2D.Double next = from(at, heading, length / joints);
      double thin = width * (1 - 0.55 * t);
      switch (plan.antenna()) {
        case BEADS -> bead(at, next, width * 0.95, colour);
        case CLUB -> taper(at, next, i > joints * 0.72 ? width * 2.1 : width * 0.8, width, colour);
        case ELBOW -> taper(at, next, width * (0.8 + 0.5 * t), width, colour);
        case ARISTA -> taper(at, next, i == 0 ? width * 2.4 : thin, thin, colour);
        case PLUME -> {
          taper(at, next, thin, thin, colour);
          plume(at, heading, length * 0.22 * Math.sin(Math.PI * Math.min(1, t + 0.12)), colour);
        }
        case THREAD -> taper(at, next, thin, thin * 0.94, colour);
      }
      at = next;
    }
  }

  void tails(Point2D.Double from, double direction, Pigment colour) {
    double length = plan.tailLength();
    int count =
        switch (plan.tail()) {
          case NONE -> 0;
          case STING -> 1;
          case TWO, FORCEPS -> 2;
          case THREE -> 3;
        };
    for (int i = 0; i < count; i++) {
      double side = count == 1 ? 0 : 2.0 * i / (count - 1) - 1;
      boolean forceps = plan.tail() == BodyPlan.Tail.FORCEPS;
      double heading = direction + side * (forceps ? 0.55 : dice.between(0.12, 0.4));
      double bend = forceps ? -side * 1.25 : dice.between(-0.5, 0.5);
      double width = forceps ? 0.045 : plan.tail() == BodyPlan.Tail.STING ? 0.02 : 0.018;
      Point2D.Double at =
          new Point2D.Double(
              from.x - side * 0.03 * Math.sin(direction),
              from.y + side * 0.03 * Math.cos(direction));
      int steps = 10;
      for (int k = 0; k < steps; k++) {
        heading += bend / steps;
        Point2D.Double next = from(at, heading, length / steps);
        double w = width * (1 - 0.75 * k / steps);
        taper(at, next, w, w * 0.92, colour);
        at = next;
      }
    }
  }

  /** Bristles that stand off the upper side of a body part. */
  void bristles(Tube tube, int count, double length, double side, Pigment colour) {
    g.setPaint(colour.visible(0.85));
    for (int i = 0; i < count; i++) {
      double t = dice.between(0.06, 0.96);
      Point2D.Double root = tube.beside(t, side * dice.between(0.5, 0.98));
      double heading = tube.heading(t) + side * Math.PI / 2 - side * dice.between(-0.7, 0.7);
      double reach = length * dice.between(0.5, 1.3);
      Point2D.Double middle = from(root, heading, reach * 0.55);
      Point2D.Double end = from(middle, heading + 0.4 * dice.normal(), reach * 0.45);
      Path2D.Double hair = new Path2D.Double();
      hair.moveTo(root.x, root.y);
      hair.quadTo(middle.x, middle.y, end.x, end.y);
      g.setStroke(new BasicStroke((float) (0.0035 + 0.003 * plan.bristles()), 1, 1));
      g.draw(hair);
    }
  }

  private void plume(Point2D.Double at, double heading, double length, Pigment colour) {
    g.setPaint(colour.visible(0.5));
    g.setStroke(new BasicStroke(0.004f, 1, 1));
    for (int side = -1; side <= 1; side += 2) {
      for (int i = 0; i < 3; i++) {
        Point2D.Double end = from(at, heading + side * dice.between(0.6, 1.2), length);
        g.draw(new Line2D.Double(at, end));
      }
    }
  }

  private void hairs(Point2D.Double a, Point2D.Double b, double width, int count, Pigment colour) {
    double along = Math.atan2(b.y - a.y, b.x - a.x);
    g.setPaint(colour.visible(0.7));
    g.setStroke(new BasicStroke(0.0035f, 1, 1));
    for (int i = 0; i < count; i++) {
      double t = dice.unit();
      Point2D.Double root = new Point2D.Double(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t);
      g.draw(
          new Line2D.Double(
              root, from(root, along + dice.sign() * dice.between(0.5, 1.1), width * 1.5)));
    }
  }

  private void bead(Point2D.Double a, Point2D.Double b, double width, Pigment colour) {
    double gap = a.distance(b);
    taper(a, b, width * 0.4, width * 0.4, colour);
    double length = Math.min(gap * 0.8, width * 1.5);
    Path2D.Double path =
        new Path2D.Double(new Ellipse2D.Double(-length / 2, -width / 2, length, width));
    path.transform(
        java.awt.geom.AffineTransform.getRotateInstance(Math.atan2(b.y - a.y, b.x - a.x)));
    path.transform(
        java.awt.geom.AffineTransform.getTranslateInstance((a.x + b.x) / 2, (a.y + b.y) / 2));
    g.setPaint(colour.visible(1));
    g.fill(path);
  }

  /** A limb's piece: a rounded bar, darker at its edges, with a thread of light along it. */
  private void taper(
      Point2D.Double a, Point2D.Double b, double startWidth, double endWidth, Pigment colour) {
    double along = Math.atan2(b.y - a.y, b.x - a.x);
    Path2D.Double path = new Path2D.Double();
    double startX = Math.sin(along) * startWidth / 2;
    double startY = -Math.cos(along) * startWidth / 2;
    double endX = Math.sin(along) * endWidth / 2;
    double endY = -Math.cos(along) * endWidth / 2;
    double bulge = 0.25;
    double middleX = a.x + (b.x - a.x) * 0.35;
    double middleY = a.y + (b.y - a.y) * 0.35;
    path.moveTo(a.x + startX, a.y + startY);
    path.quadTo(
        middleX + startX * (1 + bulge), middleY + startY * (1 + bulge), b.x + endX, b.y + endY);
    path.lineTo(b.x - endX, b.y - endY);
    path.quadTo(
        middleX - startX * (1 + bulge), middleY - startY * (1 + bulge), a.x - startX, a.y - startY);
    path.closePath();
    g.setPaint(colour.times(0.72).visible(0.97));
    g.fill(path);
    g.setStroke(new BasicStroke((float) (Math.min(startWidth, endWidth) * 0.5), 1, 1));
    g.setPaint(colour.times(0.8).visible(0.97));
    g.draw(new Line2D.Double(a, b));
    g.setStroke(new BasicStroke((float) (Math.min(startWidth, endWidth) * 0.22), 1, 1));
    g.setPaint(colour.times(1.35).visible(0.55));
    g.draw(
        new Line2D.Double(a.x + endX * 0.3, a.y + endY * 0.3, b.x + endX * 0.3, b.y + endY * 0.3));
  }

  private static Point2D.Double from(Point2D.Double point, double direction, double length) {
    return new Point2D.Double(
        point.x + length * Math.cos(direction), point.y + length * Math.sin(direction));
  }
}
