package dev.instar.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.instar.image.Size;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SampleMetadataTest {
  private static final Size SIZE = new Size(64, 64);

  @Test
  void theNaturalMixHasTheLongTailOfTheRealCollection() {
    List<Sample> samples = samples(50_000, SynthPlan.Mix.NATURAL);
    Map<String, Long> orders =
        samples.stream().collect(Collectors.groupingBy(Sample::order, Collectors.counting()));
    // 896,324, 89,311 and 47,328 of 1,128,308.
    assertThat(orders.get("Diptera") / 50_000.0).isCloseTo(0.7944, within(0.01));
    assertThat(orders.get("Hymenoptera") / 50_000.0).isCloseTo(0.0792, within(0.006));
    assertThat(orders.get("Coleoptera") / 50_000.0).isCloseTo(0.0419, within(0.005));
    assertThat(orders.getOrDefault("Embioptera", 0L)).isLessThan(5);
    Map<String, Long> families =
        samples.stream()
            .filter(sample -> sample.order().equals("Diptera"))
            .collect(Collectors.groupingBy(Sample::family, Collectors.counting()));
    assertThat((double) families.get("Cecidomyiidae") / orders.get("Diptera"))
        .isCloseTo(0.289, within(0.01));
  }

  @Test
  void theEvenMixHasAllSixteenOrders() {
    Map<String, Long> orders =
        samples(4000, SynthPlan.Mix.EVEN).stream()
            .collect(Collectors.groupingBy(Sample::order, Collectors.counting()));
    assertThat(orders).hasSize(16);
    assertThat(orders.values()).allSatisfy(count -> assertThat(count).isBetween(170L, 330L));
  }

  @Test
  void namesAndIdsAreUniqueAndPartsHoldTenThousand() {
    List<Sample> samples = samples(20_001, SynthPlan.Mix.NATURAL);
    assertThat(distinct(samples, Sample::name)).hasSize(20_001);
    assertThat(distinct(samples, Sample::sampleId)).hasSize(20_001);
    assertThat(distinct(samples, Sample::processId)).hasSize(20_001);
    assertThat(samples.stream().map(Sample::name))
        .allMatch(name -> name.matches("BIOUG\\d{5}-[A-H](0[1-9]|1[0-2])\\.jpg|\\d{7}\\.jpg"))
        .anyMatch(name -> name.startsWith("BIOUG"))
        .anyMatch(name -> name.startsWith("3"));
    assertThat(samples.get(9_999).part()).isEqualTo(1);
    assertThat(samples.get(10_000).part()).isEqualTo(2);
    assertThat(samples.get(20_000).path()).startsWith("part3/");
  }

  @Test
  void aBinBelongsToOneSpeciesOfOneFamily() {
    Map<String, Lineage> byUri = new HashMap<>();
    for (Sample sample : samples(20_000, SynthPlan.Mix.EVEN)) {
      Lineage lineage = sample.lineage();
      assertThat(lineage.uri()).matches("BOLD:Z[A-Z]{2}\\d{4}");
      assertThat(byUri.merge(lineage.uri(), lineage, (a, b) -> a)).isEqualTo(lineage);
    }
    assertThat(distinct(List.copyOf(byUri.values()), Lineage::species).size())
        .as("an unclassified family's species carry the order's name")
        .isEqualTo(byUri.size());
  }

  @Test
  void barcodesDifferMoreBetweenKindsThanWithin() {
    Barcodes barcodes = new Barcodes(1);
    Map<String, List<Sample>> kinds =
        samples(3000, SynthPlan.Mix.NATURAL).stream()
            .collect(Collectors.groupingBy(sample -> sample.lineage().uri()));
    List<String> firsts = new ArrayList<>();
    int farthestWithin = 0;
    for (List<Sample> kind : kinds.values()) {
      String first = barcode(barcodes, kind.get(0));
      assertThat(first).matches("[ACGT]{658}");
      firsts.add(first);
      for (Sample other : kind.subList(1, Math.min(kind.size(), 4))) {
        farthestWithin = Math.max(farthestWithin, differences(first, barcode(barcodes, other)));
      }
    }
    int nearestBetween = Integer.MAX_VALUE;
    for (int i = 1; i < Math.min(firsts.size(), 300); i++) {
      for (int j = 0; j < i; j++) {
        nearestBetween = Math.min(nearestBetween, differences(firsts.get(i), firsts.get(j)));
      }
    }
    assertThat(farthestWithin).isBetween(1, 20);
    assertThat(nearestBetween).isGreaterThan(farthestWithin);
  }

  @Test
  void rowsAreNamedAsOftenAsTheRealOnes() {
    SampleMetadata metadata = new SampleMetadata(1);
    List<String> header = List.of(SampleMetadata.header().split("\t"));
    int genus = 0;
    int species = 0;
    List<Sample> samples = samples(8000, SynthPlan.Mix.NATURAL);
    for (Sample sample : samples) {
      String[] row = metadata.row(sample).split("\t", -1);
      assertThat(row).hasSize(header.size());
      boolean hasGenus = !row[header.indexOf("genus")].equals(Lineage.NOT_CLASSIFIED);
      boolean hasSpecies = !row[header.indexOf("species")].equals(Lineage.NOT_CLASSIFIED);
      genus += hasGenus ? 1 : 0;
      species += hasSpecies ? 1 : 0;
      if (hasSpecies) {
        assertThat(row[header.indexOf("species")]).startsWith(row[header.indexOf("genus")] + " ");
        assertThat(row[header.indexOf("name")]).isEqualTo(row[header.indexOf("species")]);
      }
      assertThat(row[header.indexOf("image_file")]).isEqualTo(sample.name());
      assertThat(row[header.indexOf("order")]).isEqualTo(sample.order());
    }
    assertThat(genus / 8000.0).isCloseTo(0.225, within(0.02));
    assertThat(species / 8000.0).isCloseTo(0.075, within(0.015));
  }

  private static String barcode(Barcodes barcodes, Sample sample) {
    return barcodes.of(sample.lineage(), sample.index());
  }

  private static int differences(String a, String b) {
    int differences = 0;
    for (int i = 0; i < a.length(); i++) {
      differences += a.charAt(i) == b.charAt(i) ? 0 : 1;
    }
    return differences;
  }

  private static List<Sample> samples(int records, SynthPlan.Mix mix) {
    return SampleFolder.samples(new SynthPlan(records, SIZE, 1, mix));
  }

  private static <T> Set<String> distinct(List<T> items, Function<T, String> key) {
    return new HashSet<>(items.stream().map(key).toList());
  }
}
