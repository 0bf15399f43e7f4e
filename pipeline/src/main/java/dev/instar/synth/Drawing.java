package dev.instar.synth;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** How Java2D is told to draw here. */
final class Drawing {
  static {
    // Before AWT looks for a screen: a DISPLAY without a server would stop it.
    System.setProperty("java.awt.headless", "true");
  }

  private Drawing() {}

  /** A pen on {@code image} with smooth edges and coordinates that are not snapped to pixels. */
  static Graphics2D on(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    return g;
  }
}
