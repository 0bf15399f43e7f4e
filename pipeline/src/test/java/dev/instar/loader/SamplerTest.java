package dev.instar.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class SamplerTest {
  /** Samples of classes with that many records, class by class. */
  private static Samples samples(int... perClass) {
    int[] labels =
        IntStream.range(0, perClass.length)
            .flatMap(c -> IntStream.generate(() -> c).limit(perClass[c]))
            .toArray();
    int[] records = IntStream.range(0, labels.length).toArray();
    return Samples.of(
        new NamedSource(Collections.nCopies(labels.length, "x.jpg")),
        records,
        labels,
        perClass.length);
  }

  private static int[] drawn(Samples samples, Sampling sampling, int epochs) {
    Sampler sampler = new Sampler(samples, sampling, 5);
    int[] counts = new int[samples.classes()];
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (int sample : sampler.order(epoch)) {
        counts[samples.label(sample)]++;
      }
    }
    return counts;
  }

  @Property(tries = 50)
  void aShuffledEpochTakesEachRecordOnce(
      @ForAll @IntRange(min = 1, max = 400) int size, @ForAll long seed, @ForAll int epoch) {
    int[] order = new Sampler(samples(size), Sampling.SHUFFLED, seed).order(epoch);
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, size).toArray());
  }

  @Test
  void everyPlaceOfAShuffledEpochIsEquallyLikely() {
    Sampler sampler = new Sampler(samples(5), Sampling.SHUFFLED, 1);
    int[][] counts = new int[5][5];
    for (int epoch = 0; epoch < 20_000; epoch++) {
      int[] order = sampler.order(epoch);
      for (int i = 0; i < 5; i++) {
        counts[i][order[i]]++;
      }
    }
    // Five standard deviations of a binomial with n = 20,000 and p = 0.2.
    assertThat(Arrays.stream(counts).flatMapToInt(Arrays::stream))
        .allMatch(n -> Math.abs(n - 4000) < 283);
  }

  @Test
  void orderIsAFunctionOfSeedAndEpoch() {
    Samples samples = samples(30, 20);
    for (Sampling sampling : Sampling.values()) {
      int[] order = new Sampler(samples, sampling, 3).order(8);
      assertThat(new Sampler(samples, sampling, 3).order(8)).isEqualTo(order);
      if (sampling != Sampling.SEQUENTIAL) {
        assertThat(new Sampler(samples, sampling, 3).order(9)).isNotEqualTo(order);
        assertThat(new Sampler(samples, sampling, 4).order(8)).isNotEqualTo(order);
      }
    }
    assertThat(new Sampler(samples, Sampling.SEQUENTIAL, 3).order(8))
        .isEqualTo(IntStream.range(0, 50).toArray());
  }

  @Test
  void inverseFrequencyDrawsAllClassesAlikeInTheMean() {
    int[] counts = drawn(samples(900, 90, 0, 10), Sampling.INVERSE_FREQUENCY, 20);
    assertThat(counts[2]).isZero();
    assertThat(List.of(counts[0], counts[1], counts[3]))
        .allSatisfy(n -> assertThat(n / 20_000.0).isCloseTo(1 / 3.0, within(0.017)));
  }

  @Test
  void squareRootDrawsClassesByTheRootOfTheirSize() {
    int[] counts = drawn(samples(900, 100), Sampling.SQUARE_ROOT, 20);
    assertThat(counts[0] / 20_000.0).isCloseTo(0.75, within(0.016));
  }

  @Test
  void effectiveNumberDrawsBySizeOverTheEffectiveNumber() {
    int[] counts = drawn(samples(9900, 100), Sampling.EFFECTIVE_NUMBER, 4);
    double large = 9900 / ((1 - Math.pow(0.9999, 9900)) / 0.0001);
    double small = 100 / ((1 - Math.pow(0.9999, 100)) / 0.0001);
    assertThat(counts[0] / 40_000.0).isCloseTo(large / (large + small), within(0.0125));
  }

  @Property(tries = 50)
  void classBalancedEpochsTakeAllClassesExactlyAlike(
      @ForAll @IntRange(min = 1, max = 60) int first,
      @ForAll @IntRange(min = 0, max = 9) int second,
      @ForAll @IntRange(min = 0, max = 3) int third) {
    Samples samples = samples(first, second, third);
    int[] counts =
        Arrays.stream(drawn(samples, Sampling.CLASS_BALANCED, 1)).filter(n -> n > 0).toArray();
    assertThat(Arrays.stream(counts).max().orElseThrow())
        .isLessThanOrEqualTo(Arrays.stream(counts).min().orElseThrow() + 1);
    assertThat(counts)
        .hasSize(1 + (second > 0 && samples.size() > 1 ? 1 : 0) + (third > 0 ? 1 : 0));
  }

  @Test
  void classBalancedEpochsTakeARecordAgainOnlyOnceAllOfItsClassWereTaken() {
    Samples samples = samples(40, 10);
    int[] order = new Sampler(samples, Sampling.CLASS_BALANCED, 2).order(0);
    BitSet seen = new BitSet();
    int rare = 0;
    for (int sample : order) {
      if (samples.label(sample) == 1) {
        seen.set(sample);
        rare++;
        assertThat(seen.cardinality()).isEqualTo(Math.min(10, rare));
      }
    }
    assertThat(rare).isEqualTo(25);
  }

  @Property(tries = 300)
  void processesShareAnEpochInEquallyManyBatches(
      @ForAll @IntRange(min = 1, max = 200) int total,
      @ForAll @IntRange(min = 1, max = 7) int ranks,
      @ForAll @IntRange(min = 1, max = 9) int batch) {
    int[] taken = new int[total];
    int extra = 0;
    int batches = new Share(total, new Shard(0, ranks), batch, false).batches();
    for (int rank = 0; rank < ranks; rank++) {
      Share share = new Share(total, new Shard(rank, ranks), batch, false);
      assertThat(share.batches()).isEqualTo(batches);
      int samples = 0;
      for (int b = 0; b < batches; b++) {
        assertThat(share.sizeOf(b)).isBetween(1, batch);
        for (int i = 0; i < share.sizeOf(b); i++) {
          int place = share.place(b, i);
          assertThat(place % ranks == rank || taken[place] > 0 || place < ranks).isTrue();
          extra += taken[place]++ > 0 ? 1 : 0;
          samples++;
        }
      }
      assertThat(samples).isEqualTo(share.size());
    }
    assertThat(taken).doesNotContain(0);
    boolean needed = total % ranks > 0 && total / ranks % batch == 0;
    assertThat(extra).isEqualTo(needed ? ranks - total % ranks : 0);
  }

  @Property(tries = 100)
  void droppingTheLastLeavesFullBatchesOfDistinctSamples(
      @ForAll @IntRange(min = 1, max = 200) int total,
      @ForAll @IntRange(min = 1, max = 5) int ranks,
      @ForAll @IntRange(min = 1, max = 9) int batch) {
    BitSet taken = new BitSet();
    for (int rank = 0; rank < ranks; rank++) {
      Share share = new Share(total, new Shard(rank, ranks), batch, true);
      assertThat(share.batches()).isEqualTo(total / ranks / batch);
      for (int b = 0; b < share.batches(); b++) {
        assertThat(share.sizeOf(b)).isEqualTo(batch);
        for (int i = 0; i < batch; i++) {
          taken.set(share.place(b, i));
        }
      }
    }
    assertThat(taken.cardinality()).isEqualTo(total / ranks / batch * batch * ranks);
  }

  @Test
  void refusesToDrawByClassWhereOneIsNotKnown() {
    Samples unlabelled = Samples.unlabelled(NamedSource.of("a.jpg"));
    assertThatThrownBy(() -> new Sampler(unlabelled, Sampling.CLASS_BALANCED, 0))
        .hasMessageContaining("the class of a.jpg is not known");
    assertThat(new Sampler(unlabelled, Sampling.SHUFFLED, 0).order(0)).containsExactly(0);
  }
}
