package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.opencv.global.opencv_core.CV_16UC3;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGRA;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.memory.Bytes;
import dev.instar.testing.SharedData;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RasterDecoderTest {
  private final RasterDecoder decoder = new RasterDecoder();
  private final PixelBuffer decoded = new PixelBuffer();

  @AfterEach
  void close() {
    decoder.close();
    decoded.close();
  }

  @Test
  void decodesTheGoldenPhotographsExactly() throws Exception {
    Path folder = SharedData.path("golden/transforms");
    JsonNode expected =
        new ObjectMapper().readTree(folder.resolve("photos_expected.json").toFile());
    int checked = 0;
    for (JsonNode photo : expected.get("photos")) {
      decode(TestPictures.file(folder.resolve(photo.get("png").asText())));
      assertThat(TestPictures.sha256(TestPictures.pixels(decoded)))
          .isEqualTo(photo.get("png_rgb_sha256").asText());
      checked++;
    }
    assertThat(checked).isPositive();
  }

  @Test
  void scalesTheGolden16BitPngTo8Bits() throws Exception {
    Bytes file = TestPictures.file(SharedData.path("golden/hdf5/awkward/sixteen_bit.png"));
    assertThat(ImageHeader.read(file).bitDepth()).isEqualTo(16);
    decode(file);
    assertThat(decoded.size()).isEqualTo(new Size(40, 30));
    byte[] pixels = TestPictures.pixels(decoded);
    // Pillow does not scale such pictures but clips them: its first pixels are 0, 50, 100 and 150
    // of 65535.
    assertThat(pixels).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {".png", ".tiff", ".bmp", ".webp"})
  void decodesWhatAnEncoderWrote(String extension) throws Exception {
    try (PixelBuffer picture = TestPictures.photograph(61, 37, 1)) {
      Bytes file = encoded(extension, picture);
      assertThat(ImageHeader.read(file).size()).isEqualTo(picture.size());
      assertThat(ImageHeader.read(file).channels()).isEqualTo(3);
      decode(file);
      byte[] pixels = TestPictures.pixels(decoded);
      // The test's encoder takes red for blue.
      for (int i = 0; i < pixels.length; i += 3) {
        byte red = pixels[i];
        pixels[i] = pixels[i + 2];
        pixels[i + 2] = red;
      }
      assertThat(pixels).isEqualTo(TestPictures.pixels(picture));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".png", ".tiff"})
  void scales16BitsByRounding(String extension) throws Exception {
    try (PixelBuffer picture = TestPictures.photograph(31, 17, 2);
        Mat narrow = OpenCv.of(picture);
        Mat wide = new Mat()) {
      // 257 * v + 100 lies nearer to 257 * v than to the next level.
      narrow.convertTo(wide, CV_16UC3, 257, 100);
      Bytes file = encoded(extension, wide);
      assertThat(ImageHeader.read(file).bitDepth()).isEqualTo(16);
      decode(file);
      byte[] pixels = TestPictures.pixels(decoded);
      byte[] original = TestPictures.pixels(picture);
      for (int i = 0; i < pixels.length; i += 3) {
        assertThat(pixels[i]).isEqualTo(original[i + 2]);
        assertThat(pixels[i + 1]).isEqualTo(original[i + 1]);
      }
    }
  }

  @Test
  void dropsAlpha() throws Exception {
    try (PixelBuffer picture = TestPictures.photograph(31, 17, 3);
        Mat colour = OpenCv.of(picture);
        Mat withAlpha = new Mat()) {
      cvtColor(colour, withAlpha, COLOR_RGB2BGRA);
      assertThat(withAlpha.type()).isEqualTo(CV_8UC4);
      for (int i = 0; i < 31 * 17; i++) {
        withAlpha.data().put(4L * i + 3, (byte) (i % 256));
      }
      Bytes file = encoded(".png", withAlpha);
      assertThat(ImageHeader.read(file).channels()).isEqualTo(4);
      decode(file);
      assertThat(TestPictures.pixels(decoded)).isEqualTo(TestPictures.pixels(picture));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".png", ".tiff", ".bmp", ".webp"})
  void refusesFilesThatWereCutShort(String extension) {
    try (PixelBuffer picture = TestPictures.photograph(61, 37, 4)) {
      Bytes file = encoded(extension, picture);
      for (int length = 0; length < file.size() - 12; length += 1 + file.size() / 37) {
        Bytes cut = file.slice(0, length);
        assertThatThrownBy(() -> decode(cut))
            .as("%s cut to %d of %d bytes", extension, length, file.size())
            .isInstanceOf(CorruptImageException.class);
      }
    }
  }

  private void decode(Bytes file) throws CorruptImageException {
    decoder.decode(file, ImageHeader.read(file), decoded);
  }

  private static Bytes encoded(String extension, PixelBuffer picture) {
    // A quality above 100 makes WebP lossless.
    return extension.equals(".webp")
        ? TestPictures.encoded(extension, picture, false, IMWRITE_WEBP_QUALITY, 101)
        : TestPictures.encoded(extension, picture, false);
  }

  private static Bytes encoded(String extension, Mat picture) {
    try (BytePointer file = new BytePointer()) {
      assertThat(imencode(extension, picture, file)).isTrue();
      byte[] copy = new byte[(int) file.limit()];
      file.get(copy);
      return Bytes.copyOf(copy);
    }
  }
}
