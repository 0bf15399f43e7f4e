package dev.instar.train.detection;

import dev.instar.detect.InputSize;
import dev.instar.image.Normalisation;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Size;
import java.util.List;

/**
 * How photographs with boxes are loaded.
 *
 * @param batch pictures of a full batch
 * @param shuffled whether each epoch has an order of its own; else it is that of the source
 * @param threads that decode
 * @param queue batches that may be ready or in work at a time, at least 2
 * @param seed of every random choice, with the epoch and the record
 * @param shorterSides lengths of the shorter side, in pixels; each batch draws one
 * @param longestSide the most pixels of the longer side: where they do not suffice, the shorter
 *     side has fewer
 */
record DetectionPlan(
    int batch,
    boolean shuffled,
    int threads,
    int queue,
    long seed,
    List<Integer> shorterSides,
    int longestSide,
    DetectionAugmentation augmentation,
    Normalisation normalisation) {
  /** A batch is one buffer. */
  private static final long LARGEST_BATCH = Integer.MAX_VALUE - 8;

  DetectionPlan {
    shorterSides = List.copyOf(shorterSides);
    if (batch < 1 || threads < 1 || queue < 2) {
      throw new IllegalArgumentException(
          "batches of %d on %d threads, %d at a time; at least 1, 1 and 2 are needed"
              .formatted(batch, threads, queue));
    }
    if (shorterSides.isEmpty()) {
      throw new IllegalArgumentException("no length of the shorter side; at least one is needed");
    }
    for (int side : shorterSides) {
      InputSize largest = new InputSize(side, longestSide);
      if ((long) largest.shorterSide() * largest.longestSide()
          > LARGEST_BATCH / batch / PixelBuffer.CHANNELS / Float.BYTES) {
        throw new IllegalArgumentException(
            "a batch of %d pictures of %dx%d pixels would take 2 GiB or more; take fewer"
                .formatted(batch, side, longestSide));
      }
    }
  }

  /** The size that a photograph gets, with a shorter side of so many pixels. */
  Size sizeOf(Size photograph, int shorterSide) {
    return new InputSize(shorterSide, longestSide).of(photograph);
  }

  /** The size for measuring: with the longest of the shorter sides. */
  Size largestOf(Size photograph) {
    return sizeOf(
        photograph, shorterSides.stream().mapToInt(Integer::intValue).max().orElseThrow());
  }
}
