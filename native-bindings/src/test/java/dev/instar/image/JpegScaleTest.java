package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.testing.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which denominator a picture is decoded at, and what that costs. */
final class JpegScaleTest {
  @ParameterizedTest
  @CsvSource({
    "2880, 2160, 341, 256, 4",
    "1152, 864, 341, 256, 2",
    "1126, 845, 341, 256, 2",
    "1126, 844, 341, 256, 1",
    "1125, 845, 341, 256, 1",
    "5760, 4320, 341, 256, 8",
    "100, 100, 341, 256, 1"
  })
  void isTheCoarsestThatLeavesEnoughPixels(
      int width, int height, int targetWidth, int targetHeight, int expected) {
    assertThat(
            JpegCodec.denominatorFor(
                new Region(5, 7, width, height),
                new Size(targetWidth, targetHeight),
                JpegCodec.OVERSAMPLING))
        .isEqualTo(expected);
  }

  @Property
  void neverLeavesFewerPixelsThanAskedFor(
      @ForAll @IntRange(min = 1, max = 9000) int width,
      @ForAll @IntRange(min = 1, max = 9000) int height,
      @ForAll @IntRange(min = 1, max = 600) int side,
      @ForAll @DoubleRange(min = 1, max = 3) double oversampling) {
    Region region = new Region(0, 0, width, height);
    int denominator = JpegCodec.denominatorFor(region, new Size(side, side), oversampling);
    assertThat(denominator).isIn(1, 2, 4, 8);
    if (denominator > 1) {
      assertThat((double) Math.min(width, height) / denominator)
          .isGreaterThanOrEqualTo(oversampling * side * (1 - 1e-12));
    }
    if (denominator < 8) {
      assertThat(Math.min(width, height) / (2.0 * denominator)).isLessThan(oversampling * side);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 2880, 2160, 4", "864, 648, 1152, 864, 2"})
  void losesLessThan15HundredthsOfADecibel(int x, int y, int width, int height, int expected)
      throws Exception {
    NativeCoreAssumption.check();
    Region region = new Region(x, y, width, height);
    Size target = new Size(341, 256);
    double lost = 0;
    int photos = 0;
    try (JpegCodec codec = Codecs.CORE.newJpegCodec();
        Resampler resampler = Codecs.CORE.newResampler();
        PixelBuffer decoded = new PixelBuffer();
        PixelBuffer exact = new PixelBuffer(target);
        PixelBuffer reduced = new PixelBuffer(target);
        var files = Files.newDirectoryStream(SharedData.path("data/photos"), "*.jpg")) {
      for (Path file : files) {
        Bytes jpeg = TestPictures.file(file);
        ImageHeader header = ImageHeader.read(jpeg);
        int denominator = JpegCodec.denominatorFor(region, target, JpegCodec.OVERSAMPLING);
        assertThat(denominator).isEqualTo(expected);
        codec.decode(jpeg, header, region, 1, decoded);
        resampler.resize(decoded, Box.of(decoded.size()), exact, Filter.AREA);
        codec.decode(jpeg, header, region, denominator, decoded);
        resampler.resize(decoded, Box.of(decoded.size()), reduced, Filter.AREA);
        lost += afterEncoding(codec, exact, exact) - afterEncoding(codec, reduced, exact);
        photos++;
      }
    }
    assertThat(lost / photos).isLessThan(0.15);
  }

  /** The PSNR against {@code reference} of {@code picture} encoded at 75. */
  private static double afterEncoding(JpegCodec codec, PixelBuffer picture, PixelBuffer reference)
      throws Exception {
    try (NativeBuffer into = NativeBuffer.allocate(0);
        PixelBuffer again = new PixelBuffer()) {
      int bytes = codec.encode(picture, new JpegSettings(75, Subsampling.S420), into);
      JpegCodecContract.decodeWhole(codec, into.bytes(0, bytes), again);
      return TestPictures.psnr(TestPictures.pixels(again), TestPictures.pixels(reference));
    }
  }
}
