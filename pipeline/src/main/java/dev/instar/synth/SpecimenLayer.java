package dev.instar.synth;

import dev.instar.image.Region;
import dev.instar.image.Size;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;
import java.util.Optional;

/**
 * A transparent sheet as large as the photograph on which one insect is drawn, softened, textured,
 * and laid over the background with its shadow. Not thread-safe; reused from photograph to
 * photograph.
 */
final class SpecimenLayer {
  /**
   * Opacity, of 255, from which a pixel counts as insect: hairs and clear wing tips do, blurred
   * edges do not.
   */
  private static final int VISIBLE = 56;

  private static final int CELL = 8;
  private static final int TEXTURE = 256;

  private final Size size;
  private final BufferedImage image;
  private final int[] pixels;
  private final float[] texture = texture();
  private Region used = new Region(0, 0, 0, 0);

  SpecimenLayer(Size size) {
    this.size = size;
    image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_ARGB_PRE);
    pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }

  /**
   * Where and how an insect lies: the middle of its thorax and its length in pixels, its direction
   * in radians, mirrored or not.
   */
  record Place(double x, double y, double length, double direction, boolean mirrored) {}

  /** Draws an insect on the sheet, after wiping off the one before. */
  void draw(Insect insect, Place place) {
    clear();
    // Legs, antennae and tails reach at most this far from the thorax.
    int reach = (int) Math.ceil(place.length() * 2.1);
    Region around =
        new Region((int) place.x() - reach, (int) place.y() - reach, 2 * reach, 2 * reach);
    used = around.intersect(Region.of(size));
    Graphics2D g = Drawing.on(image);
    g.translate(place.x(), place.y());
    g.rotate(place.direction());
    g.scale(place.length(), place.mirrored() ? -place.length() : place.length());
    insect.draw(g);
    g.dispose();
    used = bounds(1).map(this::withMargin).orElse(new Region(0, 0, 0, 0));
  }

  /** Room for the shadow and for blurred edges. */
  private Region withMargin(Region drawn) {
    int margin = Math.max(6 * CELL, size.height() / 16);
    return new Region(
            drawn.x() - margin,
            drawn.y() - margin,
            drawn.width() + 2 * margin,
            drawn.height() + 2 * margin)
        .intersect(Region.of(size));
  }

  /** The smallest rectangle around what is visible, or nothing where the sheet is empty. */
  Optional<Region> bounds() {
    return bounds(VISIBLE);
  }

  private Optional<Region> bounds(int opacity) {
    int left = Integer.MAX_VALUE;
    int right = -1;
    int top = Integer.MAX_VALUE;
    int bottom = -1;
    for (int y = used.y(); y < used.bottom(); y++) {
      for (int x = used.x(); x < used.right(); x++) {
        if (pixels[y * size.width() + x] >>> 24 >= opacity) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    return right < 0
        ? Optional.empty()
        : Optional.of(new Region(left, top, right - left + 1, bottom - top + 1));
  }

  /**
   * Softens the sheet as a lens does that is a little out of focus; each pass spreads a pixel over
   * its neighbours.
   */
  void blur(int passes) {
    for (int pass = 0; pass < passes; pass++) {
      for (int y = used.y(); y < used.bottom(); y++) {
        blurLine(y * size.width() + used.x(), 1, used.width());
      }
      for (int x = used.x(); x < used.right(); x++) {
        blurLine(used.y() * size.width() + x, size.width(), used.height());
      }
    }
  }

  private void blurLine(int start, int step, int count) {
    int before = 0;
    for (int i = 0, at = start; i < count - 1; i++, at += step) {
      int here = pixels[at];
      int after = pixels[at + step];
      // (before + 2 here + after) / 4 in four bytes at once.
      int even = (before & 0xff00ff) + 2 * (here & 0xff00ff) + (after & 0xff00ff) + 0x020002;
      int odd =
          (before >>> 8 & 0xff00ff)
              + 2 * (here >>> 8 & 0xff00ff)
              + (after >>> 8 & 0xff00ff)
              + 0x020002;
      pixels[at] = even >>> 2 & 0xff00ff | (odd >>> 2 & 0xff00ff) << 8;
      before = here;
    }
  }

  /** Lays the sheet over {@code background}, opaque RGB ints of the photograph's size. */
  void layOver(int[] background, double shade, int grain, Dice dice) {
    int columns = used.width() / CELL + 3;
    float[] shadow = shadow(columns, used.height() / CELL + 3);
    int shiftX = (int) (grain * 0.03 * dice.normal());
    int shiftY = (int) (grain * 0.03 * dice.normal());
    int offset = dice.below(TEXTURE * TEXTURE);
    int texel = Math.max(1, 160 * 256 / Math.max(1, grain));
    for (int y = used.y(); y < used.bottom(); y++) {
      int cellRow = clamped(y - used.y() - shiftY, used.height()) / CELL;
      int textureRow = (y * texel >> 8) * TEXTURE + offset;
      for (int x = used.x(); x < used.right(); x++) {
        int at = y * size.width() + x;
        int over = pixels[at];
        int inX = clamped(x - used.x() - shiftX, used.width());
        int inY = clamped(y - used.y() - shiftY, used.height());
        float u = (inX % CELL) / (float) CELL;
        float v = (inY % CELL) / (float) CELL;
        int cell = cellRow * columns + inX / CELL;
        float upper = shadow[cell] + (shadow[cell + 1] - shadow[cell]) * u;
        float lower =
            shadow[cell + columns] + (shadow[cell + columns + 1] - shadow[cell + columns]) * u;
        float dark = 1 - (float) shade * (upper + (lower - upper) * v);
        int alpha = over >>> 24;
        if (alpha == 0 && dark > 0.999f) {
          continue;
        }
        float keep = dark * (255 - alpha) / 255f;
        float mottle = texture[textureRow + (x * texel >> 8) & TEXTURE * TEXTURE - 1];
        int under = background[at];
        int red = (int) ((over >> 16 & 255) * mottle + (under >> 16 & 255) * keep);
        int green = (int) ((over >> 8 & 255) * mottle + (under >> 8 & 255) * keep);
        int blue = (int) ((over & 255) * mottle + (under & 255) * keep);
        background[at] = Math.min(255, red) << 16 | Math.min(255, green) << 8 | Math.min(255, blue);
      }
    }
  }

  /** The opacity of cells, smoothed, 0 to 1. */
  private float[] shadow(int columns, int rows) {
    float[] cells = new float[columns * rows];
    for (int y = used.y(); y < used.bottom(); y += 2) {
      int row = (y - used.y()) / CELL * columns;
      for (int x = used.x(); x < used.right(); x += 2) {
        cells[row + (x - used.x()) / CELL] += pixels[y * size.width() + x] >>> 24;
      }
    }
    float full = 255f * CELL * CELL / 4;
    for (int i = 0; i < cells.length; i++) {
      cells[i] /= full;
    }
    for (int pass = 0; pass < 3; pass++) {
      float[] smooth = new float[cells.length];
      for (int i = columns + 1; i < cells.length - columns - 1; i++) {
        smooth[i] =
            (2 * cells[i] + cells[i - 1] + cells[i + 1] + cells[i - columns] + cells[i + columns])
                / 6;
      }
      cells = smooth;
    }
    return cells;
  }

  private void clear() {
    for (int y = used.y(); y < used.bottom(); y++) {
      int row = y * size.width();
      Arrays.fill(pixels, row + used.x(), row + used.right(), 0);
    }
  }

  private static int clamped(int value, int bound) {
    return Math.max(0, Math.min(bound - 1, value));
  }

  /** Skin is not smooth: noise of three coarsenesses around 1, the same for all. */
  private static float[] texture() {
    float[] noise = new float[TEXTURE * TEXTURE];
    Arrays.fill(noise, 1);
    for (int cell = 4; cell <= 64; cell *= 4) {
      int cells = TEXTURE / cell;
      Dice dice = new Dice(cell);
      double[] knots = new double[cells * cells];
      for (int i = 0; i < knots.length; i++) {
        knots[i] = 0.075 * dice.normal();
      }
      for (int y = 0; y < TEXTURE; y++) {
        for (int x = 0; x < TEXTURE; x++) {
          int left = x / cell;
          int top = y / cell;
          int right = (left + 1) % cells;
          int bottom = (top + 1) % cells;
          double u = Well.smooth((x % cell) / (double) cell);
          double v = Well.smooth((y % cell) / (double) cell);
          double upper = knots[top * cells + left] * (1 - u) + knots[top * cells + right] * u;
          double lower = knots[bottom * cells + left] * (1 - u) + knots[bottom * cells + right] * u;
          noise[y * TEXTURE + x] += (float) (upper * (1 - v) + lower * v);
        }
      }
    }
    return noise;
  }
}
