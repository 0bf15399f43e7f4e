package dev.instar.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SubsetSamplingTest {
  @Test
  void theReferencesSamplingIsReproducedWithItsFaults() throws IOException {
    int reproduced = 0;
    for (JsonNode golden : cases()) {
      if (!golden.get("picked").isNull()) {
        assertThat(
                ReferenceSampling.share(
                    ints(golden.get("train_sizes")), 0.7 * golden.get("max_num_sample").intValue()))
            .as(golden.get("note").textValue())
            .containsExactly(ints(golden.get("picked")));
        reproduced++;
      }
    }
    assertThat(reproduced).isEqualTo(11);
  }

  @Test
  void whatTheReferenceEmptiesOrOvershootsIsMended() throws IOException {
    for (JsonNode golden : cases()) {
      int[] rarestFirst = reversed(ints(golden.get("train_sizes")));
      int target = Quota.of(golden.get("max_num_sample").intValue()).train();
      if (target <= Arrays.stream(rarestFirst).sum()) {
        int[] given = Strategy.BALANCED.share(rarestFirst, target);
        assertThat(given)
            .as(golden.get("note").textValue())
            .satisfies(shares -> assertThat(Arrays.stream(shares).sum()).isEqualTo(target));
        assertBalanced(rarestFirst, given);
      }
    }
  }

  @Test
  void moreThanThereIsIsAnErrorWithEitherRule() {
    Labelling labelling = new Labelling(new int[35], List.of("A"));
    SplitColumn parent = new SplitColumn(35);
    IntStream.range(0, 35).forEach(row -> parent.put(row, Subset.TRAIN));
    int[] order = IntStream.range(0, 35).toArray();
    for (SubsetSampling sampling :
        List.of(SubsetSampling.asTheReference(), SubsetSampling.by(Strategy.BALANCED))) {
      assertThatThrownBy(
              () -> sampling.sample(Experiment.SMALL_INSECT_ORDER, labelling, parent, order, 60))
          .isInstanceOf(SplitException.class)
          .hasMessage(
              "small_insect_order of 60 records needs 42 for train, and large_insect_order has 35: ask for fewer (--small N), or leave it out (--experiments)");
    }
  }

  @Property
  void aStrategyGivesExactlyWhatIsAskedAndNoClassMoreThanItHas(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 60) Integer> sizes,
      @ForAll Strategy strategy,
      @ForAll @IntRange(min = 0, max = 100) int percent) {
    int[] available = sizes.stream().sorted().mapToInt(Integer::intValue).toArray();
    int target = Arrays.stream(available).sum() * percent / 100;
    int[] given = strategy.share(available, target);
    assertThat(Arrays.stream(given).sum()).isEqualTo(target);
    for (int i = 0; i < given.length; i++) {
      assertThat(given[i]).isBetween(0, available[i]);
    }
    if (target >= given.length) {
      assertThat(given).doesNotContain(0);
    }
    if (strategy == Strategy.BALANCED) {
      assertBalanced(available, given);
    }
  }

  @Property
  void aLargerSubsetTakesNothingFromAnyClass(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 60) Integer> sizes,
      @ForAll Strategy strategy) {
    int[] available = sizes.stream().sorted().mapToInt(Integer::intValue).toArray();
    int[] before = new int[available.length];
    for (int target = 1; target <= Arrays.stream(available).sum(); target++) {
      int[] given = strategy.share(available, target);
      for (int i = 0; i < given.length; i++) {
        assertThat(given[i]).isGreaterThanOrEqualTo(before[i]);
      }
      before = given;
    }
  }

  @Test
  void proportionalSharesFollowTheClassesAndSquareRootsLieBetween() {
    int[] available = {100, 900, 10_000};
    assertThat(Strategy.PROPORTIONAL.share(available, 1100)).containsExactly(10, 90, 1000);
    assertThat(Strategy.SQRT.share(available, 140)).containsExactly(10, 30, 100);
    assertThat(Strategy.BALANCED.share(available, 140)).containsExactly(47, 47, 46);
  }

  /** Classes that are not used up differ by one record at most, in favour of the rarer. */
  private static void assertBalanced(int[] rarestFirst, int[] given) {
    int most = Arrays.stream(given).max().orElseThrow();
    int last = Integer.MAX_VALUE;
    for (int i = 0; i < given.length; i++) {
      if (given[i] < rarestFirst[i]) {
        assertThat(given[i]).isBetween(most - 1, Math.min(most, last));
        last = given[i];
      }
    }
  }

  private static Iterable<JsonNode> cases() throws IOException {
    return new ObjectMapper()
        .readTree(SharedData.path("golden/split/subset_sampling_expected.json").toFile())
        .get("cases");
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::intValue).toArray();
  }

  private static int[] reversed(int[] values) {
    return IntStream.range(0, values.length).map(i -> values[values.length - 1 - i]).toArray();
  }
}
