package dev.instar.detect;

import java.util.Arrays;

/**
 * What a plane of CIELAB would be without the specimen: the median of a wide window around every
 * place, over cells of 8 x 8 pixels, with straight lines between the cells' centres. Not
 * thread-safe.
 */
final class Background {
  /** The side of a cell in pixels. */
  private static final int CELL = 8;

  /** Cells from a window's centre to its edge; beyond the picture's edge its cells repeat. */
  private static final int REACH = 7;

  private static final int WINDOW = 2 * REACH + 1;

  // The median is found by counting, in bins of an eighth, over all that a plane may hold.
  private static final int BINS_PER_UNIT = 8;
  private static final int OFFSET = 128;
  private static final int BINS = 2 * OFFSET * BINS_PER_UNIT;

  private final int[] histogram = new int[BINS];
  private int[] cells = {};
  private float[] medians = {};
  private float[] row = {};
  private int[] lefts = {};
  private float[] across = {};
  private int columns;
  private int rows;

  /** Writes {@code plane}'s background into {@code into}. */
  void of(float[] plane, int width, int height, float[] into) {
    columns = Math.max(1, Math.round((float) width / CELL));
    rows = Math.max(1, Math.round((float) height / CELL));
    if (cells.length < columns * rows) {
      cells = new int[columns * rows];
      medians = new float[columns * rows];
    }
    average(plane, width, height);
    for (int y = 0; y < rows; y++) {
      medianRow(y);
    }
    spread(width, height, into);
  }

  private void average(float[] plane, int width, int height) {
    for (int cy = 0; cy < rows; cy++) {
      int top = cy * height / rows;
      int bottom = (cy + 1) * height / rows;
      for (int cx = 0; cx < columns; cx++) {
        int left = cx * width / columns;
        int right = (cx + 1) * width / columns;
        double sum = 0;
        for (int y = top; y < bottom; y++) {
          for (int x = left; x < right; x++) {
            sum += plane[y * width + x];
          }
        }
        double mean = sum / ((bottom - top) * (right - left));
        long bin = Math.round((mean + OFFSET) * BINS_PER_UNIT);
        cells[cy * columns + cx] = (int) Math.max(0, Math.min(BINS - 1, bin));
      }
    }
  }

  /** Huang's sliding histogram: from one place to the next only two columns of cells change. */
  private void medianRow(int y) {
    Arrays.fill(histogram, 0);
    int below = 0; // counted values in bins under the median's
    int median = 0;
    for (int dx = -REACH; dx <= REACH; dx++) {
      below += count(dx, y, 1, median);
    }
    for (int x = 0; x < columns; x++) {
      if (x > 0) {
        below += count(x - REACH - 1, y, -1, median);
        below += count(x + REACH, y, 1, median);
      }
      int half = WINDOW * WINDOW / 2;
      while (below > half) {
        below -= histogram[--median];
      }
      while (below + histogram[median] <= half) {
        below += histogram[median++];
      }
      medians[y * columns + x] = (float) median / BINS_PER_UNIT - OFFSET;
    }
  }

  /**
   * Adds a window's column to the histogram or takes it away; what changes under {@code median}.
   */
  private int count(int x, int y, int weight, int median) {
    int column = Math.max(0, Math.min(columns - 1, x));
    int below = 0;
    for (int dy = -REACH; dy <= REACH; dy++) {
      int bin = cells[Math.max(0, Math.min(rows - 1, y + dy)) * columns + column];
      histogram[bin] += weight;
      below += bin < median ? weight : 0;
    }
    return below;
  }

  private void spread(int width, int height, float[] into) {
    place(width);
    int last = columns - 1;
    for (int y = 0; y < height; y++) {
      double fromTop = between(y, height, rows);
      int above = (int) fromTop;
      int under = Math.min(above + 1, rows - 1);
      float down = (float) (fromTop - above);
      for (int c = 0; c < columns; c++) {
        float upper = medians[above * columns + c];
        row[c] = upper + down * (medians[under * columns + c] - upper);
      }
      int begin = y * width;
      for (int x = 0; x < width; x++) {
        int left = lefts[x];
        float value = row[left];
        into[begin + x] = value + across[x] * (row[Math.min(left + 1, last)] - value);
      }
    }
  }

  /** Where a row's pixels lie, once for all rows. */
  private void place(int width) {
    if (lefts.length < width) {
      lefts = new int[width];
      across = new float[width];
    }
    if (row.length < columns) {
      row = new float[columns];
    }
    for (int x = 0; x < width; x++) {
      double fromLeft = between(x, width, columns);
      lefts[x] = (int) fromLeft;
      across[x] = (float) (fromLeft - lefts[x]);
    }
  }

  /** Where a pixel lies among the cells' centres, from 0 to the last cell. */
  private static double between(int pixel, int pixels, int cells) {
    return Math.max(0, Math.min(cells - 1, (pixel + 0.5) * cells / pixels - 0.5));
  }
}
