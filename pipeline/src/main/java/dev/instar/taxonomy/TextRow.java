package dev.instar.taxonomy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The values of one row, in one buffer that grows as needed. Not thread-safe. */
final class TextRow {
  private byte[] data = new byte[4096];
  private final int[] starts;
  private final int[] ends;
  private int length;

  TextRow(int columns) {
    starts = new int[columns];
    ends = new int[columns];
  }

  /** Makes every value empty. */
  void clear() {
    length = 0;
    Arrays.fill(starts, 0);
    Arrays.fill(ends, 0);
  }

  void set(int column, byte[] value) {
    if (length + value.length > data.length) {
      data = Arrays.copyOf(data, (length + value.length) * 2);
    }
    System.arraycopy(value, 0, data, length, value.length);
    starts[column] = length;
    length += value.length;
    ends[column] = length;
  }

  void set(int column, String value) {
    set(column, value.getBytes(StandardCharsets.UTF_8));
  }

  byte[] data() {
    return data;
  }

  int from(int column) {
    return starts[column];
  }

  int to(int column) {
    return ends[column];
  }
}
