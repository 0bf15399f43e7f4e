package dev.instar.image;

import dev.instar.image.BatchFormat.Layout;
import java.nio.ByteBuffer;

/** Writes packed RGB into a sample's slot: normalised, in its layout and type. */
final class SampleWriter {
  private static final int STEP = PixelBuffer.CHANNELS;

  private final BatchFormat format;
  private final float[] values;

  SampleWriter(BatchFormat format) {
    this.format = format;
    this.values = values(format.normalisation());
  }

  /**
   * The values of the 256 bytes, for red, then green, then blue: the float32 that PyTorch's {@code
   * byte.float().div(255).sub(mean).div(std)} gives.
   */
  static float[] values(Normalisation normalisation) {
    float[] values = new float[STEP * 256];
    for (int c = 0; c < STEP; c++) {
      float mean = normalisation.mean().get(c).floatValue();
      float deviation = normalisation.std().get(c).floatValue();
      for (int level = 0; level < 256; level++) {
        values[c * 256 + level] = (level / 255f - mean) / deviation;
      }
    }
    return values;
  }

  /** The byte that is nearest to a channel's mean: what erasing leaves in a batch of bytes. */
  static int meanLevel(Normalisation normalisation, int channel) {
    double level = Math.rint(normalisation.mean().get(channel) * 255);
    return (int) Math.max(0, Math.min(255, level));
  }

  void write(byte[] pixels, SamplePlan plan, ByteBuffer slot) {
    int width = format.size().width();
    int height = format.size().height();
    for (int y = 0, at = 0; y < height; y++) {
      boolean erasedRow = y >= plan.eraseY && y < plan.eraseY + plan.eraseHeight;
      for (int x = 0; x < width; x++) {
        boolean erased = erasedRow && x >= plan.eraseX && x < plan.eraseX + plan.eraseWidth;
        for (int c = 0; c < STEP; c++, at++) {
          int place = format.layout() == Layout.CHANNELS_LAST ? at : (c * height + y) * width + x;
          put(slot, place, c, pixels[at] & 0xff, erased);
        }
      }
    }
  }

  private void put(ByteBuffer slot, int place, int channel, int level, boolean erased) {
    switch (format.type()) {
      case UINT8 ->
          slot.put(place, (byte) (erased ? meanLevel(format.normalisation(), channel) : level));
      case BFLOAT16 ->
          slot.putShort(2 * place, erased ? 0 : bfloat16(values[channel * 256 + level]));
      case FLOAT32 -> slot.putFloat(4 * place, erased ? 0 : values[channel * 256 + level]);
    }
  }

  /** The upper half of a finite float32, rounded to nearest, ties to even. */
  static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
  }
}
