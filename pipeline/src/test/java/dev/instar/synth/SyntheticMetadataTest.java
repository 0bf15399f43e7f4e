package dev.instar.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyntheticMetadataTest {
  private static final List<String> COLUMNS = List.of(SyntheticMetadata.header().split("\t"));

  @Test
  void aTableOfThePublishedSizeHasThePublishedClassCounts() {
    Census census = new Census(Census.PUBLISHED);
    Map<String, Integer> orders = new HashMap<>();
    Map<String, Integer> flies = new HashMap<>();
    for (Taxon taxon : census.taxa()) {
      orders.merge(taxon.order(), taxon.records(), Integer::sum);
      if (taxon.order().equals("Diptera")) {
        flies.merge(taxon.family(), taxon.records(), Integer::sum);
      }
    }
    assertThat(orders)
        .containsEntry("Diptera", 896_324)
        .containsEntry("Hymenoptera", 89_311)
        .containsEntry("Plecoptera", 30)
        .containsEntry("Embioptera", 6)
        .hasSize(19);
    assertThat(orders.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(1_128_313);
    assertThat(flies)
        .containsEntry("Cecidomyiidae", 259_104)
        .containsEntry("Bombyliidae", 465)
        .containsEntry("Psilidae", 237);
    assertThat(
            flies.entrySet().stream()
                .filter(e -> !e.getKey().equals("not_classified") && e.getValue() >= 237)
                .count())
        .isEqualTo(40);
    assertThat(census.named()).isCloseTo(1_112_968, within(50));
    assertThat(census.taxa().stream().mapToInt(Taxon::bins).sum()).isCloseTo(90_918, within(100));
  }

  @Test
  void labelsThinOutBelowTheFamilyAsInThePublishedTable() {
    List<String[]> rows = rows(20_000, 1);
    assertThat(labelled(rows, "family")).isCloseTo(0.986, within(0.001));
    assertThat(labelled(rows, "subfamily")).isCloseTo(0.235, within(0.001));
    assertThat(labelled(rows, "tribe")).isCloseTo(0.054, within(0.001));
    assertThat(labelled(rows, "genus")).isCloseTo(0.225, within(0.001));
    assertThat(labelled(rows, "species")).isCloseTo(0.075, within(0.001));
    assertThat(labelled(rows, "uri")).isEqualTo(1);
  }

  @Test
  void idsAreUniqueAndNamesAgreeWithEachOther() {
    List<String[]> rows = rows(20_000, 1);
    assertThat(distinct(rows, "processid")).hasSize(20_000);
    assertThat(distinct(rows, "image_file")).hasSize(20_000);
    Map<String, String> familyOfGenus = new HashMap<>();
    Map<String, String> familyOfBin = new HashMap<>();
    for (String[] row : rows) {
      String genus = value(row, "genus");
      if (!genus.equals("not_classified")) {
        assertThat(familyOfGenus.putIfAbsent(genus, value(row, "family")))
            .isIn(null, value(row, "family"));
      }
      if (!value(row, "species").equals("not_classified")) {
        assertThat(value(row, "species")).startsWith(genus + " ");
      }
      assertThat(familyOfBin.putIfAbsent(value(row, "uri"), value(row, "family")))
          .isIn(null, value(row, "family"));
      assertThat(value(row, "uri")).matches("BOLD:[A-Z]{3}[0-9]{4}");
    }
  }

  @Test
  void barcodesDifferMoreBetweenSpeciesThanWithinABin() {
    Map<String, String> firstOfBin = new HashMap<>();
    Map<String, String> firstOfFamily = new HashMap<>();
    Map<String, String> binOfFamily = new HashMap<>();
    double within = 0;
    int withinCount = 0;
    double between = 0;
    int betweenCount = 0;
    for (String[] row : rows(3000, 7)) {
      String barcode = value(row, "nucraw");
      assertThat(barcode).matches("[ACGT]{658}");
      String sibling = firstOfBin.putIfAbsent(value(row, "uri"), barcode);
      if (sibling != null) {
        within += difference(sibling, barcode);
        withinCount++;
      }
      String cousin = firstOfFamily.putIfAbsent(value(row, "family"), barcode);
      String cousinsBin = binOfFamily.putIfAbsent(value(row, "family"), value(row, "uri"));
      if (cousin != null && !cousinsBin.equals(value(row, "uri"))) {
        between += difference(cousin, barcode);
        betweenCount++;
      }
    }
    assertThat(withinCount).isGreaterThan(1000);
    assertThat(betweenCount).isGreaterThan(1000);
    assertThat(within / withinCount).isBetween(0.001, 0.012);
    assertThat(between / betweenCount).isGreaterThan(8 * within / withinCount);
  }

  @Test
  void theBytesDependOnTheSeedAndNotOnTheNumberOfThreads(@TempDir Path folder)
      throws IOException, InterruptedException {
    new SyntheticMetadata(9000, 1).write(folder.resolve("one"), 1);
    new SyntheticMetadata(9000, 1).write(folder.resolve("three"), 3);
    new SyntheticMetadata(9000, 2).write(folder.resolve("other"), 3);
    Path one = folder.resolve("one/metadata.tsv");
    assertThat(one).hasSameBinaryContentAs(folder.resolve("three/metadata.tsv"));
    assertThat(Files.mismatch(one, folder.resolve("other/metadata.tsv"))).isNotNegative();
    List<String> lines = Files.readAllLines(one);
    assertThat(lines).hasSize(9001);
    assertThat(lines.get(0).split("\t")).hasSize(28);
    assertThat(lines.get(9000)).isEqualTo(new SyntheticMetadata(9000, 1).row(8999));
  }

  @Test
  void aTableNeedsARecord() {
    assertThat(new SyntheticMetadata(1, 1).row(0)).contains("Diptera");
    assertThatThrownBy(() -> new SyntheticMetadata(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a table of 0 records, it needs 1 or more");
  }

  @Property(tries = 100)
  void aPermutationHitsEveryPlaceOnce(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int size) {
    Permutation permutation = new Permutation(seed, size);
    int[] places = IntStream.range(0, size).map(permutation::of).sorted().toArray();
    assertThat(places).isEqualTo(IntStream.range(0, size).toArray());
  }

  @Property(tries = 100)
  void anApportionmentAddsUpAndIsNearestToTheWeights(
      @ForAll double[] drawn, @ForAll @IntRange(min = 0, max = 100_000) int total) {
    double[] weights = Arrays.stream(drawn).map(w -> 1 + Math.abs(w % 1000)).toArray();
    if (weights.length > 0) {
      int[] shares = Apportionment.of(total, weights);
      assertThat(Arrays.stream(shares).sum()).isEqualTo(total);
      double sum = Arrays.stream(weights).sum();
      for (int i = 0; i < shares.length; i++) {
        assertThat((double) shares[i]).isCloseTo(total * weights[i] / sum, within(1.0));
      }
    }
  }

  private static List<String[]> rows(int records, long seed) {
    SyntheticMetadata metadata = new SyntheticMetadata(records, seed);
    return IntStream.range(0, records).mapToObj(i -> metadata.row(i).split("\t", -1)).toList();
  }

  private static String value(String[] row, String column) {
    return row[COLUMNS.indexOf(column)];
  }

  private static double labelled(List<String[]> rows, String column) {
    return (double) rows.stream().filter(r -> !value(r, column).equals("not_classified")).count()
        / rows.size();
  }

  private static Set<String> distinct(List<String[]> rows, String column) {
    Set<String> values = new HashSet<>();
    rows.forEach(row -> values.add(value(row, column)));
    return values;
  }

  private static double difference(String one, String other) {
    return (double)
            IntStream.range(0, one.length()).filter(i -> one.charAt(i) != other.charAt(i)).count()
        / one.length();
  }
}
