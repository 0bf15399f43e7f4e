package dev.instar.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.instar.image.BatchFormat.Layout;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
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

  @MethodSource("seeds")
  @FuzzTest
  void makesSamplesThroughTheCore(byte[] file) {
    if (Codecs.coreAbsence().isPresent() || file.length < 2) {
      return;
    }
    Size size = new Size(21, 14);
    BatchFormat format =
        new BatchFormat(new Size(9, 9), Layout.NCHW, PixelType.FLOAT32, Normalisation.NONE);
    // The last byte chooses what of the picture is wanted.
    int choice = file[file.length - 1] & 0xff;
    SamplePlan plan = new SamplePlan().reset(size.width(), size.height());
    if (choice % 2 == 0) {
      plan.crop(choice % 7, choice % 5, 10, 8).resize(9 + choice % 3, 10);
    }
    plan.turn(Turn.values()[choice % 8]).rotate(choice % 3, 0);
    try (SampleConverter converter = Codecs.CORE.newSampleConverter(format);
        NativeBuffer slot = NativeBuffer.allocate(format.sampleBytes())) {
      converter.jpeg(Bytes.copyOf(file), plan, slot.address());
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
