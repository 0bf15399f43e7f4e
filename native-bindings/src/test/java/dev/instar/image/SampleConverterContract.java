package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.image.BatchFormat.Layout;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every sample converter does. */
abstract class SampleConverterContract {
  private final List<AutoCloseable> toClose = new ArrayList<>();

  /** A new converter; the test closes it. */
  abstract SampleConverter newConverter(BatchFormat format);

  /** The set whose codec decodes as the converter does. */
  abstract Codecs codecs();

  final SampleConverter converter(BatchFormat format) {
    return closing(newConverter(format));
  }

  final <T extends AutoCloseable> T closing(T resource) {
    toClose.add(resource);
    return resource;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : toClose) {
      resource.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void cutsFlipsAndScalesAJpegAsAFullDecodeWould(TestPictures.Kind kind) throws Exception {
    SplittableRandom random = new SplittableRandom(kind.ordinal());
    Size sample = new Size(24, 16);
    BatchFormat format =
        new BatchFormat(sample, Layout.NCHW, PixelType.FLOAT32, Normalisation.NONE);
    SampleConverter converter = converter(format);
    PixelBuffer whole = closing(new PixelBuffer());
    JpegCodec codec = closing(codecs().newJpegCodec());
    NativeBuffer slot = closing(NativeBuffer.allocate(format.sampleBytes()));
    SamplePlan plan = new SamplePlan();
    for (Size size : List.of(new Size(241, 163), new Size(64, 96), new Size(25, 17))) {
      try (PixelBuffer picture = TestPictures.photograph(size.width(), size.height(), 1)) {
        Bytes jpeg = kind.of(picture);
        JpegCodecContract.decodeWhole(codec, jpeg, whole);
        for (int i = 0; i < 30; i++) {
          int x = random.nextInt(size.width() - sample.width() + 1);
          int y = random.nextInt(size.height() - sample.height() + 1);
          boolean mirrored = random.nextBoolean();
          converter.jpeg(
              jpeg,
              plan.reset(size.width(), size.height()).window(x, y).turn(Turn.of(mirrored, 0)),
              slot.address());
          byte[] expected =
              TestPictures.crop(whole, new Region(x, y, sample.width(), sample.height()));
          ByteBuffer values = slot.asByteBuffer();
          for (int k = 0; k < expected.length; k++) {
            int row = k / 3 / sample.width();
            int column = k / 3 % sample.width();
            int to = mirrored ? sample.width() - 1 - column : column;
            int place = (k % 3 * sample.height() + row) * sample.width() + to;
            assertThat(values.getFloat(4 * place)).isEqualTo((expected[k] & 0xff) / 255f);
          }
        }
      }
    }
  }
}
