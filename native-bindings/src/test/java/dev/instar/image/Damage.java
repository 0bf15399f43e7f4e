package dev.instar.image;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What happens to files: bytes and bits change, and ends are lost. The same seed, the same damage.
 */
final class Damage {
  private final SplittableRandom random;

  Damage(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A damaged copy of a JPEG. */
  byte[] of(byte[] original) {
    byte[] damaged = original.clone();
    int changes = random.nextInt(5);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(damaged.length);
      damaged[at] =
          (byte)
              (random.nextBoolean() ? random.nextInt(256) : damaged[at] ^ 1 << random.nextInt(8));
    }
    if (random.nextInt(3) == 0) {
      int length = 2 + random.nextInt(damaged.length - 2);
      damaged = Arrays.copyOf(damaged, length);
      if (random.nextBoolean()) {
        damaged[length - 2] = (byte) 0xff;
        damaged[length - 1] = (byte) 0xd9;
      }
    }
    return damaged;
  }
}
