package dev.instar.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetadataConversionTest {
  @TempDir private Path folder;

  @Provide
  Arbitrary<Tables.Content> plain() {
    return Tables.plain();
  }

  @Provide
  Arbitrary<Tables.Content> wild() {
    return Tables.wild();
  }

  private static void inFolder(InFolder test) throws IOException {
    Path folder = Files.createTempDirectory("conversion");
    try {
      test.in(folder);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private interface InFolder {
    void in(Path folder) throws IOException;
  }

  @Property(tries = 60)
  void losesNothingOnTheWayThroughAllForms(@ForAll("plain") Tables.Content content)
      throws IOException {
    inFolder(
        in -> {
          Path first = Files.writeString(in.resolve("0.tsv"), content.tsv());
          List<String> endings =
              List.of("csv", "jsonl", "jsonld", "parquet", "csv", "parquet", "jsonl", "tsv");
          Path last = first;
          for (int i = 0; i < endings.size(); i++) {
            Path next = in.resolve((i + 1) + "." + endings.get(i));
            assertThat(MetadataConversion.convert(last, next).rows())
                .isEqualTo(content.rows().size());
            last = next;
          }
          assertThat(last).hasSameBinaryContentAs(first);
        });
  }

  @Property(tries = 60)
  void keepsTabsAndLineEndsInTheFormsThatHoldThem(@ForAll("wild") Tables.Content content)
      throws IOException {
    inFolder(
        in -> {
          Path first = Files.writeString(in.resolve("0.csv"), content.csv());
          Path canonical = in.resolve("1.csv");
          MetadataConversion.convert(first, canonical);
          Path last = canonical;
          List<String> endings = List.of("jsonl", "jsonld", "parquet", "csv");
          for (int i = 0; i < endings.size(); i++) {
            Path next = in.resolve((i + 2) + "." + endings.get(i));
            MetadataConversion.convert(last, next);
            last = next;
          }
          assertThat(last).hasSameBinaryContentAs(canonical);
          assertThat(texts(last)).isEqualTo(content.rows());
        });
  }

  private static List<List<String>> texts(Path table) throws IOException {
    List<List<String>> all = new ArrayList<>();
    try (MetadataRows rows = MetadataRows.open(table)) {
      while (rows.next()) {
        String[] values = new String[rows.header().size()];
        Arrays.setAll(values, rows::text);
        all.add(List.of(values));
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"five_rows", "awkward_rows", "duplicate_columns", "header_only"})
  void writesTheReferencesArrayByteForByte(String name) throws IOException {
    Path out = folder.resolve("out.jsonld");
    MetadataConversion.toPlainArray(SharedData.path("golden/jsonld/" + name + ".tsv"), out);
    assertThat(out)
        .hasSameBinaryContentAs(SharedData.path("golden/jsonld/" + name + "_expected.jsonld"));
  }

  @Test
  void writesTheSameArrayFromOtherForms() throws IOException {
    Path tsv = SharedData.path("golden/jsonld/five_rows.tsv");
    Path parquet = folder.resolve("t.parquet");
    MetadataConversion.convert(tsv, parquet);
    Path out = folder.resolve("out.jsonld");
    MetadataConversion.toPlainArray(parquet, out);
    assertThat(out)
        .hasSameBinaryContentAs(SharedData.path("golden/jsonld/five_rows_expected.jsonld"));
  }

  @Test
  void readsTheReferencesArrayAndNamesItsOddRecords() throws IOException {
    Path array = SharedData.path("golden/jsonld/awkward_rows_expected.jsonld");
    Path out = folder.resolve("out.csv");
    MetadataConversion.Converted converted = MetadataConversion.convert(array, out);
    assertThat(converted.rows()).isEqualTo(6);
    assertThat(converted.bad().first())
        .containsExactly(new BadRow(12, "holds more than one value in 'null'"));
    assertThat(texts(out).get(1)).containsExactly("4", "5", "", "");
  }

  @Test
  void writesJsonLdWithAContextIdentitiesAndDarwinCoreTerms() throws IOException {
    Path tsv =
        Files.writeString(
            folder.resolve("t.tsv"),
            "processid\torder\tmood\nAB 1/2\tDiptera\tgood\n\tDiptera\t\n");
    Path out = folder.resolve("t.jsonld");
    MetadataConversion.convert(tsv, out);
    JsonNode document = new ObjectMapper().readTree(out.toFile());
    assertThat(document.get("@context").get("order").asText())
        .isEqualTo("http://rs.tdwg.org/dwc/terms/order");
    assertThat(document.get("@context").get("mood").asText()).endsWith("#mood");
    JsonNode record = document.get("@graph").get(0);
    assertThat(record.get("@id").asText())
        .isEqualTo("https://portal.boldsystems.org/record/AB%201%2F2");
    assertThat(record.get("@type").asText())
        .isEqualTo("http://rs.tdwg.org/dwc/terms/PreservedSpecimen");
    assertThat(document.get("@graph").get(1).has("@id")).isFalse();
  }

  @Test
  void keepsTheColumnsOfATableWithoutRows() throws IOException {
    Path tsv = Files.writeString(folder.resolve("t.tsv"), "a\tb\n");
    for (String ending : List.of("csv", "jsonld", "parquet")) {
      Path there = folder.resolve("t." + ending);
      MetadataConversion.convert(tsv, there);
      Path back = folder.resolve("back.tsv");
      MetadataConversion.convert(there, back);
      assertThat(back).as(ending).hasContent("a\tb\n");
    }
  }

  @Test
  void namesBadLinesOfJsonLinesAndKeepsTheOthers() throws IOException {
    Path lines =
        Files.writeString(
            folder.resolve("t.jsonl"),
            "{\"a\":\"1\"}\n{\"a\":\nnull\n\n{\"a\":{\"b\":1}}\n{\"b\":2.50,\"a\":null}\n{\"a\":\"x\"} {}\n");
    Path out = folder.resolve("t.tsv");
    MetadataConversion.Converted converted = MetadataConversion.convert(lines, out);
    assertThat(Files.readString(out)).isEqualTo("a\tb\n1\t\n\t2.50\n");
    assertThat(converted.bad().count()).isEqualTo(4);
    assertThat(converted.bad().first()).extracting(BadRow::line).containsExactly(2L, 3L, 5L, 7L);
  }

  @Test
  void refusesATabInATabSeparatedTableAndLeavesNothingBehind() throws IOException {
    Path csv = Files.writeString(folder.resolve("t.csv"), "a,b\n\"x\ty\",1\n");
    Path out = folder.resolve("t.tsv");
    assertThatThrownBy(() -> MetadataConversion.convert(csv, out))
        .isInstanceOf(MetadataException.class)
        .hasMessageContaining("x\\ty");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(csv);
    }
  }

  @Test
  void refusesRepeatedColumnsWhereAFormCannotHoldThem() throws IOException {
    Path tsv = Files.writeString(folder.resolve("t.tsv"), "a\ta\n1\t2\n");
    for (String ending : List.of("jsonl", "jsonld", "parquet")) {
      assertThatThrownBy(() -> MetadataConversion.convert(tsv, folder.resolve("o." + ending)))
          .isInstanceOf(MetadataException.class)
          .hasMessageContaining("two columns 'a'");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "PAR1", "PAR1 no parquet at all PAR1", "PAR1\u0010\u0000\u0000\u0000PAR1"})
  void refusesWhatIsNoParquetFile(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("t.parquet"), content);
    assertThatThrownBy(() -> MetadataConversion.convert(file, folder.resolve("o.tsv")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("t.parquet");
  }

  @Test
  void refusesAnUnknownEnding() {
    assertThatThrownBy(
            () -> MetadataConversion.convert(folder.resolve("t.tsv"), folder.resolve("t.xlsx")))
        .isInstanceOf(MetadataException.class)
        .hasMessageContaining(".parquet");
  }
}
