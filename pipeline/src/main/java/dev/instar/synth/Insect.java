package dev.instar.synth;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/**
 * One specimen: the looks of its kind and its own pose. It is drawn around the middle of its
 * thorax, head to the right, one unit long.
 */
final class Insect {
  private final BodyPlan plan;
  private final Dice dice;
  private final long markings;
  private final boolean fromAbove;
  private final double bend;
  private final double banding;
  private final Pigment thorax;
  private final Pigment abdomen;
  private final Pigment legs;
  private final Pigment eyes;
  private final Pigment wings;

  /** {@code kind} throws what specimens of one BIN share, {@code own} what they do not. */
  Insect(BodyPlan plan, Dice kind, Dice own) {
    this.plan = plan;
    this.dice = own;
    markings = kind.bits();
    thorax = colour(0, kind, 0.22);
    abdomen = colour(1, kind, 0.22);
    legs = colour(2, kind, 0.18);
    eyes = colour(3, kind, 0.2);
    wings = colour(4, kind, 0.10);
    banding = kind.between(0.12, 0.6);
    boolean shelled = plan.wing() == BodyPlan.Wing.SHELL;
    fromAbove = own.chance(shelled ? 0.85 : 0.45);
    bend = fromAbove ? 0.28 * own.normal() : own.between(-0.1, 1.0);
  }

  private Pigment colour(int which, Dice kind, double amount) {
    return Pigment.of(plan.colours()[which]).varied(kind, amount).varied(dice, 0.05);
  }

  /** Draws it with {@code g}, whose unit is the body's length. */
  void draw(Graphics2D g) {
    Limbs limbs = new Limbs(g, plan, dice);
    Wings wing = new Wings(g, plan, wings, markings, dice);
    Tube chest = chest();
    Tube belly = belly();
    boolean wingsBelow = plan.wing() == BodyPlan.Wing.CLEAR || plan.wing() == BodyPlan.Wing.FRINGE;
    drawLegs(limbs, -1);
    if (wingsBelow) {
      drawSpreadWings(wing);
    }
    drawAntennae(limbs, -1);
    limbs.tails(belly.axis(0.99), belly.heading(1), abdomen.times(0.8));
    belly.draw(g, abdomen, banding, fromAbove ? 0 : -0.6, dice);
    drawLegs(limbs, 1);
    if (plan.bristles() > 0) {
      limbs.bristles(belly, (int) (34 * plan.bristles()), 0.07, -1, thorax.times(0.4));
      limbs.bristles(belly, (int) (24 * plan.bristles()), 0.06, 1, thorax.times(0.4));
    }
    chest.draw(g, thorax, 0.10, fromAbove ? 0 : -0.6, dice);
    if (plan.bristles() > 0) {
      limbs.bristles(chest, (int) (26 * plan.bristles()), 0.10, -1, thorax.times(0.4));
      limbs.bristles(
          chest, (int) (14 * plan.bristles()), 0.08, fromAbove ? 1 : -1, thorax.times(0.4));
    }
    drawGloss(
        g, 0, -0.18 * plan.thoraxWidth(), plan.thoraxLength() * 0.42, plan.thoraxWidth() * 0.2);
    if (!wingsBelow && plan.wing() != BodyPlan.Wing.NONE) {
      drawFoldedWings(wing);
    }
    drawHead(g);
    drawAntennae(limbs, 1);
  }

  private Tube chest() {
    double length = plan.thoraxLength();
    return new Tube(length / 2, 0, Math.PI, 0, length, plan.thoraxWidth(), 0.55, 0.5, 0.45, 3);
  }

  private Tube belly() {
    double start = -plan.thoraxLength() * 0.46;
    double tip = plan.tail() == BodyPlan.Tail.FORCEPS ? 0.6 : 0.12;
    double widest = plan.waist() < 0.4 ? 0.48 : 0.36;
    int side = fromAbove ? 1 : -1;
    return new Tube(
        start,
        0,
        Math.PI,
        side * bend,
        plan.abdomenLength(),
        plan.abdomenWidth(),
        plan.waist(),
        tip,
        widest,
        plan.segments());
  }

  private void drawLegs(Limbs limbs, int side) {
    double reach = plan.thoraxLength();
    for (int pair = 0; pair < 3; pair++) {
      double x = reach * (0.30 - 0.28 * pair);
      boolean jumping = pair == 2 && plan.legWidth() > 0.055;
      double scale = (pair == 2 ? 1.15 : pair == 1 ? 0.95 : 0.85) * (jumping ? 1.35 : 0.95);
      double turn = (pair - 1) * 0.55 + 0.16 * dice.normal();
      Pigment colour = side < 0 ? legs.times(0.82) : legs;
      if (fromAbove) {
        double direction = side * (Math.PI / 2 + turn);
        double curl = side * (pair == 0 ? -1 : 1) * dice.between(0.25, 0.95);
        limbs.leg(x, side * plan.thoraxWidth() * 0.3, direction, curl, scale, colour);
      } else {
        double direction = Math.PI / 2 + turn + (side < 0 ? 0.3 : 0) * dice.normal();
        double curl = (dice.chance(0.7) ? 1 : -1) * dice.between(0.2, 1.1);
        limbs.leg(x, plan.thoraxWidth() * 0.28, direction, curl, scale, colour);
      }
    }
  }

