package dev.instar.split;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The chance behind every split: a number for each record that depends on the seed and the record's
 * id alone.
 *
 * <p>The draw is the first eight bytes, the most significant first, of the SHA-256 digest of {@code
 * SEED:ID} in UTF-8, and records are drawn in ascending order of it, as unsigned numbers. Neither
 * the order of rows nor the number of threads matters, and any other program can repeat it. Not
 * thread-safe: one instance a thread.
 */
final class Draws {
  private final MessageDigest digest;
  private final byte[] seed;

  Draws(long seed) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    this.seed = (seed + ":").getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The draw of the record {@code id[from, from + length)}, in UTF-8; compare draws as unsigned
   * numbers.
   */
  long of(byte[] id, int from, int length) {
    digest.update(seed);
    digest.update(id, from, length);
    byte[] hash = digest.digest();
    long draw = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      draw = draw << 8 | hash[i] & 0xff;
    }
    return draw;
  }

  /** As {@link #of(byte[], int, int)} for a text. */
  long of(String id) {
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    return of(bytes, 0, bytes.length);
  }

  /**
   * The rows in the order in which they are drawn; equal draws, which only equal ids have, stay in
   * file order.
   */
  static int[] order(long[] draws) {
    long[] packed = new long[draws.length];
    for (int row = 0; row < draws.length; row++) {
      // The sign is flipped so that signed order is the draws' unsigned order.
      packed[row] = (draws[row] ^ Long.MIN_VALUE) & 0xffffffff00000000L | row;
    }
    Arrays.parallelSort(packed);
    int[] rows = new int[packed.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (int) packed[i];
      settle(rows, i, draws);
    }
    return rows;
  }

  /**
   * Moves the row at {@code last} before those whose draws differ from its own only in the lower
   * half and are larger.
   */
  private static void settle(int[] rows, int last, long[] draws) {
    int row = rows[last];
    int at = last;
    while (at > 0 && Long.compareUnsigned(draws[rows[at - 1]], draws[row]) > 0) {
      rows[at] = rows[at - 1];
      at--;
    }
    rows[at] = row;
  }

  /**
   * How many rows, given in drawn order, have the same draw as another before them: repeated ids.
   */
  static int repeated(int[] order, long[] draws) {
    int repeated = 0;
    for (int i = 1; i < order.length; i++) {
      repeated += draws[order[i]] == draws[order[i - 1]] ? 1 : 0;
    }
    return repeated;
  }
}
