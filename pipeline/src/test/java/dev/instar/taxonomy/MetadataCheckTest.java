package dev.instar.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.instar.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetadataCheckTest {
  private static final String BARCODE = "ACGT".repeat(100);

  @TempDir private Path folder;

  private MetadataCheck check(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("t.tsv"), content);
    return MetadataCheck.of(file, Optional.empty(), 1);
  }

  private static List<String> found(MetadataCheck check) {
    return check.problems().stream()
        .map(p -> p.check() + " " + p.count() + " " + p.examples())
        .toList();
  }

  @Test
  void findsNothingInATableThatIsInOrder() throws IOException {
    MetadataCheck check = check("processid\tfamily\tgenus\nA\tF\tG\nB\tF\tG\n");
    assertThat(check.clean()).isTrue();
  }

  @Test
  void findsRepeatedAndMissingIdentifiers() throws IOException {
    assertThat(found(check("processid\tx\nA\t\nB\t\nA\t\n\t\nA\t\n")))
        .containsExactly("missing-id 1 [row 4]", "duplicate-id 1 [A: 3 rows, first 1]");
  }

  @Test
  void findsANameUnderTwoParentsOnceAtTheNarrowestRank() throws IOException {
    String table =
        "processid\torder\tfamily\tgenus\nA\tO1\tF1\tG\nB\tO2\tF2\tG\nC\tO1\tF3\tH\nD\tO1\tnot_classified\tH\n";
    assertThat(found(check(table))).containsExactly("broken-taxonomy 1 [G: F1, F2]");
  }

  @Test
  void findsSpeciesThatDoNotFitTheirGenus() throws IOException {
    String table =
        "processid\tgenus\tspecies\nA\tApis\tApis mellifera\nB\tBombus\tApis mellifica\nC\t\tVespa crabro\n";
    assertThat(found(check(table)))
        .containsExactly(
            "species-without-genus 1 [C: Vespa crabro]",
            "species-of-other-genus 1 [B: Apis mellifica in Bombus]");
  }

  @Test
  void findsMalformedBarcodesAndBins() throws IOException {
    String table =
        "processid\turi\tnucraw\nA\tBOLD:AAA1234\t"
            + BARCODE
            + "\nB\tBOLD:AA1234\tACGT\nC\tAAA1234\t"
            + BARCODE
            + "x\nD\t\t"
            + BARCODE.repeat(5)
            + "\n";
    assertThat(found(check(table)))
        .containsExactly(
            "malformed-bin 2 [BOLD:AA1234, AAA1234]",
            "barcode-alphabet 1 [C: 1 of 401]",
            "barcode-short 1 [B: 4]",
            "barcode-long 1 [D: 2000]");
  }

  @Test
  void findsEqualBarcodesWithDifferentNames() throws IOException {
    String table =
        "processid\tfamily\tnucraw\nA\tF1\t"
            + BARCODE
            + "\nB\t\t"
            + BARCODE
            + "\nC\tF2\t"
            + BARCODE
            + "NN\nD\tF3\tA"
            + BARCODE
            + "\n";
    assertThat(found(check(table))).containsExactly("label-noise 1 [A and 2 more: F1, F2]");
  }

  @Test
  void comparesRowsWithPictures() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("t.tsv"), "processid\timage_file\nA\ta.jpg\nB\tb.jpg\nC\tc.jpg\n");
    MetadataCheck check =
        MetadataCheck.of(file, Optional.of(List.of("part1/a.jpg", "c.jpg", "d.jpg")), 1);
    assertThat(found(check)).containsExactly("no-image 1 [b.jpg]", "no-row 1 [d.jpg]");
  }

  @Test
  void refusesATableWithoutIdentifiers() throws IOException {
    assertThatThrownBy(() -> check("x\ty\n1\t2\n"))
        .isInstanceOf(MetadataException.class)
        .hasMessageContaining("lacks the column processid");
  }

  @Test
  void findsTheKnownFaultsOfTheRealEarlyTable() throws IOException {
    MetadataCheck check =
        MetadataCheck.of(
            SharedData.path("data/metadata/bioscan_early_schema.tsv"), Optional.empty(), 2);
    assertThat(check.problems())
        .extracting(Problem::check, Problem::count)
        .containsExactly(tuple("species-without-genus", 1L), tuple("species-of-other-genus", 9L));
  }
}
