package dev.instar.crop;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Size;
import dev.instar.pack.NameTable;
import java.util.Arrays;
import java.util.Optional;

/**
 * One row for each photograph: its key, its box or none, the size it was drawn on where that is
 * known, and the line that said so: about 40 bytes beside the key.
 */
final class BoxTable {
  private static final int CORNERS = 4;
  private static final int LONGEST_KEY = 4096;

  /** Stands for a row where there are several. */
  private static final int SEVERAL = -2;

  private final String file;
  private final NameTable keys = new NameTable();
  private final NameTable fileNames = new NameTable();
  private float[] corners = new float[1 << 8];
  private int[] widths = new int[1 << 6];
  private int[] heights = new int[1 << 6];
  private int[] lines = new int[1 << 6];
  private int[] rowsOfFileNames = new int[1 << 6];

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
    if (key.length() > LONGEST_KEY) {
      throw new BoxFileException(file, line, "a name of " + key.length() + " characters");
    }
    int row = keys.add(key);
    if (row == NameTable.NONE) {
      throw new BoxFileException(
          file,
          line,
          key + " is listed a second time, the first is in line " + lines[keys.find(key)]);
    }
    grow(row);
    addFileName(key, row);
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

  /** The row of {@code key}, or {@link NameTable#NONE}. */
  int find(String key) {
    return keys.find(key);
  }

  /**
   * The row whose key, a path, ends in this file name, or {@link NameTable#NONE}.
   *
   * @throws InputException if there are several
   */
  int findFileName(String fileName) throws InputException {
    int number = fileNames.find(fileName);
    if (number == NameTable.NONE) {
      return NameTable.NONE;
    }
    int row = rowsOfFileNames[number];
    if (row == SEVERAL) {
      throw new InputException(
          Fault.NO_BOX, file + " lists several photographs of this name, in different folders");
    }
    return row;
  }

  private void addFileName(String key, int row) {
    int slash = key.lastIndexOf('/');
    if (slash < 0) {
      return;
    }
    String fileName = key.substring(slash + 1);
    int number = fileNames.add(fileName);
    if (number == NameTable.NONE) {
      rowsOfFileNames[fileNames.find(fileName)] = SEVERAL;
      return;
    }
    if (number == rowsOfFileNames.length) {
      rowsOfFileNames = Arrays.copyOf(rowsOfFileNames, number + (number >> 1));
    }
    rowsOfFileNames[number] = row;
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
      int rows = row + (row >> 1);
      lines = Arrays.copyOf(lines, rows);
      widths = Arrays.copyOf(widths, rows);
      heights = Arrays.copyOf(heights, rows);
      corners = Arrays.copyOf(corners, Math.multiplyExact(rows, CORNERS));
    }
  }
}
