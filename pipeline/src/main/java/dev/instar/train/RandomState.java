package dev.instar.train;

/**
 * The seed of what a network draws in a step, dropout and stochastic depth. It follows from where
 * training stands, so there is no state of a generator to save.
 */
final class RandomState {
  /** 2^64 over the golden ratio, as in SplittableRandom (Steele et al. 2014). */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private RandomState() {}

  static long at(long seed, int epoch, int batch) {
    return mixed(mixed(seed + GOLDEN) + ((long) epoch << 32 | batch & 0xffffffffL) * GOLDEN);
  }

  /** MurmurHash3's finaliser in Stafford's variant 13. */
  private static long mixed(long z) {
    long y = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    y = (y ^ y >>> 27) * 0x94d049bb133111ebL;
    return y ^ y >>> 31;
  }
}
