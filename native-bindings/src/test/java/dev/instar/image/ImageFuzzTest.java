package dev.instar.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.instar.memory.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes give a header and pixels, or a {@link CorruptImageException}. As an ordinary test this
 * runs over the seeds; with {@code JAZZER_FUZZ=1} it looks for more.
 */
final class ImageFuzzTest {
  @MethodSource("seeds")
  @FuzzTest
  void readsHeaders(byte[] file) {
    try {
      ImageHeader.read(Bytes.copyOf(file));
    } catch (CorruptImageException expected) {
      return;
    }
  }

  @MethodSource("seeds")
  @FuzzTest
  void decodesThroughTheCore(byte[] file) {
    if (Codecs.coreAbsence().isPresent() || file.length < 2) {
      return;
    }
    Bytes bytes = Bytes.copyOf(file);
    try (JpegCodec codec = Codecs.CORE.newJpegCodec();
        PixelBuffer into = new PixelBuffer()) {
      ImageHeader header = ImageHeader.read(bytes);
      if (header.format() != ImageFormat.JPEG || header.size().pixels() > 4_000_000) {
        return;
      }
      // The last byte chooses what of the picture is wanted.
      int choice = file[file.length - 1] & 0xff;
      Region whole = Region.of(header.size());
      Region middle =
          new Region(
              whole.width() / 2, whole.height() / 2, whole.width() / 4 + 1, whole.height() / 4 + 1);
      Region region = choice < 128 ? whole : middle.intersect(whole);
      codec.decode(bytes, header, region, 1 << choice % 4, into);
    } catch (CorruptImageException expected) {
      return;
    }
  }

  /**
   * Small files of every format, whole, cut short, and with something behind their end that makes
   * the other choice.
   */
  static Stream<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    try (PixelBuffer picture = TestPictures.photograph(21, 14, 1)) {
      for (TestPictures.Kind kind : TestPictures.Kind.values()) {
        seeds.add(kind.of(picture).toArray());
      }
      for (String extension : List.of(".png", ".tiff", ".webp", ".bmp")) {
        seeds.add(TestPictures.encoded(extension, picture, false).toArray());
      }
    }
    return seeds.stream().flatMap(ImageFuzzTest::variants);
  }

  private static Stream<byte[]> variants(byte[] file) {
    byte[] longer = Arrays.copyOf(file, file.length + 1);
    longer[file.length] = (byte) 200;
    return Stream.of(file, longer, Arrays.copyOf(file, file.length / 2), Arrays.copyOf(file, 20));
  }
}
