package dev.instar.crop;

import dev.instar.image.Size;
import java.util.Arrays;
import java.util.Optional;

/**
 * One row for each photograph: its key, its box or none, the size it was drawn on where that is
 * known, and the line that said so: about 40 bytes beside the key.
 */
final class BoxTable {
  private static final int CORNERS = 4;

  private final String file;
  private final KeyIndex keys = new KeyIndex();
  private float[] corners = new float[1 << 8];
  private int[] widths = new int[1 << 6];
  private int[] heights = new int[1 << 6];
  private int[] lines = new int[1 << 6];

  BoxTable(String file) {
    this.file = file;
  }

  /**
   * Adds a row.
   *
   * @throws BoxFileException if there is one of the same key
   */
  void add(String key, Optional<BoundingBox> box, Optional<Size> drawnOn, long line)
      throws BoxFileException {
    int row = keys.add(key);
    if (row < 0) {
      throw new BoxFileException(
          file,
          line,
          key + " is listed a second time, the first is in line " + lines[keys.find(key)]);
    }
    grow(row);
    lines[row] = (int) line;
    drawnOn.ifPresent(
        size -> {
          widths[row] = size.width();
          heights[row] = size.height();
        });
    corners[row * CORNERS] = Float.NaN;
    box.ifPresent(
        present -> {
          corners[row * CORNERS] = present.x0();
          corners[row * CORNERS + 1] = present.y0();
          corners[row * CORNERS + 2] = present.x1();
          corners[row * CORNERS + 3] = present.y1();
        });
  }

  int size() {
    return keys.size();
  }

  /** The row of {@code key}, or -1. */
  int find(String key) {
    return keys.find(key);
  }

  boolean hasBox(int row) {
    return !Float.isNaN(corners[row * CORNERS]);
  }

  BoundingBox box(int row) {
    int at = row * CORNERS;
    return new BoundingBox(corners[at], corners[at + 1], corners[at + 2], corners[at + 3]);
  }

  Optional<Size> drawnOn(int row) {
    return widths[row] == 0 ? Optional.empty() : Optional.of(new Size(widths[row], heights[row]));
  }

  private void grow(int row) {
    if (row == lines.length) {
      int rows = KeyIndex.grown(row, row + 1);
      lines = Arrays.copyOf(lines, rows);
      widths = Arrays.copyOf(widths, rows);
      heights = Arrays.copyOf(heights, rows);
      corners = Arrays.copyOf(corners, Math.multiplyExact(rows, CORNERS));
    }
  }
}
