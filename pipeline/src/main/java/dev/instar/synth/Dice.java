package dev.instar.synth;

/**
 * Random numbers that depend on a seed and a path of numbers alone: SplitMix64 (Steele, Lea and
 * Flood 2014). Not thread-safe.
 */
final class Dice {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  Dice(long seed, long... path) {
    state = mixed(seed + GOLDEN_GAMMA);
    for (long step : path) {
      state = mixed(state ^ mixed(step + GOLDEN_GAMMA));
    }
  }

  /** 64 random bits. */
  long bits() {
    state += GOLDEN_GAMMA;
    return mixed(state);
  }

  /** In [0, 1). */
  double unit() {
    return (bits() >>> 11) * 0x1p-53;
  }

  double between(double low, double high) {
    return low + (high - low) * unit();
  }

  int below(int bound) {
    return (int) (unit() * bound);
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  /** -1 or 1. */
  int sign() {
    return bits() < 0 ? -1 : 1;
  }

  /**
   * About normal with standard deviation 1, never beyond 3.5: the sum of four uniform numbers,
   * scaled.
   */
  double normal() {
    return (unit() + unit() + unit() + unit() - 2) * Math.sqrt(3);
  }

  private static long mixed(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
