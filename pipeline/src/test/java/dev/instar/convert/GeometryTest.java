package dev.instar.convert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.convert.Geometry.Side;
import dev.instar.image.Size;
import dev.instar.testing.SharedData;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeometryTest {
  private static final Geometry SHORTER = new Geometry(256, Side.SHORTER, false);
  private static final Geometry HEIGHT = new Geometry(256, Side.HEIGHT, false);

  /** ImageMagick 6.9.11 {@code -resize x256}: reference 1.7 and the golden README. */
  @ParameterizedTest
  @CsvSource({"2880,2160,341,256", "500,1000,128,256", "1000,700,366,256"})
  void theHeightIsFixedAsImageMagickDoesIt(int width, int height, int newWidth, int newHeight) {
    assertThat(HEIGHT.targetOf(new Size(width, height))).isEqualTo(new Size(newWidth, newHeight));
  }

  @Test
  void theShorterSideIsFixedAsTorchvisionDoesIt() throws IOException {
    JsonNode golden =
        new ObjectMapper()
            .readTree(SharedData.path("golden/transforms/sizes_expected.json").toFile());
    Geometry enlarging = new Geometry(256, Side.SHORTER, true);
    assertThat(golden.get("rows")).isNotEmpty();
    for (JsonNode row : golden.get("rows")) {
      Size source = new Size(row.get(0).asInt(), row.get(1).asInt());
      assertThat(enlarging.targetOf(source))
          .as("of %s", source)
          .isEqualTo(new Size(row.get(2).asInt(), row.get(3).asInt()));
    }
  }

  @Property
  void neverEnlargesUnlessAsked(
      @ForAll @IntRange(min = 1, max = 5000) int width,
      @ForAll @IntRange(min = 1, max = 5000) int height,
      @ForAll Side side) {
    Size source = new Size(width, height);
    Size target = new Geometry(256, side, false).targetOf(source);
    assertThat(target.width()).isLessThanOrEqualTo(Math.max(1, width));
    assertThat(target.height()).isLessThanOrEqualTo(height);
  }

  @Property
  void bringsTheShorterSideToTheGivenLengthWhereItIsLonger(
      @ForAll @IntRange(min = 257, max = 5000) int width,
      @ForAll @IntRange(min = 257, max = 5000) int height) {
    Size target = SHORTER.targetOf(new Size(width, height));
    assertThat(Math.min(target.width(), target.height())).isEqualTo(256);
    assertThat((double) target.width() / target.height())
        .isCloseTo(
            (double) width / height,
            org.assertj.core.data.Offset.offset((double) width / height / 200));
  }

  @Property
  void aTargetIsItsOwnTarget(
      @ForAll @IntRange(min = 1, max = 5000) int width,
      @ForAll @IntRange(min = 1, max = 5000) int height,
      @ForAll Side side) {
    Geometry geometry = new Geometry(256, side, false);
    Size target = geometry.targetOf(new Size(width, height));
    assertThat(geometry.targetOf(target)).isEqualTo(target);
  }

  @Test
  void keepsTheSizeWhenTold() {
    Size source = new Size(2880, 2160);
    assertThat(new Geometry(Geometry.KEEP, Side.SHORTER, true).targetOf(source)).isEqualTo(source);
  }
}
