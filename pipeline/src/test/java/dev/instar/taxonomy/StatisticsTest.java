package dev.instar.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatisticsTest {
  @TempDir private Path folder;

  private static Statistics statistics(Path file) throws IOException {
    return Statistics.of(Statistics.read(file, 2));
  }

  @Test
  void describesADistribution() {
    Distribution d = Distribution.of(IntStream.of(4, 1, 0, 2, 1));
    assertThat(d.classes()).isEqualTo(4);
    assertThat(d.records()).isEqualTo(8);
    assertThat(d.min()).isEqualTo(1);
    assertThat(d.median()).isEqualTo(1.5);
    assertThat(d.mean()).isEqualTo(2);
    assertThat(d.max()).isEqualTo(4);
    assertThat(d.imbalance()).isEqualTo(4);
    assertThat(d.singletons()).isEqualTo(2);
    // 1/2 + 2/4 + 2 * 3/8 bits
    assertThat(d.entropy()).isCloseTo(1.75, within(1e-12));
    assertThat(d.effective()).isCloseTo(Math.pow(2, 1.75), within(1e-12));
  }

  @Test
  void givesThePublishedImbalanceOfOrders() {
    // The counts of BIOSCAN-1M's 16 orders.
    Distribution d =
        Distribution.of(
            IntStream.of(
                896_324, 89_311, 47_328, 46_970, 32_538, 9_635, 2_088, 1_296, 1_057, 824, 676, 96,
                66, 63, 30, 6));
    assertThat(d.records()).isEqualTo(1_128_308);
    assertThat(d.imbalance()).isCloseTo(149_387, within(0.5));
  }

  @Property
  void countsAsManyEffectiveClassesAsThereAreEqualOnes(
      @ForAll @IntRange(min = 1, max = 500) int classes,
      @ForAll @IntRange(min = 1, max = 1000) int records) {
    Distribution d = Distribution.of(IntStream.generate(() -> records).limit(classes));
    assertThat(d.effective()).isCloseTo(classes, within(1e-6 * classes));
  }

  @Property
  void neverCountsMoreEffectiveClassesThanClasses(
      @ForAll @NotEmpty List<@IntRange(min = 1, max = 100_000) Integer> counts) {
    Distribution d = Distribution.of(counts.stream().mapToInt(Integer::intValue));
    assertThat(d.effective()).isBetween(1 - 1e-9, d.classes() + 1e-6 * d.classes());
    assertThat(d.median()).isBetween((double) d.min(), (double) d.max());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a20k", "b3k"})
  void readsTheSplitsOfThePublishedFormAsTheReferenceDoes(String name) throws IOException {
    Statistics statistics =
        statistics(SharedData.path("golden/split/" + name + "_with_splits.tsv"));
    JsonNode golden =
        new ObjectMapper()
            .readTree(SharedData.path("golden/split/" + name + "_reading_expected.json").toFile())
            .get("experiments");
    assertThat(statistics.experiments()).hasSize(golden.size());
    for (ExperimentStatistics experiment : statistics.experiments()) {
      JsonNode splits = golden.get(experiment.column().column());
      for (int s = 0; s < experiment.splits().size(); s++) {
        JsonNode expected = splits.get(experiment.splits().get(s).name());
        int split = s;
        List<Integer> counts =
            experiment.classes().stream()
                .map(entry -> entry.records().get(split))
                .filter(count -> count > 0)
                .sorted((a, b) -> b - a)
                .toList();
        List<Integer> goldenCounts = new ArrayList<>();
        expected
            .get("n_sample_per_class_in_id_order")
            .forEach(count -> goldenCounts.add(count.asInt()));
        // The reference keeps not_classified orders as a class.
        long unlabelled = expected.get("n").asInt() - counts.stream().mapToLong(c -> c).sum();
        if (unlabelled > 0) {
          goldenCounts.remove(Integer.valueOf((int) unlabelled));
        }
        assertThat(counts).isEqualTo(goldenCounts);
      }
    }
  }

  @Test
  void numbersClassesAsTheReferenceDoesFromTheTrainingSplit() throws IOException {
    Statistics statistics = statistics(SharedData.path("golden/split/a20k_with_splits.tsv"));
    JsonNode ids =
        new ObjectMapper()
            .readTree(SharedData.path("golden/split/a20k_reading_expected.json").toFile())
            .get("experiments")
            .get("large_diptera_family")
            .get("train")
            .get("class_to_id");
    List<ExperimentStatistics.ClassOfExperiment> classes =
        statistics.experiment("large_diptera_family").orElseThrow().classes();
    List<Integer> counts = classes.stream().map(entry -> entry.records().get(0)).toList();
    for (int id = 0; id < classes.size(); id++) {
      int goldenId = ids.get(classes.get(id).label()).asInt();
      // Ties go by first appearance among the training rows alone, which another split may hide.
      assertThat(counts.get(goldenId)).isEqualTo(counts.get(id));
    }
  }

  @Test
  void describesBarcodesAndWhatTheyShare() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("t.tsv"), "order\tnucraw\nA\tACGT\nA\tACGTNN\nB\tACCN\nB\t\nB\tAC?T\n");
    BarcodeStatistics barcodes = statistics(file).barcodes().orElseThrow();
    assertThat(barcodes)
        .isEqualTo(new BarcodeStatistics(4, 1, 4, 4, 4.5, 6, 2, 3 / 18.0, 1, 3, 2, 2));
  }

  @Test
  void describesTheRealEarlyTable() throws IOException {
    Statistics statistics = statistics(SharedData.path("data/metadata/bioscan_early_schema.tsv"));
    assertThat(statistics.records()).isEqualTo(8273);
    assertThat(statistics.of(Rank.SPECIES).orElseThrow().missing()).isPositive();
    for (Statistics.OfRank of : statistics.ranks()) {
      assertThat(of.missing() + of.distribution().records()).isEqualTo(8273);
      assertThat(of.classes().stream().mapToLong(ClassCount::records).sum())
          .isEqualTo(of.distribution().records());
    }
  }

  @Test
  void refusesATableWithoutRanks() throws IOException {
    Path file = Files.writeString(folder.resolve("t.tsv"), "x\ty\n1\t2\n");
    assertThatThrownBy(() -> statistics(file))
        .isInstanceOf(MetadataException.class)
        .hasMessageContaining("none of its columns is a rank")
        .hasMessageContaining("x, y");
  }

  @Test
  void growsATreeThatSkipsUnknownRanks() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("t.tsv"), "order\tfamily\tgenus\nO\tF\tG\nO\t\tH\nO\tF\t\n");
    TaxonomyTree order = TaxonomyTree.of(Statistics.read(file, 1)).get(0);
    assertThat(order.name()).isEqualTo("O");
    assertThat(order.records()).isEqualTo(3);
    assertThat(order.children()).extracting(TaxonomyTree::name).containsExactly("F", "H");
    assertThat(order.unresolved()).isZero();
    assertThat(order.children().get(0).unresolved()).isEqualTo(1);
  }
}
