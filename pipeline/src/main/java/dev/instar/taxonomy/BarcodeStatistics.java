package dev.instar.taxonomy;

import java.util.Arrays;

/**
 * What the barcodes of a table are like. Lengths are in characters, padding included.
 *
 * @param present records with a barcode
 * @param missing records without one
 * @param shortest the shortest length
 * @param medianLength the middle length
 * @param meanLength the mean length
 * @param longest the longest length
 * @param withAmbiguity records whose barcode has a base other than A, C, G, T
 * @param ambiguousShare the share of such bases in all characters
 * @param malformed records whose barcode has a character that is no IUPAC code and no gap
 * @param distinct different barcodes; copies that differ in trailing padding alone are the same
 * @param identical records whose barcode another record has too
 * @param largestGroup the most records with one barcode
 */
public record BarcodeStatistics(
    long present,
    long missing,
    int shortest,
    double medianLength,
    double meanLength,
    int longest,
    long withAmbiguity,
    double ambiguousShare,
    long malformed,
    long distinct,
    long identical,
    long largestGroup) {

  /** Describes all barcodes of a table. */
  public static BarcodeStatistics of(Barcodes barcodes) {
    int rows = barcodes.rows();
    long[] hashes = new long[rows];
    int[] lengths = new int[rows];
    int present = 0;
    long characters = 0;
    long ambiguous = 0;
    long withAmbiguity = 0;
    long malformed = 0;
    for (int row = 0; row < rows; row++) {
      int length = barcodes.length(row);
      if (length == 0) {
        continue;
      }
      hashes[present] = barcodes.hash(row);
      lengths[present++] = length;
      characters += length;
      ambiguous += barcodes.ambiguous(row);
      withAmbiguity += barcodes.ambiguous(row) > 0 ? 1 : 0;
      malformed += barcodes.foreign(row) > 0 ? 1 : 0;
    }
    if (present == 0) {
      return new BarcodeStatistics(0, rows, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
    Arrays.sort(lengths, 0, present);
    long[] groups = groups(hashes, present);
    return new BarcodeStatistics(
        present,
        rows - present,
        lengths[0],
        (lengths[(present - 1) / 2] + (double) lengths[present / 2]) / 2,
        (double) characters / present,
        lengths[present - 1],
        withAmbiguity,
        (double) ambiguous / characters,
        malformed,
        groups[0],
        groups[1],
        groups[2]);
  }

  /**
   * The number of groups of equal values, the number of values in groups of two or more, and the
   * largest group.
   */
  private static long[] groups(long[] values, int count) {
    Arrays.sort(values, 0, count);
    long groups = 0;
    long shared = 0;
    long largest = 0;
    for (int start = 0; start < count; ) {
      int end = start + 1;
      while (end < count && values[end] == values[start]) {
        end++;
      }
      groups++;
      shared += end - start > 1 ? end - start : 0;
      largest = Math.max(largest, end - start);
      start = end;
    }
    return new long[] {groups, shared, largest};
  }
}
