package dev.instar.taxonomy;

/**
 * XXH64 (Collet, xxHash specification 0.1.1): a fast 64-bit hash of bytes, the same everywhere and
 * in every version.
 */
final class Hash64 {
  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;
  private static final int STRIPE = 4 * Long.BYTES;

  private Hash64() {}

  /** The hash of {@code data[from, to)}; {@link RowScanner#PADDING} readable bytes follow it. */
  static long of(byte[] data, int from, int to, long seed) {
    int i = from;
    long hash;
    if (to - from >= STRIPE) {
      long a = seed + P1 + P2;
      long b = seed + P2;
      long c = seed;
      long d = seed - P1;
      for (; i <= to - STRIPE; i += STRIPE) {
        a = round(a, RowScanner.word(data, i));
        b = round(b, RowScanner.word(data, i + 8));
        c = round(c, RowScanner.word(data, i + 16));
        d = round(d, RowScanner.word(data, i + 24));
      }
      hash =
          Long.rotateLeft(a, 1)
              + Long.rotateLeft(b, 7)
              + Long.rotateLeft(c, 12)
              + Long.rotateLeft(d, 18);
      hash = merge(merge(merge(merge(hash, a), b), c), d);
    } else {
      hash = seed + P5;
    }
    return tail(data, i, to, hash + (to - from));
  }

  private static long tail(byte[] data, int from, int to, long start) {
    long hash = start;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      hash ^= round(0, RowScanner.word(data, i));
      hash = Long.rotateLeft(hash, 27) * P1 + P4;
    }
    if (i <= to - Integer.BYTES) {
      hash ^= (RowScanner.word(data, i) & 0xffffffffL) * P1;
      hash = Long.rotateLeft(hash, 23) * P2 + P3;
      i += Integer.BYTES;
    }
    for (; i < to; i++) {
      hash ^= (data[i] & 0xff) * P5;
      hash = Long.rotateLeft(hash, 11) * P1;
    }
    hash ^= hash >>> 33;
    hash *= P2;
    hash ^= hash >>> 29;
    hash *= P3;
    return hash ^ hash >>> 32;
  }

  private static long round(long lane, long word) {
    return Long.rotateLeft(lane + word * P2, 31) * P1;
  }

  private static long merge(long hash, long lane) {
    return (hash ^ round(0, lane)) * P1 + P4;
  }
}
