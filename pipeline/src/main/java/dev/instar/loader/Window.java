package dev.instar.loader;

import dev.instar.image.CorruptImageException;
import dev.instar.image.Fault;
import dev.instar.image.SamplePlan;

/**
 * Which part of a picture becomes a sample: a part is cut out, resized, and a window of the
 * sample's side is cut out of that. The arithmetic is torchvision's, rounding included.
 *
 * <p>Reused from sample to sample; allocates nothing. Not thread-safe: one worker, one window.
 */
final class Window {
  /** Attempts at a random part before the middle is taken (torchvision's RandomResizedCrop). */
  private static final int ATTEMPTS = 10;

  private final int resize;
  private final int side;
  private final double leastArea;
  private final double mostArea;
  private final double leastRatio;
  private final double mostRatio;
  private final double leastLogRatio;
  private final double mostLogRatio;

  int cropX;
  int cropY;
  int cropWidth;
  int cropHeight;
  int resizedWidth;
  int resizedHeight;
  int x;
  int y;

  Window(Augmentation augmentation) {
    resize = augmentation.resize();
    side = augmentation.crop();
    leastArea = augmentation.scale().get(0);
    mostArea = augmentation.scale().get(1);
    leastRatio = augmentation.ratio().get(0);
    mostRatio = augmentation.ratio().get(1);
    leastLogRatio = StrictMath.log(leastRatio);
    mostLogRatio = StrictMath.log(mostRatio);
  }

  /** The middle, after the shorter side was resized. */
  void center(int width, int height) {
    resizeShorterSide(width, height);
    // CenterCrop: Python's round, to even.
    x = (int) Math.rint((resizedWidth - side) / 2.0);
    y = (int) Math.rint((resizedHeight - side) / 2.0);
  }

  /** Any window, after the shorter side was resized (RandomCrop). */
  void random(int width, int height, Chance chance) {
    resizeShorterSide(width, height);
    y = chance.below(resizedHeight - side + 1);
    x = chance.below(resizedWidth - side + 1);
  }

  /** A part of random area and shape, resized (RandomResizedCrop). */
  void randomResized(int width, int height, Chance chance) {
    drawPart(width, height, chance);
    squashPart();
  }

  /** The whole, both sides resized. */
  void squash(int width, int height) {
    part(0, 0, width, height);
    squashPart();
  }

  /**
   * Says so to a plan for a picture of {@code width} by {@code height}.
   *
   * @throws CorruptImageException if the picture is too long and narrow to be resized
   */
  void into(SamplePlan plan, int width, int height) throws CorruptImageException {
    int longest = Math.max(Math.max(width, height), Math.max(resizedWidth, resizedHeight));
    if (longest > SamplePlan.LONGEST_SIDE) {
      throw new CorruptImageException(
          Fault.TOO_MANY_PIXELS,
          "a picture of "
              + width
              + "x"
              + height
              + " pixels, which would become "
              + resizedWidth
              + "x"
              + resizedHeight
              + ", and a side has at most "
              + SamplePlan.LONGEST_SIDE);
    }
    plan.reset(width, height)
        .crop(cropX, cropY, cropWidth, cropHeight)
        .resize(resizedWidth, resizedHeight)
        .window(x, y);
  }

  private void resizeShorterSide(int width, int height) {
    part(0, 0, width, height);
    resizedWidth = width <= height ? resize : scaled(width, height);
    resizedHeight = width <= height ? scaled(height, width) : resize;
  }

  /** Resize truncates: {@code int(size * long / short)}. */
  private int scaled(int longer, int shorter) {
    return (int) Math.min(Integer.MAX_VALUE, (long) resize * longer / shorter);
  }

  private void drawPart(int width, int height, Chance chance) {
    double area = (double) width * height;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double wanted = area * chance.uniform(leastArea, mostArea);
      double ratio = StrictMath.exp(chance.uniform(leastLogRatio, mostLogRatio));
      int partWidth = (int) Math.rint(Math.sqrt(wanted * ratio));
      int partHeight = (int) Math.rint(Math.sqrt(wanted / ratio));
      if (partWidth > 0 && partWidth <= width && partHeight > 0 && partHeight <= height) {
        int top = chance.below(height - partHeight + 1);
        int left = chance.below(width - partWidth + 1);
        part(left, top, partWidth, partHeight);
        return;
      }
    }
    middlePart(width, height);
  }

  /** The largest part in the middle whose shape is allowed. */
  private void middlePart(int width, int height) {
    double ratio = (double) width / height;
    int partWidth = width;
    int partHeight = height;
    if (ratio < leastRatio) {
      partHeight = Math.max(1, (int) Math.rint(width / leastRatio));
    } else if (ratio > mostRatio) {
      partWidth = Math.max(1, (int) Math.rint(height * mostRatio));
    }
    part((width - partWidth) / 2, (height - partHeight) / 2, partWidth, partHeight);
  }

  private void squashPart() {
    resizedWidth = side;
    resizedHeight = side;
    x = 0;
    y = 0;
  }

  private void part(int left, int top, int width, int height) {
    cropX = left;
    cropY = top;
    cropWidth = width;
    cropHeight = height;
  }
}
