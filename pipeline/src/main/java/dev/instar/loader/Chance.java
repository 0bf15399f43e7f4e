package dev.instar.loader;

/**
 * Random numbers that are a function of what they are for: every draw is found again from the seed,
 * the epoch, the item and the purpose, in whatever order, thread or process it is made.
 *
 * <p>SplitMix64 (Steele, Lea and Flood 2014; Vigna's constants) that starts at a hash of the four:
 * {@code h = 0; for each number n: h = mix(h + gamma + n)}. {@code StrictMath} keeps draws through
 * logarithms the same on every machine. Allocates nothing; not thread-safe: one worker, one
 * instance.
 */
public final class Chance {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** What is drawn for. Each has numbers of its own, so that one choice does not move another. */
  public enum Purpose {
    ORDER,
    CROP,
    TURN,
    ROTATION,
    COLOUR,
    ERASURE,
    MIXING,
    SIZE
  }

  /** Starts the numbers of one item. */
  public Chance begin(long seed, long epoch, long item, Purpose purpose) {
    long hash = mix(GAMMA + seed);
    hash = mix(hash + GAMMA + epoch);
    hash = mix(hash + GAMMA + item);
    state = mix(hash + GAMMA + purpose.ordinal());
    return this;
  }

  /** As {@link #begin}, for the {@code repeat}th time that an epoch takes the item. */
  Chance begin(long seed, long epoch, long item, long repeat, Purpose purpose) {
    begin(seed, epoch, item, purpose);
    if (repeat > 0) {
      state = mix(state + GAMMA + repeat);
    }
    return this;
  }

  /** 64 random bits. */
  public long next() {
    state += GAMMA;
    return mix(state);
  }

  /** In [0, 1), a multiple of 2^-53. */
  double uniform() {
    return (next() >>> 11) * 0x1p-53;
  }

  /** In [from, to). */
  public double uniform(double from, double to) {
    return from + (to - from) * uniform();
  }

  /** From 0 to {@code bound - 1}, all alike to within {@code bound / 2^64}. */
  public int below(int bound) {
    // The high half of the product of two unsigned numbers (Lemire 2019), without its rejection.
    long bits = next();
    long high = Math.multiplyHigh(bits, bound) + (bits >> 63 & bound);
    return (int) high;
  }

  /** Whether something of that probability happens. */
  public boolean happens(double probability) {
    return uniform() < probability;
  }

  /** A factor that is at most {@code change} away from 1, and at least 0. */
  public double factor(double change) {
    return uniform(Math.max(0, 1 - change), 1 + change);
  }

  /** Puts a part of {@code values} in random order (Fisher and Yates). */
  public void shuffle(int[] values, int from, int to) {
    for (int i = to - 1; i > from; i--) {
      int other = from + below(i - from + 1);
      int kept = values[i];
      values[i] = values[other];
      values[other] = kept;
    }
  }

  /** From a symmetric beta distribution, in [0, 1]. */
  double beta(double alpha) {
    double one = logGamma(alpha);
    double other = logGamma(alpha);
    return 1 / (1 + StrictMath.exp(other - one));
  }

  /**
   * The logarithm of a draw from a gamma distribution of that shape and scale 1 (Marsaglia and
   * Tsang 2000); as a logarithm, since for small shapes the draw itself is often too small for a
   * double.
   */
  private double logGamma(double shape) {
    if (shape < 1) {
      // Their section 6: gamma(a) = gamma(a + 1) * u^(1/a).
      return logGamma(shape + 1) + StrictMath.log(positive()) / shape;
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = normal();
      double v = 1 + c * x;
      if (v > 0) {
        v = v * v * v;
        if (StrictMath.log(positive()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
          return StrictMath.log(d * v);
        }
      }
    }
  }

  /** From the standard normal distribution (Box and Muller 1958). */
  private double normal() {
    double radius = Math.sqrt(-2 * StrictMath.log(positive()));
    return radius * StrictMath.cos(2 * Math.PI * uniform());
  }

  /** In (0, 1]. */
  private double positive() {
    return ((next() >>> 11) + 1) * 0x1p-53;
  }

  private static long mix(long z) {
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