  private void drawAntennae(Limbs limbs, int side) {
    double x = plan.thoraxLength() / 2 + plan.head() * 1.35;
    if (fromAbove) {
      double direction = side * dice.between(0.25, 0.8);
      limbs.antenna(
          x, side * plan.head() * 0.35, direction, side * dice.between(-0.2, 1.1), legs.times(0.8));
    } else {
      double direction = -0.3 + 0.35 * dice.normal();
      double shade = side < 0 ? 0.68 : 0.82;
      limbs.antenna(x, -plan.head() * 0.2, direction, dice.between(-0.9, 1.4), legs.times(shade));
    }
  }

  private void drawSpreadWings(Wings wing) {
    double spread = fromAbove ? dice.between(0.25, 1.2) : dice.between(0.1, 0.7);
    double x = plan.thoraxLength() * 0.12;
    for (int pair = plan.wingPairs() - 1; pair >= 0; pair--) {
      double scale = pair == 0 ? 1 : 0.72;
      double root = x - pair * plan.thoraxLength() * 0.22;
      double open = spread * (1 - 0.35 * pair);
      if (fromAbove) {
        double edge = plan.thoraxWidth() * 0.3;
        wing.wing(root, -edge, Math.PI + open + 0.08 * dice.normal(), 1, scale);
        wing.wing(root, edge, Math.PI - open + 0.08 * dice.normal(), -1, scale);
      } else {
        double edge = plan.thoraxWidth() * 0.34;
        wing.wing(root, -edge, Math.PI + open + 0.22 + 0.1 * dice.normal(), -1, scale);
        wing.wing(root, -edge, Math.PI + open, -1, scale);
      }
    }
  }

  private void drawFoldedWings(Wings wing) {
    boolean shell = plan.wing() == BodyPlan.Wing.SHELL;
    double root = shell ? -plan.thoraxLength() * 0.44 : plan.thoraxLength() * 0.15;
    double gape =
        shell ? (dice.chance(0.15) ? dice.between(0.1, 0.4) : 0.01) : dice.between(0.02, 0.22);
    if (fromAbove) {
      double edge = shell ? 0.005 : plan.thoraxWidth() * 0.18;
      // The front margin lies outside on a roof, the seam of shells is their front margin here.
      int side = shell ? -1 : 1;
      wing.wing(root, -edge, Math.PI + gape, shell ? 1 : -1, 1);
      wing.wing(root, edge, Math.PI - gape, side, 1);
    } else {
      double edge = plan.thoraxWidth() * 0.36;
      wing.wing(root, -edge, Math.PI + 0.10 + gape, -1, 1);
      wing.wing(root, -edge * 0.9, Math.PI + 0.02, -1, 1);
    }
  }

  private void drawHead(Graphics2D g) {
    double radius = plan.head();
    double x = plan.thoraxLength() / 2 + radius * 0.72;
    double y = fromAbove ? 0 : radius * 0.15;
    Ellipse2D.Double skull =
        new Ellipse2D.Double(x - radius * 0.85, y - radius, radius * 1.7, radius * 2);
    Pigment skin = thorax.towards(abdomen, 0.2);
    g.setPaint(
        new RadialGradientPaint(
            new Point2D.Double(x, y - radius * 0.3),
            (float) (radius * 1.35),
            new float[] {0f, 0.6f, 1f},
            new Color[] {
              skin.times(1.2).visible(1), skin.visible(1), skin.times(0.45).visible(1)
            }));
    g.fill(skull);
    if (plan.antenna() == BodyPlan.Antenna.ELBOW && plan.waist() == 1) {
      drawSnout(g, x + radius * 0.6, y);
    }
    // Flies have little in their heads but eyes.
    double eye = radius * (plan.antenna() == BodyPlan.Antenna.ARISTA ? 1 : 0.72);
    if (fromAbove) {
      drawEye(g, x + radius * 0.1, y - radius * 0.74, eye * 0.56);
      drawEye(g, x + radius * 0.1, y + radius * 0.74, eye * 0.56);
    } else {
      drawEye(g, x + radius * 0.2, y - radius * 0.15, eye * 0.70);
    }
  }

  private void drawSnout(Graphics2D g, double x, double y) {
    Path2D.Double snout = new Path2D.Double();
    snout.moveTo(x, y);
    snout.quadTo(x + plan.head() * 1.2, y, x + plan.head() * 2.1, y + plan.head() * 0.9);
    g.setStroke(new BasicStroke((float) (plan.head() * 0.6), 1, 1));
    g.setPaint(thorax.times(0.7).visible(1));
    g.draw(snout);
  }

  private void drawEye(Graphics2D g, double x, double y, double radius) {
    g.setPaint(
        new RadialGradientPaint(
            new Point2D.Double(x - radius * 0.2, y - radius * 0.3),
            (float) (radius * 1.2),
            new float[] {0f, 1f},
            new Color[] {eyes.times(1.6).visible(1), eyes.times(0.5).visible(1)}));
    g.fill(new Ellipse2D.Double(x - radius * 0.8, y - radius, radius * 1.6, radius * 2));
    drawGloss(g, x - radius * 0.15, y - radius * 0.4, radius * 0.3, radius * 0.24);
  }

  private static void drawGloss(Graphics2D g, double x, double y, double width, double height) {
    g.setPaint(new Color(255, 255, 255, 46));
    g.fill(new Ellipse2D.Double(x - width / 2, y - height / 2, width, height));
    g.setPaint(new Color(255, 255, 255, 70));
    g.fill(new Ellipse2D.Double(x - width / 4, y - height / 4, width / 2, height / 2));
  }
}
