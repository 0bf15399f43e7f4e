package dev.instar.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetadataTableTest {
  @TempDir private Path folder;

  private Path table(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static List<String> labels(Category category) {
    List<String> labels = new ArrayList<>();
    for (int row = 0; row < category.rows(); row++) {
      labels.add(
          category.code(row) == Category.MISSING ? null : category.label(category.code(row)));
    }
    return labels;
  }

  @Test
  void numbersValuesByFirstAppearanceAndCountsThem() throws IOException {
    Path file = table("t.tsv", "order\tx\nB\t1\nA\t2\nB\t3\n\t4\nnot_classified\t5\n");
    Category order = TableReader.of(file).categories(Field.ORDER).read().category(Field.ORDER);
    assertThat(order.labels()).containsExactly("B", "A");
    assertThat(labels(order)).containsExactly("B", "A", "B", null, null);
    assertThat(order.count(0)).isEqualTo(2);
    assertThat(order.missing()).isEqualTo(2);
    assertThat(order.codeOf("A")).hasValue(1);
    assertThat(order.codeOf("C")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void readsEitherLineEndAndAMissingLastOne(String lineEnd) throws IOException {
    Path file = table("t.tsv", String.join(lineEnd, "a\torder", "1\tX", "2\tY"));
    Category order = TableReader.of(file).categories("order").read().category("order");
    assertThat(labels(order)).containsExactly("X", "Y");
  }

  @Test
  void keepsBadRowsOutAndNamesTheirLines() throws IOException {
    byte[] content =
        "a\torder\n1\tX\ntoo few\n\n1\t2\t3\n2\tY\n\u00ff\tZ\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("t.tsv"), content);
    MetadataTable read = TableReader.of(file).categories("order").read();
    assertThat(labels(read.category("order"))).containsExactly("X", "Y");
    assertThat(read.bad().count()).isEqualTo(3);
    assertThat(read.bad().first())
        .extracting(BadRow::toString)
        .containsExactly(
            "line 3 has 1 fields where the header has 2",
            "line 5 has 3 fields where the header has 2",
            "line 7 is not UTF-8 text");
  }

  @Test
  void namesTheFileAndTheColumnsThatAreMissing() throws IOException {
    Path file = table("t.tsv", "a\tb\n1\t2\n");
    assertThatThrownBy(() -> TableReader.of(file).categories(Field.ORDER).categories("x").read())
        .isInstanceOf(MetadataException.class)
        .hasMessage(file + " lacks the columns order or order_name, x; it has a, b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\"a\tb\n"})
  void refusesWhatHasNoHeaderLine(String content) throws IOException {
    Path file = table("t.csv", content);
    assertThatThrownBy(() -> TableReader.of(file).categories(Field.ORDER).read())
        .isInstanceOf(MetadataException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void readsQuotedFieldsOfCommaSeparatedTables() throws IOException {
    Path file =
        table(
            "t.csv",
            "processid,order,note\n1,\"A, b\",\"two\nlines\"\n2,\"say \"\"x\"\"\",\n3,a\"b\",\n");
    MetadataTable read =
        TableReader.of(file).categories(Field.ORDER).identifiers(Field.PROCESS_ID).read();
    assertThat(labels(read.category(Field.ORDER))).containsExactly("A, b", "say \"x\"");
    assertThat(read.identifiers(Field.PROCESS_ID).text(1)).isEqualTo("2");
    assertThat(read.bad().first()).containsExactly(new BadRow(5, "has a quote in the wrong place"));
  }

  @Test
  void describesBarcodesWithoutTheirText() throws IOException {
    Path file =
        table("t.tsv", "nucraw\tx\nACGTACGTAC\t\nACGTACGTACNN-N\t\nACRT?acgt\t\n\t\nNA\t\n");
    Barcodes barcodes = TableReader.of(file).barcodes().read().barcodes().orElseThrow();
    assertThat(barcodes.length(0)).isEqualTo(10);
    assertThat(barcodes.length(1)).isEqualTo(14);
    assertThat(barcodes.ambiguous(1)).isEqualTo(3);
    assertThat(barcodes.hash(0)).isEqualTo(barcodes.hash(1)).isNotEqualTo(barcodes.hash(2));
    assertThat(barcodes.ambiguous(2)).isEqualTo(1);
    assertThat(barcodes.foreign(2)).isEqualTo(5);
    assertThat(barcodes.length(3)).isZero();
    assertThat(barcodes.length(4)).isZero();
  }

  @Test
  void readsTheEarlySchema() throws IOException {
    Path file = SharedData.path("data/metadata/bioscan_early_schema.tsv");
    MetadataTable read =
        TableReader.of(file)
            .categories(Field.ORDER, Field.GENUS, Field.BIN)
            .identifiers(Field.PROCESS_ID)
            .threads(2)
            .read();
    assertThat(read.rows()).isEqualTo(8273);
    assertThat(read.bad().count()).isZero();
    assertThat(read.identifiers(Field.PROCESS_ID).text(1)).isEqualTo("PLEDF726-20");
    assertThat(read.category(Field.ORDER).missing()).isZero();
    assertThat(read.category(Field.GENUS).missing()).isPositive();
  }

  @Test
  void neverTakesASpellingOfNothingForAClassUnlessAskedTo() throws IOException {
    JsonNode golden =
        new ObjectMapper()
            .readTree(SharedData.path("golden/split/missing_values_expected.json").toFile());
    StringBuilder content = new StringBuilder("id\tfamily\n");
    golden
        .get("family_values_in_file_order")
        .forEach(value -> content.append("1\t").append(value.asText()).append('\n'));
    Path file = table("t.tsv", content.toString());

    Category mended = TableReader.of(file).categories(Field.FAMILY).read().category(Field.FAMILY);
    assertThat(mended.labels()).containsExactly("Aidae", " Bidae", "bidae");

    Category reference =
        TableReader.of(file)
            .categories(Field.FAMILY)
            .missing(MissingValues.REFERENCE)
            .read()
            .category(Field.FAMILY);
    Map<String, Integer> counts = new LinkedHashMap<>();
    reference.labels().stream()
        .sorted(
            Comparator.comparingInt(label -> -reference.count(reference.codeOf(label).getAsInt())))
        .forEach(label -> counts.put(label, reference.count(reference.codeOf(label).getAsInt())));
    Map<String, Integer> expected = new LinkedHashMap<>();
    golden
        .get("classes_in_id_order")
        .forEach(entry -> expected.put(entry.get(0).asText(), entry.get(1).asInt()));
    assertThat(counts).isEqualTo(expected);
    assertThat(counts.keySet()).containsExactlyElementsOf(expected.keySet());
  }
}
