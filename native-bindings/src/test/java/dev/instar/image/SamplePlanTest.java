package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan refuses what can never be right, whatever the numbers. */
final class SamplePlanTest {
  @Property
  void takesACropExactlyIfItLiesInThePicture(
      @ForAll int x, @ForAll int y, @ForAll int width, @ForAll int height) {
    SamplePlan plan = new SamplePlan().reset(500, 400);
    boolean inside =
        x >= 0
            && y >= 0
            && width > 0
            && height > 0
            && (long) x + width <= 500
            && (long) y + height <= 400;
    Throwable refusal = catchThrowable(() -> plan.crop(x, y, width, height));
    if (inside) {
      assertThat(refusal).isNull();
      assertThat(plan.resizedWidth).isEqualTo(width);
    } else {
      assertThat(refusal)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("leaves the picture of 500x400 pixels");
      assertThat(plan.cropWidth).isEqualTo(500);
    }
  }

  @Property
  void takesNoSampleThatLeavesTheResizedPicture(
      @ForAll int width, @ForAll int height, @ForAll int x, @ForAll int y) {
    SamplePlan plan = new SamplePlan().reset(100, 100);
    Throwable refusal =
        catchThrowable(
            () -> plan.resize(width, height).window(x, y).requireSamplesOf(new Size(7, 5)));
    boolean possible =
        width >= 7
            && height >= 5
            && width <= SamplePlan.LONGEST_SIDE
            && height <= SamplePlan.LONGEST_SIDE
            && 3L * width * height < Integer.MAX_VALUE - 8
            && x >= 0
            && y >= 0
            && x <= width - 7
            && y <= height - 5;
    assertThat(refusal == null).isEqualTo(possible);
    if (!possible) {
      assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Property
  void erasesNothingOutsideTheSample(
      @ForAll int x, @ForAll int y, @ForAll int width, @ForAll int height) {
    SamplePlan plan = new SamplePlan().reset(100, 100);
    Throwable refusal =
        catchThrowable(() -> plan.erase(x, y, width, height).requireSamplesOf(new Size(40, 30)));
    boolean inside =
        x >= 0
            && y >= 0
            && width >= 0
            && height >= 0
            && (long) x + width <= 40
            && (long) y + height <= 30;
    assertThat(refusal == null).isEqualTo(inside);
    if (!inside) {
      assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, 1e300})
  void refusesFactorsThatAreNone(double factor) {
    SamplePlan plan = new SamplePlan();
    assertThatThrownBy(() -> plan.colour(factor, 1, 1, 0)).hasMessageContaining("brightness");
    assertThatThrownBy(() -> plan.colour(1, factor, 1, 0)).hasMessageContaining("contrast");
    assertThatThrownBy(() -> plan.colour(1, 1, factor, 0)).hasMessageContaining("saturation");
  }

  @Test
  void refusesARotationOrAHueThatIsNone() {
    SamplePlan plan = new SamplePlan();
    assertThatThrownBy(() -> plan.rotate(Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> plan.rotate(3, 256)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> plan.colour(1, 1, 1, 0.51))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.51");
  }

  @Test
  void forgetsEverythingWhenItIsReset() {
    SamplePlan plan = new SamplePlan().reset(90, 80).crop(1, 2, 30, 40).resize(50, 60);
    plan.window(3, 4).turn(Turn.MIRRORED).rotate(5, 6).colour(2, 2, 2, 0.2).erase(1, 1, 1, 1);
    assertThat(plan.reset(70, 60)).usingRecursiveComparison().isEqualTo(plan(70, 60));
  }

  private static SamplePlan plan(int width, int height) {
    return new SamplePlan().reset(width, height);
  }
}
