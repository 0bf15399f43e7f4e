package dev.instar.synth;

import dev.instar.image.Size;

/**
 * What a made-up collection consists of; equal plans give equal collections.
 *
 * @param records the number of photographs, at least 1
 * @param size of each photograph, 64 x 64 pixels or more
 * @param seed chooses one of many collections
 * @param mix how often each order occurs
 */
public record SynthPlan(int records, Size size, long seed, Mix mix) {
  private static final int SMALLEST_SIDE = 64;
  private static final long MOST_PIXELS = 50_000_000;

  public SynthPlan {
    if (records < 1) {
      throw new IllegalArgumentException(
          "a collection of " + records + " records, it needs 1 or more");
    }
    if (Math.min(size.width(), size.height()) < SMALLEST_SIDE || size.pixels() > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "photographs of " + size + " pixels: draw them between 64x64 and 50 million pixels");
    }
  }

  /** How often each order occurs. */
  public enum Mix {
    /** As in BIOSCAN-1M: four in five are flies, the rarest order has 6 of 1.1 million. */
    NATURAL,
    /** All 16 orders equally often. */
    EVEN
  }
}
