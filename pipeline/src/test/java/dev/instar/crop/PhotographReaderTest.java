package dev.instar.crop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.Box;
import dev.instar.image.CorruptImageException;
import dev.instar.image.Filter;
import dev.instar.image.InputException;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Resampler;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.pack.Content;
import dev.instar.testing.ExifJpeg;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PhotographReaderTest {
  private final PhotographReader reader = new PhotographReader();

  @AfterEach
  void close() {
    reader.close();
  }

  @ParameterizedTest
  @CsvSource({
    "302, 301x601",
    "152, 301x601",
    "151, 151x301",
    "77, 151x301",
    "76, 76x151",
    "39, 76x151",
    "38, 38x76",
    "1, 38x76"
  })
  void takesTheCoarsestScaleWhoseShorterSideStillHasThePixels(int shorterSide, String size)
      throws Exception {
    for (String format : new String[] {"jpg", "png"}) {
      PixelBuffer picture = reader.reduced(photograph(file(301, 601, format)), shorterSide);
      assertThat(picture.size()).as(format).hasToString(size);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void decodesLosslessFormatsExactly(String format) throws Exception {
    BufferedImage image = noise(33, 21);
    PixelBuffer picture = reader.full(photograph(encoded(image, format)));
    assertThat(picture.bytes().toArray()).isEqualTo(rgb(image));
  }

  @Test
  void reducesWhatIsNoJpegByArea() throws Exception {
    BufferedImage image = noise(64, 48);
    byte[] expected;
    try (PixelBuffer all = pixels(image);
        PixelBuffer quarter = new PixelBuffer(new Size(16, 12));
        Resampler resampler = Resampler.best()) {
      resampler.resize(all, Box.of(all.size()), quarter, Filter.AREA);
      expected = quarter.bytes().toArray();
    }
    assertThat(reader.reduced(photograph(encoded(image, "png")), 12).bytes().toArray())
        .isEqualTo(expected);
    Content raw = new Content.Pixels(Bytes.copyOf(rgb(image)), new Size(64, 48));
    assertThat(reader.reduced(Photograph.of(raw, 1 << 20), 12).bytes().toArray())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void turnsThePictureUpright(int orientation) throws Exception {
    byte[] jpeg = file(64, 32, "jpg");
    byte[] stored = reader.reduced(photograph(jpeg), 16).bytes().toArray();
    PixelBuffer upright = reader.reduced(photograph(ExifJpeg.oriented(jpeg, orientation)), 16);
    assertThat(upright.size())
        .isEqualTo(ExifJpeg.transposes(orientation) ? new Size(16, 32) : new Size(32, 16));
    byte[] turned = upright.bytes().toArray();
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 32; x++) {
        int[] to = ExifJpeg.upright(orientation, x, y, upright.width(), upright.height());
        int at = (to[1] * upright.width() + to[0]) * 3;
        int from = (y * 32 + x) * 3;
        assertThat(Arrays.copyOfRange(turned, at, at + 3))
            .isEqualTo(Arrays.copyOfRange(stored, from, from + 3));
      }
    }
  }

  @Test
  void decodesAPictureOfOnePixelAtAnyScale() throws Exception {
    for (String format : new String[] {"jpg", "png", "bmp"}) {
      assertThat(reader.reduced(photograph(file(1, 1, format)), 1).size())
          .isEqualTo(new Size(1, 1));
      assertThat(reader.reduced(photograph(file(1, 9, format)), 5).size())
          .isEqualTo(new Size(1, 9));
    }
  }

  @Test
  void servesPhotographsOfAllKindsInTurn() throws Exception {
    byte[] first = reader.full(photograph(file(40, 30, "png"))).bytes().toArray();
    reader.reduced(photograph(ExifJpeg.oriented(file(90, 70, "jpg"), 6)), 8);
    reader.reduced(photograph(file(200, 100, "bmp")), 10);
    assertThat(reader.full(photograph(file(40, 30, "png"))).bytes().toArray()).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "bmp", "tiff"})
  void refusesAPhotographThatIsCutShort(String format) throws Exception {
    byte[] whole = file(200, 150, format);
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    assertThatThrownBy(() -> reader.reduced(photograph(cut), 20))
        .isInstanceOf(CorruptImageException.class);
    assertThat(reader.full(photograph(whole)).size()).isEqualTo(new Size(200, 150));
  }

  private static Photograph photograph(byte[] file) throws InputException {
    return Photograph.of(new Content.Encoded(Bytes.copyOf(file)), 1 << 20);
  }

  private static byte[] file(int width, int height, String format) throws IOException {
    return encoded(noise(width, height), format);
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static BufferedImage noise(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(3);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return image;
  }

  private static byte[] rgb(BufferedImage image) {
    byte[] bytes = new byte[image.getWidth() * image.getHeight() * 3];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int pixel = image.getRGB(x, y);
        bytes[at++] = (byte) (pixel >> 16);
        bytes[at++] = (byte) (pixel >> 8);
        bytes[at++] = (byte) pixel;
      }
    }
    return bytes;
  }

  private static PixelBuffer pixels(BufferedImage image) {
    PixelBuffer pixels = new PixelBuffer(new Size(image.getWidth(), image.getHeight()));
    pixels.asByteBuffer().put(rgb(image));
    return pixels;
  }
}
