package dev.instar.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.Detection;
import dev.instar.crop.Quality;
import dev.instar.crop.QualityScores;
import dev.instar.image.PixelBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QualityFilterTest {
  private final QualityFilter filter = new QualityFilter();

  @AfterEach
  void close() {
    filter.close();
  }

  @Test
  void aSharpInsectInTheMiddleIsValid() {
    Scene scene = Scene.well(320, 240);
    BoundingBox box = scene.insect(160, 120, 60);
    QualityScores scores = scene.judged(filter, box);
    assertThat(scores.verdict()).isEqualTo(Quality.VALID);
    assertThat(scores.valid()).isGreaterThan(0.8f);
  }

  @Test
  void blurringAnInsectLowersItsFocusUntilItIsBlurry() {
    Scene scene = Scene.well(320, 240);
    BoundingBox box = scene.insect(160, 120, 60);
    QualityScores sharp = scene.judged(filter, box);
    QualityScores before = sharp;
    for (int radius = 1; radius <= 4; radius++) {
      QualityScores after = scene.blurred(radius).judged(filter, box);
      assertThat(after.focus()).isLessThan(before.focus());
      assertThat(after.blurry()).isGreaterThan(sharp.blurry());
      before = after;
    }
    assertThat(before.verdict()).isEqualTo(Quality.BLURRY);
  }

  @Test
  void anInsectThatTheEdgeCutsIsFragmented() {
    Scene whole = Scene.well(320, 240);
    BoundingBox inside = whole.insect(160, 50, 40);
    Scene cut = Scene.well(320, 240);
    BoundingBox atEdge = cut.insect(160, -12, 40);
    QualityScores scores = cut.judged(filter, atEdge);
    assertThat(scores.fragmented()).isGreaterThan(3 * whole.judged(filter, inside).fragmented());
    assertThat(scores.verdict()).isEqualTo(Quality.FRAGMENTED);
  }

  @Test
  void aPhotographWithoutABoxIsEmpty() {
    QualityScores scores = Scene.well(320, 240).judged(filter);
    assertThat(scores.verdict()).isEqualTo(Quality.EMPTY);
    assertThat(scores.focus()).isZero();
  }

  @Test
  void theSizeOfThePhotographDoesNotMatter() {
    Scene scene = Scene.well(320, 240);
    BoundingBox box = scene.insect(100, 120, 60);
    BoundingBox twice = box.scaled(2, 2);
    assertThat(scene.doubled().judged(filter, twice)).isEqualTo(scene.judged(filter, box));
    try (PixelBuffer reduced = scene.pixels()) {
      assertThat(filter.judge(reduced, scene.doubled().size(), List.of(new Detection(twice, 1))))
          .isEqualTo(scene.judged(filter, box));
    }
  }

  @Test
  void neitherItsScoreNorOtherBoxesMatter() {
    Scene scene = Scene.well(320, 240);
    BoundingBox box = scene.insect(100, 120, 60);
    QualityScores alone = scene.judged(filter, box);
    assertThat(scene.judged(filter, box, new BoundingBox(0, 0, 9, 9))).isEqualTo(alone);
    try (PixelBuffer pixels = scene.pixels()) {
      assertThat(filter.judge(pixels, scene.size(), List.of(new Detection(box, 0))))
          .isEqualTo(alone);
    }
  }

  @Test
  void contrastDoesNotChangeTheFocus() {
    Scene scene = Scene.well(320, 240);
    BoundingBox box = scene.insect(160, 120, 60);
    Scene faint = new Scene(320, 240, scene.values().clone());
    for (int i = 0; i < faint.values().length; i++) {
      faint.values()[i] = 190 + (faint.values()[i] - 190) / 2;
    }
    assertThat(faint.judged(filter, box).focus())
        .isCloseTo(scene.judged(filter, box).focus(), within(0.03f));
  }
}
