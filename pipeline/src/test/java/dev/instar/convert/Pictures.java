package dev.instar.convert;

import dev.instar.image.JpegCodec;
import dev.instar.image.JpegSettings;
import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Size;
import dev.instar.memory.NativeBuffer;
import java.nio.ByteBuffer;

/** Smooth pictures that tests make: each is told from the others by its seed. */
final class Pictures {
  private Pictures() {}

  static PixelBuffer pixels(int width, int height, int seed) {
    PixelBuffer pixels = new PixelBuffer(new Size(width, height));
    ByteBuffer bytes = pixels.asByteBuffer();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        bytes.put(wave(x, 31 + seed % 7, width)).put(wave(y, 17 + seed % 5, height));
        bytes.put(wave(x + y, 23 + seed % 3, width + height));
      }
    }
    return pixels;
  }

  static byte[] jpeg(int width, int height, int seed) {
    try (PixelBuffer pixels = pixels(width, height, seed);
        NativeBuffer into = NativeBuffer.allocate(0);
        JpegCodec codec = JpegCodec.best()) {
      int length = codec.encode(pixels, new JpegSettings(90, Subsampling.S444), into);
      return into.bytes(0, length).toArray();
    }
  }

  private static byte wave(int at, int period, int length) {
    return (byte) (128 + 60 * Math.sin(2 * Math.PI * at / period / 4) + 50.0 * at / length);
  }
}
