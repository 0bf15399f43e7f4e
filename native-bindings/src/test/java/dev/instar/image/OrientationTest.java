package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class OrientationTest {
  /**
   * Two rows of three pixels, numbered as they are read; what each EXIF value makes of them, row by
   * row.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 012345",
    "2, 210543",
    "3, 543210",
    "4, 345012",
    "5, 031425",
    "6, 304152",
    "7, 524130",
    "8, 251403"
  })
  void turnsAsExifDefinesIt(int tag, String expected) {
    Orientation orientation = Orientation.ofTag(tag);
    try (PixelBuffer stored = numbered(new Size(3, 2));
        PixelBuffer upright = new PixelBuffer()) {
      orientation.turn(stored, upright);
      assertThat(upright.size()).isEqualTo(tag <= 4 ? new Size(3, 2) : new Size(2, 3));
      StringBuilder seen = new StringBuilder();
      for (int i = 0; i < 6; i++) {
        seen.append(upright.bytes().get(3 * i));
      }
      assertThat(seen).hasToString(expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void mapsAnUprightRegionToTheStoredOne(Orientation orientation) {
    SplittableRandom random = new SplittableRandom(1);
    Size size = new Size(13, 7);
    try (PixelBuffer stored = numbered(size);
        PixelBuffer upright = new PixelBuffer();
        PixelBuffer part = new PixelBuffer();
        PixelBuffer turned = new PixelBuffer()) {
      orientation.turn(stored, upright);
      for (int i = 0; i < 50; i++) {
        int x = random.nextInt(upright.width());
        int y = random.nextInt(upright.height());
        Region region =
            new Region(
                x,
                y,
                1 + random.nextInt(upright.width() - x),
                1 + random.nextInt(upright.height() - y));
        Region there = orientation.stored(region, size);
        part.reshape(there.size());
        part.asByteBuffer().put(TestPictures.crop(stored, there));
        orientation.turn(part, turned);
        assertThat(TestPictures.pixels(turned)).isEqualTo(TestPictures.crop(upright, region));
      }
    }
  }

  @Test
  void takesUnknownTagsForUpright() {
    assertThat(Arrays.asList(Orientation.ofTag(0), Orientation.ofTag(9), Orientation.ofTag(-1)))
        .containsOnly(Orientation.UPRIGHT);
  }

  private static PixelBuffer numbered(Size size) {
    PixelBuffer pixels = new PixelBuffer(size);
    var bytes = pixels.asByteBuffer();
    for (int i = 0; i < size.pixels(); i++) {
      bytes.put((byte) i).put((byte) (i + 100)).put((byte) -i);
    }
    return pixels;
  }
}
