package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.taxonomy.MetadataTable;
import dev.instar.taxonomy.Rank;
import dev.instar.taxonomy.Specimens;
import dev.instar.taxonomy.Statistics;
import dev.instar.taxonomy.TaxonomyTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatisticsPageTest {
  @TempDir private Path folder;

  private String page(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("t.tsv"), content);
    MetadataTable table = Statistics.read(file, 1);
    return new StatisticsPage(
            Statistics.of(table),
            Statistics.within(table, Rank.ORDER, "Diptera", Rank.FAMILY),
            TaxonomyTree.of(table),
            Specimens.ofLargestClasses(table, Rank.ORDER, 4))
        .html();
  }

  @Test
  void showsNamesAsTextWhateverTheyHold() throws IOException {
    String page =
        page(
            "order\tfamily\tsmall_insect_order\n<script>alert(1)</script>\t\"><b>&\ttrain\nDiptera\t<i>\ttest\n");
    assertThat(page).contains("&lt;script&gt;alert(1)").doesNotContain("<script", "<i>");
  }

  @Test
  void needsNothingBesideIt() throws IOException {
    String page = page("order\tnucraw\nDiptera\t" + "ACGTN".repeat(100) + "\n");
    assertThat(page).contains("default-src 'none'").doesNotContain("http://", "https://", "url(");
  }

  @Test
  void drawsOneStripeOfEachBaseOfALongBarcode() throws IOException {
    String page = page("order\tnucraw\nDiptera\t" + "ACGT".repeat(100) + "\n");
    assertThat(page)
        .contains("path class=\"baseA\"", "path class=\"baseT\"")
        .contains("path class=\"baseC\"", "path class=\"baseG\"")
        .doesNotContain("path class=\"baseN\"");
  }

  @Test
  void listsClassesInThePublishedOrder() throws IOException {
    String page = page("order\nEmbioptera\nEmbioptera\nOdonata\nDiptera\n");
    assertThat(page.indexOf(">Diptera<")).isLessThan(page.indexOf(">Embioptera<"));
    assertThat(page.indexOf(">Embioptera<")).isLessThan(page.indexOf(">Odonata<"));
  }

  @Test
  void survivesATableWithoutRows() throws IOException {
    assertThat(page("order\tfamily\tnucraw\tsmall_insect_order\n")).contains("0 specimens");
  }
}
