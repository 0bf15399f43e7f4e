package dev.instar.taxonomy;

/**
 * A 64-bit hash of bytes, eight a step, after wyhash (Wang Yi, final version 3): multiply to 128
 * bits and fold. Stable between versions.
 */
final class Hash64 {
  private static final long P0 = 0xa0761d6478bd642fL;
  private static final long P1 = 0xe7037ed1a0b428dbL;

  private Hash64() {}

  /** The hash of {@code data[from, to)}; {@link RowScanner#PADDING} readable bytes follow it. */
  static long of(byte[] data, int from, int to, long seed) {
    long hash = seed ^ P0;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      hash = fold(RowScanner.word(data, i) ^ P1, hash);
    }
    int rest = to - i;
    if (rest > 0) {
      long word = RowScanner.word(data, i) & ((1L << (rest * 8)) - 1);
      hash = fold(word ^ P1, hash);
    }
    return fold(hash ^ (to - from), P1);
  }

  private static long fold(long a, long b) {
    // The constants keep a zero factor from swallowing the other one.
    long x = a ^ P0;
    long y = b ^ P1;
    return (x * y) ^ Math.multiplyHigh(x, y) ^ a ^ Long.rotateLeft(b, 32);
  }
}
