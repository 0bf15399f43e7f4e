package dev.instar.bench;

import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.pack.ImageRecord;
import java.util.SplittableRandom;

/**
 * Records such as the published cropped collection has: 341x256 pixels in 8 KB (6.6 in the mean).
 */
final class SmallRecords {
  static final int BYTES = 8192;

  private static final Size STORED = new Size(341, 256);
  private static final Size ORIGINAL = new Size(2880, 2160);

  private SmallRecords() {}

  /** What is known of record {@code index}. */
  static ImageRecord record(int index) {
    return new ImageRecord(index + ".jpg", 1, STORED, ORIGINAL, Region.of(ORIGINAL));
  }

  /** The content of record {@code index}: noise, as JPEG data is. */
  static Bytes content(int index) {
    byte[] noise = new byte[BYTES];
    new SplittableRandom(index).nextBytes(noise);
    return Bytes.copyOf(noise);
  }
}
