package dev.instar.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.instar.memory.Bytes;

/**
 * Any bytes give a header and pixels, or a {@link CorruptImageException}. Seeds lie beside the
 * class in the test resources.
 */
final class ImageFuzzTest {
  @FuzzTest
  void readsHeaders(byte[] file) {
    try {
      ImageHeader.read(Bytes.copyOf(file));
    } catch (CorruptImageException expected) {
      return;
    }
  }

  @FuzzTest
  void decodesThroughTheCore(byte[] file) {
    if (Codecs.coreAbsence().isPresent() || file.length < 2) {
      return;
    }
    Bytes bytes = Bytes.copyOf(file);
    try (JpegCodec codec = Codecs.CORE.newJpegCodec();
        PixelBuffer into = new PixelBuffer()) {
      ImageHeader header = ImageHeader.read(bytes);
      if (header.size().pixels() > 4_000_000) {
        return;
      }
      // The last byte chooses what of the picture is wanted.
      int choice = file[file.length - 1] & 0xff;
      Region region =
          choice < 128
              ? Region.of(header.size())
              : new Region(
                  header.size().width() / 2,
                  header.size().height() / 2,
                  header.size().width() / 4 + 1,
                  header.size().height() / 4 + 1);
      codec.decode(
          bytes, header, region.intersect(Region.of(header.size())), 1 << choice % 4, into);
    } catch (CorruptImageException expected) {
      return;
    }
  }
}
