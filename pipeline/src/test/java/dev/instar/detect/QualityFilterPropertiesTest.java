package dev.instar.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.QualityScores;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;

final class QualityFilterPropertiesTest {
  @Property(tries = 300)
  void anyPixelsAndBoxesGiveProbabilitiesAndAFiniteFocus(
      @ForAll @IntRange(min = 1, max = 700) int width,
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(max = 256) int levels,
      @ForAll @FloatRange(min = -1, max = 2) float left,
      @ForAll @FloatRange(min = -1, max = 2) float top,
      @ForAll @FloatRange(max = 2) float across,
      @ForAll @FloatRange(max = 2) float down,
      @ForAll long seed) {
    Scene scene = noise(width, height, levels, seed);
    BoundingBox box =
        new BoundingBox(left * width, top * height, (left + across) * width, (top + down) * height);
    try (QualityFilter filter = new QualityFilter()) {
      for (QualityScores scores :
          new QualityScores[] {scene.judged(filter), scene.judged(filter, box)}) {
        float[] all = {scores.valid(), scores.empty(), scores.blurry(), scores.fragmented()};
        for (float score : all) {
          assertThat(score).isBetween(0f, 1f);
        }
        assertThat(all[0] + all[1] + all[2] + all[3]).isCloseTo(1, within(1e-5f));
        assertThat(scores.focus()).isBetween(0f, (float) Math.sqrt(8));
      }
    }
  }

  @Property(tries = 100)
  void smoothingNeverRaisesTheFocus(
      @ForAll @IntRange(min = 3, max = 50) int width,
      @ForAll @IntRange(min = 3, max = 50) int height,
      @ForAll @IntRange(min = 1, max = 3) int radius,
      @ForAll long seed) {
    Scene rough = noise(width, height, 256, seed);
    try (QualityFilter filter = new QualityFilter()) {
      double before = rough.judged(filter).focus();
      assertThat(rough.blurred(radius).judged(filter).focus()).isLessThan((float) before);
    }
  }

  private static Scene noise(int width, int height, int levels, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[width * height];
    Arrays.setAll(values, i -> levels == 0 ? 128 : random.nextInt(levels));
    return new Scene(width, height, values);
  }
}
