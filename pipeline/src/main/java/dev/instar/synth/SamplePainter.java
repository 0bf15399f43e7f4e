package dev.instar.synth;

import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Paints the photographs of one plan. What it paints depends on the plan and the sample alone. Not
 * thread-safe: one worker, one painter.
 */
public final class SamplePainter {
  private static final int GRAIN = 1 << 14;

  private final SynthPlan plan;
  private final BufferedImage canvas;
  private final int[] pixels;
  private final SpecimenLayer layer;
  private final byte[] grain = new byte[GRAIN];
  private final byte[] row;

  public SamplePainter(SynthPlan plan) {
    this.plan = plan;
    canvas =
        new BufferedImage(plan.size().width(), plan.size().height(), BufferedImage.TYPE_INT_RGB);
    pixels = ((DataBufferInt) canvas.getRaster().getDataBuffer()).getData();
    layer = new SpecimenLayer(plan.size());
    row = new byte[plan.size().width() * PixelBuffer.CHANNELS];
    Dice dice = new Dice(0x6A1);
    for (int i = 0; i < GRAIN; i++) {
      grain[i] = (byte) Math.rint(1.5 * dice.normal());
    }
  }

  /**
   * Paints {@code sample}; {@code into} takes the plan's size.
   *
   * @return the smallest rectangle around the insect, or nothing where the well came out empty, as
   *     one in fifty does
   */
  public Optional<Region> paint(Sample sample, PixelBuffer into) {
    Dice dice = new Dice(plan.seed(), sample.index(), 0xB06);
    Well well = new Well(plan.size(), dice);
    well.draw(canvas);
    Optional<Region> box = Optional.empty();
    if (!dice.chance(0.02)) {
      if (dice.chance(0.03)) {
        layInsect(sample.lineage(), well, 0.6, dice);
      }
      box = layInsect(sample.lineage(), well, 1, dice);
    }
    develop(into, dice);
    return box;
  }

  private Optional<Region> layInsect(Lineage lineage, Well well, double scale, Dice dice) {
    BodyPlan body = BodyPlan.of(lineage);
    Dice kind = new Dice(plan.seed(), lineage.uri().hashCode(), 0x51D);
    double height = Math.min(plan.size().height(), plan.size().width());
    double usual = kind.between(body.smallest(), body.largest());
    double length = scale * height * usual * (1 + 0.06 * dice.normal());
    layer.draw(new Insect(body, kind, dice), place(well, length, dice));
    Optional<Region> box = layer.bounds();
    boolean outOfFocus = dice.chance(0.05);
    layer.blur((int) Math.rint(height / 768 * (outOfFocus ? 9 : 1)));
    layer.layOver(pixels, dice.between(0.2, 0.38), (int) length, dice);
    return box;
  }

  private SpecimenLayer.Place place(Well well, double length, Dice dice) {
    double direction = dice.between(0, 2 * Math.PI);
    double x;
    double y;
    if (dice.chance(0.05)) {
      x = plan.size().width() * dice.between(0.2, 0.8);
      y = dice.chance(0.5) ? length * 0.1 : plan.size().height() - 1 - length * 0.1;
    } else {
      double room = Math.max(0, well.radius() * 0.86 - length * 0.6);
      double far = room * Math.sqrt(dice.unit());
      double angle = dice.between(0, 2 * Math.PI);
      // The thorax lies in front of the body's middle.
      x = well.centreX() + far * Math.cos(angle) + length * 0.18 * Math.cos(direction);
      y = well.centreY() + far * Math.sin(angle) + length * 0.18 * Math.sin(direction);
    }
    return new SpecimenLayer.Place(x, y, length, direction, dice.chance(0.5));
  }

  /** Adds the camera's noise and hands the pixels over. */
  private void develop(PixelBuffer into, Dice dice) {
    into.reshape(plan.size());
    ByteBuffer target = into.asByteBuffer();
    int width = plan.size().width();
    for (int y = 0; y < plan.size().height(); y++) {
      int noise = (int) dice.bits();
      for (int x = 0; x < width; x++) {
        int rgb = pixels[y * width + x];
        int all = grain[noise + x & GRAIN - 1];
        row[3 * x] =
            bright((rgb >> 16 & 255) + all + (grain[noise + 3 * x + 5000 & GRAIN - 1] >> 1));
        row[3 * x + 1] = bright((rgb >> 8 & 255) + all);
        row[3 * x + 2] = bright((rgb & 255) + all + grain[noise + 3 * x + 9000 & GRAIN - 1]);
      }
      target.put(row);
    }
  }

  private static byte bright(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }
}
