package dev.instar.survey;

import dev.instar.image.JpegCodec;
import dev.instar.image.JpegSettings;
import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Pale pictures with a dark rectangle, as files. */
final class Pictures {
  static final Size SIZE = new Size(320, 240);

  private Pictures() {}

  /** The rectangle of the picture with a number; every seventh picture has none. */
  static Region insectOf(int number) {
    return number % 7 == 3
        ? new Region(0, 0, 0, 0)
        : new Region(20 + 9 * (number % 11), 30 + 5 * (number % 13), 40 + number % 17, 64);
  }

  static byte[] jpeg(Region dark) {
    try (PixelBuffer pixels = new PixelBuffer(SIZE);
        NativeBuffer into = NativeBuffer.allocate(0);
        JpegCodec codec = JpegCodec.best()) {
      ByteBuffer bytes = pixels.asByteBuffer();
      for (int y = 0; y < SIZE.height(); y++) {
        for (int x = 0; x < SIZE.width(); x++) {
          boolean inside = x >= dark.x() && x < dark.right() && y >= dark.y() && y < dark.bottom();
          byte grey = (byte) (inside ? 30 : 205);
          bytes.put(grey).put(grey).put(grey);
        }
      }
      int length = codec.encode(pixels, new JpegSettings(90, Subsampling.S444), into);
      return into.bytes(0, length).toArray();
    }
  }

  /**
   * A folder of {@code count} good pictures in folders of equal file names, and two bad ones among
   * them.
   */
  static Path folder(Path folder, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve("row" + i / 6).resolve("well" + i % 6 + ".jpg");
      Files.createDirectories(file.getParent());
      Files.write(file, jpeg(insectOf(i)));
    }
    byte[] whole = jpeg(insectOf(0));
    Files.write(folder.resolve("row0/cut.jpg"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(folder.resolve("row1/text.jpg"), "<html>404</html>");
    return folder;
  }
}
