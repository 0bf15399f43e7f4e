package dev.instar.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.image.CorruptImageException;
import dev.instar.image.Normalisation;
import dev.instar.image.SamplePlan;
import dev.instar.loader.Augmentation.Cropping;
import dev.instar.loader.Chance.Purpose;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Which part of a picture becomes a sample. */
final class WindowTest {
  private static Augmentation randomResized(double leastArea, double leastRatio, double mostRatio) {
    return new Augmentation(
        Cropping.RANDOM_RESIZED,
        256,
        224,
        List.of(leastArea, 1.0),
        List.of(leastRatio, mostRatio),
        0,
        0,
        false,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  @Test
  void theMiddleIsWhereTorchvisionCutsIt() throws IOException {
    JsonNode golden =
        new ObjectMapper()
            .readTree(SharedData.path("golden/transforms/sizes_expected.json").toFile());
    Window window = new Window(Augmentation.evaluation(256, 224));
    for (JsonNode row : golden.get("rows")) {
      window.center(row.get(0).asInt(), row.get(1).asInt());
      assertThat(List.of(window.resizedWidth, window.resizedHeight))
          .as(row.toString())
          .containsExactly(row.get(2).asInt(), row.get(3).asInt());
      if (!row.get(4).isNull()) {
        assertThat(List.of(window.y, window.x))
            .as(row.toString())
            .containsExactly(row.get(4).asInt(), row.get(5).asInt());
      }
    }
  }

  @Property(tries = 500)
  void everyWindowIsInsideThePicture(
      @ForAll @IntRange(min = 1, max = 3000) int width,
      @ForAll @IntRange(min = 1, max = 3000) int height,
      @ForAll long seed)
      throws CorruptImageException {
    Chance chance = new Chance().begin(seed, 0, 0, Purpose.CROP);
    Window window = new Window(randomResized(0.08, 0.75, 4.0 / 3));
    window.center(width, height);
    assertInside(window, width, height);
    window.random(width, height, chance);
    assertInside(window, width, height);
    window.randomResized(width, height, chance);
    assertInside(window, width, height);
    window.squash(width, height);
    assertInside(window, width, height);
  }

  private static void assertInside(Window window, int width, int height) {
    assertThat(window.cropX).isBetween(0, width - window.cropWidth);
    assertThat(window.cropY).isBetween(0, height - window.cropHeight);
    assertThat(window.cropWidth).isPositive();
    assertThat(window.cropHeight).isPositive();
    assertThat(window.x).isBetween(0, window.resizedWidth - 224);
    assertThat(window.y).isBetween(0, window.resizedHeight - 224);
  }

  @Test
  void randomWindowsReachAllCorners() {
    Chance chance = new Chance().begin(1, 0, 0, Purpose.CROP);
    Window window = new Window(Augmentation.reference());
    boolean[] seen = new boolean[33];
    boolean rightmost = false;
    for (int i = 0; i < 2000; i++) {
      window.random(341, 256, chance);
      seen[window.y] = true;
      rightmost |= window.x == 341 - 224;
    }
    assertThat(seen).doesNotContain(false);
    assertThat(rightmost).isTrue();
  }

  @Test
  void randomPartsHaveTheAreasAndShapesAskedFor() {
    Chance chance = new Chance().begin(1, 0, 0, Purpose.CROP);
    Window window = new Window(randomResized(0.25, 0.5, 2));
    double area = 0;
    double logRatio = 0;
    for (int i = 0; i < 20_000; i++) {
      window.randomResized(4000, 4000, chance);
      double part = (double) window.cropWidth * window.cropHeight / (4000.0 * 4000);
      double ratio = (double) window.cropWidth / window.cropHeight;
      assertThat(part).isBetween(0.249, 1.001);
      assertThat(ratio).isBetween(0.499, 2.001);
      area += part;
      logRatio += Math.log(ratio);
    }
    // Wide and tall parts are alike, in the mean; large ones are refused where they do not fit.
    assertThat(logRatio / 20_000).isCloseTo(0, within(0.02));
    assertThat(area / 20_000).isBetween(0.5, 0.63);
  }

  @Test
  void takesTheMiddleWhereNoRandomPartFits() {
    Chance chance = new Chance().begin(1, 0, 0, Purpose.CROP);
    Window window = new Window(randomResized(0.9, 0.75, 4.0 / 3));
    window.randomResized(1000, 100, chance);
    assertThat(List.of(window.cropX, window.cropY, window.cropWidth, window.cropHeight))
        .containsExactly(433, 0, 133, 100);
    window.randomResized(100, 1000, chance);
    assertThat(List.of(window.cropX, window.cropY, window.cropWidth, window.cropHeight))
        .containsExactly(0, 433, 100, 133);
  }

  @Test
  void refusesPicturesThatAreTooLongToResize() {
    SampleDraw draw = new SampleDraw(Augmentation.reference(), Normalisation.NONE, 0);
    assertThatThrownBy(() -> draw.into(new SamplePlan(), 0, 0, 0, 3, 1000))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("3x1000")
        .hasMessageContaining("256x85333");
  }

  @Test
  void refusesAugmentationsThatMakeNoSense() {
    assertThatThrownBy(() -> Augmentation.evaluation(224, 256))
        .hasMessageContaining("make resize at least 256");
    assertThatThrownBy(() -> Augmentation.evaluation(224, 0)).hasMessageContaining("crop of 0");
    assertThatThrownBy(() -> randomResized(0, 0.75, 1.5))
        .hasMessageContaining("scale is [0.0, 1.0]");
    assertThatThrownBy(() -> randomResized(0.1, 2, 1)).hasMessageContaining("ratio is [2.0, 1.0]");
    assertThat(randomResized(0.1, 1, 1).forEvaluation())
        .isEqualTo(Augmentation.evaluation(256, 224));
  }

  @Test
  void everythingThatIsDrawnFitsThePlan() throws CorruptImageException {
    SampleDraw draw = new SampleDraw(TestCollection.RICH, Normalisation.IMAGENET, 9);
    SplittableRandom random = new SplittableRandom(1);
    SamplePlan plan = new SamplePlan();
    for (int i = 0; i < 5000; i++) {
      // The plan itself refuses what leaves the picture.
      draw.into(plan, i % 3, i, i % 2, random.nextInt(1, 300), random.nextInt(1, 300));
    }
    assertThat(TestCollection.RICH.erase()).isPositive();
  }
}
