package dev.instar.taxonomy;

import java.nio.charset.StandardCharsets;

/** One column of texts that differ from row to row, packed. Immutable. */
public final class Identifiers {
  private final String name;
  private final byte[][] text;
  private final int[][] ends;
  private final int[] rowsBefore;

  Identifiers(String name, byte[][] text, int[][] ends, int[] rowsBefore) {
    this.name = name;
    this.text = text;
    this.ends = ends;
    this.rowsBefore = rowsBefore;
  }

  /** The column's name in the file. */
  public String name() {
    return name;
  }

  /** The number of rows. */
  public int rows() {
    return rowsBefore[rowsBefore.length - 1];
  }

  /** The text of a row; empty where the field is. */
  public String text(int row) {
    int stretch = stretchOf(row);
    int start = start(stretch, row);
    return new String(text[stretch], start, end(stretch, row) - start, StandardCharsets.UTF_8);
  }

  /** The UTF-8 length of a row's text, in bytes. */
  public int length(int row) {
    int stretch = stretchOf(row);
    return end(stretch, row) - start(stretch, row);
  }

  /**
   * A 64-bit hash of a row's text: XXH64 of its UTF-8 bytes with {@code seed}. It depends on
   * nothing else and is the same in every version.
   */
  public long hash(int row, long seed) {
    int stretch = stretchOf(row);
    return Hash64.of(text[stretch], start(stretch, row), end(stretch, row), seed);
  }

  private int stretchOf(int row) {
    if (row < 0 || row >= rows()) {
      throw new IndexOutOfBoundsException("row " + row + " of " + rows());
    }
    int low = 0;
    int high = rowsBefore.length - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (rowsBefore[middle] <= row) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int start(int stretch, int row) {
    int place = row - rowsBefore[stretch];
    return place == 0 ? 0 : ends[stretch][place - 1];
  }

  private int end(int stretch, int row) {
    return ends[stretch][row - rowsBefore[stretch]];
  }
}
