package dev.instar.publish;

import dev.instar.image.ImageFormat;
import dev.instar.image.ImageHeader;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.Extraction;
import dev.instar.pack.ImageSource;
import java.io.IOException;

/** Takes pictures out of a collection as files. Not thread-safe; closes its buffer alone. */
final class PictureReader implements AutoCloseable {
  private final ImageSource source;
  private final NativeBuffer scratch = NativeBuffer.allocate(0);

  PictureReader(ImageSource source) {
    this.source = source;
  }

  /**
   * Reads a record; raw pixels become PNG.
   *
   * @throws dev.instar.image.InputException if it is unusable, or no picture by its first bytes
   */
  Picture read(int record) throws IOException {
    Content content = source.read(record, scratch);
    Bytes file = Extraction.pictureFile(content);
    ImageFormat format = ImageHeader.read(file).format();
    return new Picture(file.toArray(), extension(format));
  }

  private static String extension(ImageFormat format) {
    return switch (format) {
      case JPEG -> "jpg";
      case PNG -> "png";
      case TIFF -> "tif";
      case WEBP -> "webp";
      case BMP -> "bmp";
    };
  }

  @Override
  public void close() {
    scratch.close();
  }
}
