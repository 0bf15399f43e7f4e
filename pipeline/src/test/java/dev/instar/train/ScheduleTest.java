package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.instar.train.Recipe.LearningRate;
import dev.instar.train.Recipe.LearningRate.Kind;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static LearningRate rate(Kind kind, double warmup, double least) {
    return new LearningRate(kind, List.of(20, 25), 0.1, warmup, least);
  }

  @Test
  void stepsFallToATenthAtTheEpochsOfTheReference() {
    Schedule schedule = Schedule.of(rate(Kind.STEPS, 0, 0), 100, 7);
    assertThat(schedule.at(0)).isEqualTo(1);
    assertThat(schedule.at(20 * 7 - 1)).isEqualTo(1);
    assertThat(schedule.at(20 * 7)).isEqualTo(0.1);
    assertThat(schedule.at(25 * 7 - 1)).isEqualTo(0.1);
    assertThat(schedule.at(25 * 7)).isCloseTo(0.01, within(1e-17));
    assertThat(schedule.at(700)).isCloseTo(0.01, within(1e-17));
  }

  @Test
  void constantStaysAfterItsWarmUp() {
    Schedule schedule = Schedule.of(rate(Kind.CONSTANT, 2, 0), 10, 50);
    assertThat(schedule.at(0)).isEqualTo(0.01);
    assertThat(schedule.at(50)).isCloseTo(0.505, within(1e-12));
    assertThat(schedule.at(100)).isEqualTo(1);
    assertThat(schedule.at(499)).isEqualTo(1);
  }

  @Test
  void cosineIsHalfWayBetweenItsEndsInTheMiddle() {
    Schedule schedule = Schedule.of(rate(Kind.COSINE, 0, 0.2), 1, 101);
    assertThat(schedule.at(50)).isCloseTo(0.6, within(1e-12));
  }

  @Test
  void aCosineEndsWhereALimitOfStepsDoes() {
    Schedule schedule = Schedule.of(rate(Kind.COSINE, 0, 0.2), 10, 100, 301);
    assertThat(schedule.at(150)).isCloseTo(0.6, within(1e-12));
    assertThat(schedule.at(300)).isCloseTo(0.2, within(1e-12));
  }

  @Property
  void aCosineStartsAtOneAndEndsAtItsLeast(
      @ForAll @IntRange(min = 1, max = 50) int epochs,
      @ForAll @IntRange(min = 2, max = 200) int steps,
      @ForAll @DoubleRange(min = 0, max = 1) double least) {
    Schedule schedule = Schedule.of(rate(Kind.COSINE, 0, least), epochs, steps);
    long last = (long) epochs * steps - 1;
    assertThat(schedule.at(0)).isEqualTo(1);
    assertThat(schedule.at(last)).isCloseTo(least, within(1e-15));
    assertThat(schedule.at(last + 1000)).isEqualTo(schedule.at(last));
  }

  @Property
  void everyCurveStaysBetweenNothingAndTheBaseRate(
      @ForAll Kind kind,
      @ForAll @IntRange(min = 1, max = 50) int epochs,
      @ForAll @IntRange(min = 1, max = 50) int steps,
      @ForAll @DoubleRange(min = 0, max = 60) double warmup,
      @ForAll @DoubleRange(min = 0, max = 1) double least) {
    Schedule schedule = Schedule.of(rate(kind, warmup, least), epochs, steps);
    for (long step = 0; step < (long) epochs * steps; step++) {
      assertThat(schedule.at(step)).isBetween(0.0, 1.0);
    }
  }

  @Property
  void aWarmUpRisesAndACosineFallsWithoutAJump(
      @ForAll @IntRange(min = 2, max = 30) int epochs,
      @ForAll @IntRange(min = 20, max = 60) int steps,
      @ForAll @DoubleRange(min = 0.5, max = 1.5) double warmup) {
    Schedule schedule = Schedule.of(rate(Kind.COSINE, warmup, 0), epochs, steps);
    long rising = Math.round(warmup * steps);
    for (long step = 1; step < (long) epochs * steps; step++) {
      double change = schedule.at(step) - schedule.at(step - 1);
      if (step <= rising) {
        assertThat(change).isBetween(0.0, 1.0 / rising);
      } else {
        double falling = Math.max(1, (double) epochs * steps - 1 - rising);
        assertThat(change).isBetween(-Math.PI / 2 / falling - 1e-12, 0.0);
      }
    }
  }

  @Test
  void needsAStep() {
    assertThatThrownBy(() -> Schedule.of(rate(Kind.COSINE, 0, 0), 3, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
