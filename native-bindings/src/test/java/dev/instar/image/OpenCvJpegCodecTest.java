package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.memory.Bytes;

final class OpenCvJpegCodecTest extends JpegCodecContract {
  @Override
  JpegCodec newCodec() {
    return Codecs.OPENCV.newJpegCodec();
  }

  /**
   * Pillow's pixels are known by their hash; the native core has them, and OpenCV's library may
   * round otherwise.
   */
  @Override
  void assertGolden(GoldenPicture golden, Bytes file, PixelBuffer decoded) throws Exception {
    assertThat(decoded.size()).isEqualTo(golden.size());
    NativeCoreAssumption.check();
    PixelBuffer exact = buffer();
    try (JpegCodec core = Codecs.CORE.newJpegCodec()) {
      decodeWhole(core, file, exact);
    }
    assertThat(
            TestPictures.largestDifference(
                TestPictures.pixels(decoded), TestPictures.pixels(exact)))
        .as(golden.name())
        .isLessThanOrEqualTo(2);
  }
}
