package dev.instar.taxonomy;

import java.util.Arrays;

/** Collects {@link Identifiers} from several threads. */
final class IdentifierColumn implements ColumnPlan {
  private final String name;
  private byte[][] text;
  private int[][] ends;

  IdentifierColumn(String name) {
    this.name = name;
  }

  @Override
  public void begin(int stretches) {
    text = new byte[stretches][];
    ends = new int[stretches][];
  }

  @Override
  public ColumnScan newScan() {
    return new Scan();
  }

  Identifiers join(int[] rowsBefore) {
    return new Identifiers(name, text, ends, rowsBefore);
  }

  private final class Scan implements ColumnScan {
    private byte[] pending = new byte[1 << 16];
    private int[] pendingEnds = new int[4096];
    private int count;
    private int length;

    @Override
    public void add(byte[] data, int from, int to, long appearance) {
      int end = length + to - from;
      if (end + RowScanner.PADDING > pending.length) {
        pending = Arrays.copyOf(pending, (end + RowScanner.PADDING) * 2);
      }
      if (count == pendingEnds.length) {
        pendingEnds = Arrays.copyOf(pendingEnds, count * 2);
      }
      System.arraycopy(data, from, pending, length, to - from);
      length = end;
      pendingEnds[count++] = end;
    }

    @Override
    public void endStretch(int stretch) {
      // The padding that hashing reads beyond the last text.
      byte[] kept = new byte[length + RowScanner.PADDING];
      System.arraycopy(pending, 0, kept, 0, length);
      text[stretch] = kept;
      ends[stretch] = Arrays.copyOf(pendingEnds, count);
      count = 0;
      length = 0;
    }
  }
}
