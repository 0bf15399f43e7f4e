package dev.instar.train.detection;

import dev.instar.image.PixelBuffer;
import dev.instar.image.Size;
import dev.instar.memory.NativeBuffer;
import dev.instar.train.detection.SetCriterion.Target;
import java.util.List;
import java.util.function.Consumer;

/**
 * Pictures of one size that are ready for a network, and what is in them. Its memory goes back to
 * the loader when it is closed, and must not be touched afterwards. Of whoever took it from the
 * epoch; not thread-safe.
 */
final class DetectionBatch implements AutoCloseable {
  private final int number;
  private final Size picture;
  private final List<DetectionSample> samples;
  private final List<Target> targets;
  private final NativeBuffer slab;
  private final Consumer<NativeBuffer> owner;
  private boolean open = true;

  DetectionBatch(
      int number,
      Size picture,
      List<DetectionSample> samples,
      List<Target> targets,
      NativeBuffer slab,
      Consumer<NativeBuffer> owner) {
    this.number = number;
    this.picture = picture;
    this.samples = List.copyOf(samples);
    this.targets = List.copyOf(targets);
    this.slab = slab;
    this.owner = owner;
  }

  /** Its number in the epoch, from 0. */
  int number() {
    return number;
  }

  /** The number of pictures; photographs that were skipped are not among them. */
  int size() {
    return samples.size();
  }

  /** The size of every picture. */
  Size picture() {
    return picture;
  }

  /** The address of {@code [size, 3, height, width]} float32, normalised. */
  long images() {
    if (!open) {
      throw new IllegalStateException("the batch is closed");
    }
    return slab.address();
  }

  /** What is in each picture, boxes as fractions of it. */
  List<Target> targets() {
    return targets;
  }

  /** The photograph of each picture. */
  List<DetectionSample> samples() {
    return samples;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      owner.accept(slab);
    }
  }

  /** Bytes of one picture. */
  static int pictureBytes(Size picture) {
    return Math.toIntExact(picture.pixels() * PixelBuffer.CHANNELS * Float.BYTES);
  }
}
