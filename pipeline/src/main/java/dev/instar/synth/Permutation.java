package dev.instar.synth;

/**
 * A shuffling of the numbers from 0 to {@code size - 1} that needs no memory: four rounds of a
 * Feistel network over the next power of four, walked until the number is small enough (Black and
 * Rogaway 2002). Immutable.
 */
final class Permutation {
  private static final int ROUNDS = 4;

  private final long seed;
  private final int size;
  private final int halfBits;

  Permutation(long seed, int size) {
    this.seed = seed;
    this.size = size;
    halfBits = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(size - 1) + 1) / 2);
  }

  /** Where {@code number} goes. */
  int of(int number) {
    long place = number;
    do {
      place = scrambled(place);
    } while (place >= size);
    return (int) place;
  }

  private long scrambled(long number) {
    long mask = (1L << halfBits) - 1;
    long left = number >>> halfBits;
    long right = number & mask;
    for (int round = 0; round < ROUNDS; round++) {
      long next = left ^ new Dice(seed, round, right).bits() & mask;
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }
}
