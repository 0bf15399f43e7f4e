package dev.instar.detect;

import dev.instar.crop.Photograph;
import dev.instar.crop.PhotographReader;
import dev.instar.image.Box;
import dev.instar.image.Filter;
import dev.instar.image.InputException;
import dev.instar.image.Normalisation;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Resampler;
import dev.instar.image.Size;
import dev.instar.memory.NativeBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Makes of photographs what DETR was trained on: decoded whole, resized as Pillow does it, over
 * 255, normalised with ImageNet's means. Owns its buffers; not thread-safe.
 */
final class DetrPreparation implements DetrDetector.Preparation {
  private static final int LEVELS = 256;

  private final InputSize input;
  private final PhotographReader reader = new PhotographReader();
  private final Resampler resampler = Resampler.best();
  private final PixelBuffer resized = new PixelBuffer();
  private final float[][] normalised = new float[PixelBuffer.CHANNELS][LEVELS];
  private byte[] row = {};

  DetrPreparation(InputSize input) {
    this.input = input;
    Normalisation imageNet = Normalisation.IMAGENET;
    for (int c = 0; c < PixelBuffer.CHANNELS; c++) {
      for (int level = 0; level < LEVELS; level++) {
        double share = level / (LEVELS - 1.0);
        normalised[c][level] = (float) ((share - imageNet.mean().get(c)) / imageNet.std().get(c));
      }
    }
  }

  @Override
  public PreparedPicture prepare(Photograph photograph) throws InputException {
    PixelBuffer picture = reader.full(photograph);
    Size size = input.of(photograph.size());
    if (!size.equals(picture.size())) {
      resized.reshape(size);
      resampler.resize(picture, Box.of(picture.size()), resized, Filter.BILINEAR);
      picture = resized;
    }
    NativeBuffer planes = NativeBuffer.allocate(PreparedPicture.bytesOf(size));
    boolean success = false;
    try {
      spread(picture, planes.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer());
      success = true;
      return new PreparedPicture(planes, size, photograph.size());
    } finally {
      if (!success) {
        planes.close();
      }
    }
  }

  @Override
  public long memoryFor(Photograph photograph) {
    Size size = input.of(photograph.size());
    return PhotographReader.memoryFor(photograph, Integer.MAX_VALUE)
        + PixelBuffer.bytesOf(size)
        + PreparedPicture.bytesOf(size);
  }

  /** Pixels to planes. */
  private void spread(PixelBuffer picture, FloatBuffer planes) {
    int width = picture.width();
    int plane = width * picture.height();
    if (row.length < picture.stride()) {
      row = new byte[picture.stride()];
    }
    float[] values = new float[width];
    ByteBuffer bytes = picture.asByteBuffer();
    for (int y = 0; y < picture.height(); y++) {
      bytes.get(y * picture.stride(), row, 0, picture.stride());
      for (int c = 0; c < PixelBuffer.CHANNELS; c++) {
        for (int x = 0, at = c; x < width; x++, at += PixelBuffer.CHANNELS) {
          values[x] = normalised[c][row[at] & 0xFF];
        }
        planes.put(c * plane + y * width, values);
      }
    }
  }

  @Override
  public void close() {
    reader.close();
    resampler.close();
    resized.close();
  }
}
