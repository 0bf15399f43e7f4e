package dev.instar.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.instar.loader.Chance.Purpose;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Positive;
import org.junit.jupiter.api.Test;

final class ChanceTest {
  @Test
  void numbersAreThoseOfSplitMix64() {
    Chance chance = new Chance().begin(1, 2, 3, Purpose.CROP);
    // SplittableRandom has the same steps and constants.
    long state = 0;
    for (long number : new long[] {1, 2, 3, Purpose.CROP.ordinal()}) {
      state = new SplittableRandom(state + number).nextLong();
    }
    SplittableRandom same = new SplittableRandom(state);
    for (int i = 0; i < 5; i++) {
      assertThat(chance.next()).isEqualTo(same.nextLong());
    }
  }

  @Test
  void everySeedEpochItemRepeatAndPurposeHasNumbersOfItsOwn() {
    Set<Long> first = new HashSet<>();
    Chance chance = new Chance();
    int many = 0;
    for (int seed = 0; seed < 4; seed++) {
      for (int epoch = 0; epoch < 4; epoch++) {
        for (int item = 0; item < 50; item++) {
          for (int repeat = 0; repeat < 4; repeat++) {
            for (Purpose purpose : Purpose.values()) {
              first.add(chance.begin(seed, epoch, item, repeat, purpose).next());
              many++;
            }
          }
        }
      }
    }
    assertThat(first).hasSize(many);
  }

  @Property(tries = 200)
  void numbersBelowABoundAreBelowIt(
      @ForAll long seed, @ForAll @Positive @IntRange(min = 1) int bound) {
    assertThat(new Chance().begin(seed, 0, 0, Purpose.CROP).below(bound)).isBetween(0, bound - 1);
  }

  @Test
  void numbersBelowABoundAreAllAlike() {
    Chance chance = new Chance().begin(1, 0, 0, Purpose.CROP);
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[chance.below(7)]++;
    }
    // Five standard deviations.
    assertThat(Arrays.stream(counts)).allMatch(n -> Math.abs(n - 10_000) < 463);
  }

  @Test
  void betaHasTheMeanAndTheVarianceOfTheDistribution() {
    for (double alpha : new double[] {0.05, 0.2, 0.8, 1, 2.5}) {
      Chance chance = new Chance().begin(3, 0, 0, Purpose.MIXING);
      double sum = 0;
      double squares = 0;
      int draws = 100_000;
      for (int i = 0; i < draws; i++) {
        double value = chance.beta(alpha);
        assertThat(value).isBetween(0.0, 1.0);
        sum += value;
        squares += (value - 0.5) * (value - 0.5);
      }
      assertThat(sum / draws).as("mean of " + alpha).isCloseTo(0.5, within(0.008));
      assertThat(squares / draws)
          .as("variance of " + alpha)
          .isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.003));
    }
  }
}
