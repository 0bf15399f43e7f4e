package dev.instar.taxonomy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects {@link Barcodes} from several threads. */
final class BarcodeColumn implements ColumnPlan {
  private static final int LENGTH = 0;
  private static final int AMBIGUOUS = 1;
  private static final int FOREIGN = 2;

  private static final long A = RowScanner.everyByte((byte) 'A');
  private static final long ONES = RowScanner.everyByte((byte) 1);

  private enum Kind {
    CERTAIN,
    AMBIGUOUS,
    GAP,
    FOREIGN
  }

  // IUPAC nucleotide codes (Cornish-Bowden 1985, table 1).
  private static final Kind[] KINDS = kinds();

  private final String name;
  private int[][][] numbers;
  private long[][] hashes;

  BarcodeColumn(String name) {
    this.name = name;
  }

  private static Kind[] kinds() {
    Kind[] kinds = new Kind[256];
    Arrays.fill(kinds, Kind.FOREIGN);
    for (char base : "ACGT".toCharArray()) {
      kinds[base] = Kind.CERTAIN;
    }
    for (char base : "URYSWKMBDHVN".toCharArray()) {
      kinds[base] = Kind.AMBIGUOUS;
    }
    kinds['-'] = Kind.GAP;
    return kinds;
  }

  @Override
  public void begin(int stretches) {
    numbers = new int[3][stretches][];
    hashes = new long[stretches][];
  }

  @Override
  public ColumnScan newScan() {
    return new Scan();
  }

  Barcodes join(int[] rowsBefore) {
    int rows = rowsBefore[rowsBefore.length - 1];
    int[][] joined = new int[3][rows];
    long[] joinedHashes = new long[rows];
    for (int stretch = 0; stretch < hashes.length; stretch++) {
      int row = rowsBefore[stretch];
      for (int k = 0; k < 3; k++) {
        int[] part = numbers[k][stretch];
        System.arraycopy(part, 0, joined[k], row, part.length);
      }
      System.arraycopy(hashes[stretch], 0, joinedHashes, row, hashes[stretch].length);
    }
    return new Barcodes(name, joined[LENGTH], joined[AMBIGUOUS], joined[FOREIGN], joinedHashes);
  }

  private final class Scan implements ColumnScan {
    private final int[][] pending = new int[3][4096];
    private long[] pendingHashes = new long[4096];
    private int count;

    @Override
    public void add(byte[] data, int from, int to, long appearance) {
      if (count == pendingHashes.length) {
        pendingHashes = Arrays.copyOf(pendingHashes, count * 2);
        for (int k = 0; k < 3; k++) {
          pending[k] = Arrays.copyOf(pending[k], count * 2);
        }
      }
      boolean absent = isMissing(data, from, to);
      pending[LENGTH][count] = absent ? 0 : to - from;
      pending[AMBIGUOUS][count] = 0;
      pending[FOREIGN][count] = 0;
      if (!absent) {
        classify(data, from, to);
      }
      pendingHashes[count] = absent ? 0 : hash(data, from, to);
      count++;
    }

    private boolean isMissing(byte[] data, int from, int to) {
      // The longest spelling of nothing has 14 characters, the shortest barcode of use far more.
      return to == from
          || to - from <= 14
              && MissingValues.NEVER_A_CLASS
                  .classOf(new String(data, from, to - from, StandardCharsets.UTF_8))
                  .isEmpty();
    }

    private void classify(byte[] data, int from, int to) {
      int i = from;
      int ambiguous = 0;
      int foreign = 0;
      while (i < to) {
        if (i + Long.BYTES <= to && certain(RowScanner.word(data, i))) {
          i += Long.BYTES;
          continue;
        }
        int end = Math.min(to, i + Long.BYTES);
        for (; i < end; i++) {
          Kind kind = KINDS[data[i] & 0xff];
          ambiguous += kind == Kind.AMBIGUOUS ? 1 : 0;
          foreign += kind == Kind.FOREIGN ? 1 : 0;
        }
      }
      pending[AMBIGUOUS][count] = ambiguous;
      pending[FOREIGN][count] = foreign;
    }

    /** Whether eight characters are all A, C, G or T. */
    private boolean certain(long word) {
      // Bits 1 and 2 of the letter tell the four apart: 0 A, 1 C, 2 T, 3 G. From them follows the
      // letter that it must be.
      long two = word >>> 1 & 0x0303030303030303L;
      long isT = two >>> 1 & ~two & ONES;
      return A + (two << 1) + (isT << 4) - isT == word;
    }

    private long hash(byte[] data, int from, int to) {
      int end = to;
      while (end > from && (data[end - 1] == 'N' || data[end - 1] == '-')) {
        end--;
      }
      return Hash64.of(data, from, end, 0);
    }

    @Override
    public void endStretch(int stretch) {
      for (int k = 0; k < 3; k++) {
        numbers[k][stretch] = Arrays.copyOf(pending[k], count);
      }
      hashes[stretch] = Arrays.copyOf(pendingHashes, count);
      count = 0;
    }
  }
}
