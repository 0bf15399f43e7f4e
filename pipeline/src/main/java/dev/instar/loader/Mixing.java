package dev.instar.loader;

import dev.instar.image.BatchFormat;
import dev.instar.image.BatchFormat.Layout;
import dev.instar.image.PixelBuffer;
import dev.instar.loader.Chance.Purpose;
import java.nio.ByteBuffer;

/**
 * Mixup (Zhang et al. 2018) and cutmix (Yun et al. 2019) of a batch, in place: each sample with the
 * one at its mirrored place, as timm's Mixup does it in its mode "batch". A sample in the middle is
 * mixed with itself. With both, a batch draws one.
 *
 * <p>Not thread-safe: one worker, one.
 */
final class Mixing {
  /** Values that are blended at a time, so that they stay in the nearest cache. */
  private static final int CHUNK = 2048;

  private final double mixup;
  private final double cutmix;
  private final BatchFormat format;
  private final Chance chance = new Chance();
  private final float[] one = new float[CHUNK];
  private final float[] other = new float[CHUNK];
  private final byte[] row;
  private final byte[] otherRow;

  Mixing(Augmentation augmentation, BatchFormat format) {
    mixup = augmentation.mixup();
    cutmix = augmentation.cutmix();
    this.format = format;
    row = new byte[format.size().width() * PixelBuffer.CHANNELS * format.type().bytes()];
    otherRow = new byte[row.length];
  }

  /** Whether batches are mixed at all. */
  boolean mixes() {
    return mixup > 0 || cutmix > 0;
  }

  /**
   * Mixes the first {@code size} samples.
   *
   * @param batch a number that only this batch of the epoch has
   * @return the part that each sample keeps of itself
   */
  double mix(ByteBuffer samples, int size, long seed, int epoch, long batch) {
    chance.begin(seed, epoch, batch, Purpose.MIXING);
    boolean cuts = cutmix > 0 && (mixup == 0 || chance.happens(0.5));
    double kept = chance.beta(cuts ? cutmix : mixup);
    if (cuts) {
      return exchange(samples, size, kept);
    }
    blend(samples, size, kept);
    return kept;
  }

  /** Each sample becomes {@code kept} of itself and the rest of its partner. */
  private void blend(ByteBuffer samples, int size, double kept) {
    BatchValues values = BatchValues.of(samples, format.type());
    int length = format.sampleBytes() / format.type().bytes();
    float own = (float) kept;
    float partners = (float) (1 - kept);
    for (int i = 0, j = size - 1; i < j; i++, j--) {
      for (int from = 0; from < length; from += CHUNK) {
        int count = Math.min(CHUNK, length - from);
        values.load(i * length + from, one, count);
        values.load(j * length + from, other, count);
        for (int v = 0; v < count; v++) {
          float a = one[v];
          float b = other[v];
          one[v] = own * a + partners * b;
          other[v] = own * b + partners * a;
        }
        values.store(i * length + from, one, count);
        values.store(j * length + from, other, count);
      }
    }
  }

  /**
   * Partners exchange a rectangle of {@code 1 - kept} of their area, less what of it lies outside.
   *
   * @return the part of the area that was not exchanged, exactly
   */
  private double exchange(ByteBuffer samples, int size, double kept) {
    int width = format.size().width();
    int height = format.size().height();
    // Yun et al. 2019, eq. 2; the rectangle's middle is drawn, and its parts outside are cut off.
    double side = Math.sqrt(1 - kept);
    int halfWidth = (int) (width * side) / 2;
    int halfHeight = (int) (height * side) / 2;
    int y = chance.below(height);
    int x = chance.below(width);
    int top = Math.max(0, y - halfHeight);
    int bottom = Math.min(height, y + halfHeight);
    int left = Math.max(0, x - halfWidth);
    int right = Math.min(width, x + halfWidth);
    for (int i = 0, j = size - 1; i < j; i++, j--) {
      for (int line = top; line < bottom; line++) {
        exchangeRow(samples, i, j, line, left, right);
      }
    }
    return 1 - (double) (right - left) * (bottom - top) / format.size().pixels();
  }

  private void exchangeRow(ByteBuffer samples, int i, int j, int line, int left, int right) {
    boolean planar = format.layout() == Layout.NCHW;
    int planes = planar ? PixelBuffer.CHANNELS : 1;
    int pixel = format.type().bytes() * (planar ? 1 : PixelBuffer.CHANNELS);
    int width = format.size().width();
    int plane = format.sampleBytes() / planes;
    int count = (right - left) * pixel;
    for (int p = 0; p < planes; p++) {
      int within = p * plane + (line * width + left) * pixel;
      samples.get(i * format.sampleBytes() + within, row, 0, count);
      samples.get(j * format.sampleBytes() + within, otherRow, 0, count);
      samples.put(i * format.sampleBytes() + within, otherRow, 0, count);
      samples.put(j * format.sampleBytes() + within, row, 0, count);
    }
  }
}
