package dev.instar.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.image.InputException;
import dev.instar.taxonomy.MetadataException;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelledSplitTest {
  private static final String MISSING = "not_classified";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a20k", "b3k"})
  void readsWhatTheReferenceReadsOfEveryExperiment(String table) throws IOException {
    Path file = SharedData.path("golden/split/" + table + "_with_splits.tsv");
    JsonNode golden =
        new ObjectMapper()
            .readTree(SharedData.path("golden/split/" + table + "_reading_expected.json").toFile());
    NamedSource source = new NamedSource(images(file));
    for (Map.Entry<String, JsonNode> experiment : golden.get("experiments").properties()) {
      String name = experiment.getKey();
      String target = name.endsWith("order") ? "order" : "family";
      LabelledSplit split = LabelledSplit.read(file, name, target, source);
      JsonNode expected = experiment.getValue();
      assertThat(split.pictureless()).isZero();
      // The reference numbers the classes of each set anew; ours are those of training.
      assertThat(split.classes())
          .as(name)
          .extracting(ClassName::name)
          .containsExactlyElementsOf(known(inIdOrder(expected.get("train"))));
      check(split, split.train(), expected.get("train"));
      check(split, split.validation(), expected.get("validation"));
      check(split, split.test(), expected.get("test"));
    }
  }

  /** Compares by class names, without the rows of no class that the reference keeps. */
  private static void check(LabelledSplit split, Samples samples, JsonNode expected) {
    List<String> names = inIdOrder(expected);
    JsonNode counts = expected.get("n_sample_per_class_in_id_order");
    int kept = expected.get("n").asInt();
    for (int c = 0; c < names.size(); c++) {
      if (names.get(c).equals(MISSING)) {
        kept -= counts.get(c).asInt();
        continue;
      }
      int number = split.classes().stream().map(ClassName::name).toList().indexOf(names.get(c));
      assertThat(IntStream.range(0, samples.size()).filter(i -> samples.label(i) == number).count())
          .isEqualTo(counts.get(c).asInt());
    }
    assertThat(samples.size()).isEqualTo(kept);
    List<String> first = new ArrayList<>();
    expected.get("first10_label_ids").forEach(id -> first.add(names.get(id.asInt())));
    List<String> firstKnown = known(first);
    for (int i = 0; i < firstKnown.size(); i++) {
      assertThat(split.classes().get(samples.label(i)).name()).isEqualTo(firstKnown.get(i));
    }
    if (firstKnown.size() == first.size()) {
      for (int i = 0; i < expected.get("first3_images").size(); i++) {
        assertThat(image(samples, i)).isEqualTo(expected.get("first3_images").get(i).asText());
      }
    }
    if (kept == expected.get("n").asInt()) {
      assertThat(image(samples, kept - 1)).isEqualTo(expected.get("last_image").asText());
    }
  }

  private static String image(Samples samples, int index) {
    return samples.source().name(samples.record(index));
  }

  private static List<String> inIdOrder(JsonNode expected) {
    String[] names = new String[expected.get("class_to_id").size()];
    expected
        .get("class_to_id")
        .properties()
        .forEach(entry -> names[entry.getValue().asInt()] = entry.getKey());
    return List.of(names);
  }

  private static List<String> known(List<String> names) {
    return names.stream().filter(name -> !name.equals(MISSING)).toList();
  }

  private static List<String> images(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      List<String[]> rows = lines.map(line -> line.split("\t", -1)).toList();
      int column = List.of(rows.get(0)).indexOf("image_file");
      return rows.stream().skip(1).map(row -> row[column]).toList();
    }
  }

  @Test
  void countsRowsWithoutAPictureAndRowsOfUnknownClass() throws IOException {
    Path table =
        table(
            "image_file\torder\ts",
            "a.jpg\tDiptera\ttrain",
            "gone.jpg\tDiptera\ttrain",
            "\tDiptera\ttest",
            "b.jpg\tOdonata\ttest",
            "c.jpg\tnot_classified\ttrain",
            "d.jpg\tnot_classified\tno_split",
            "e.jpg\tDiptera\t",
            "f.jpg\tDiptera\tvalidation");
    LabelledSplit split =
        LabelledSplit.read(
            table,
            "s",
            "order",
            NamedSource.of("a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg", "f.jpg"));
    assertThat(split.classes()).extracting(ClassName::name).containsExactly("Diptera");
    assertThat(split.pictureless()).isEqualTo(2);
    assertThat(split.unknownClass()).isEqualTo(2);
    assertThat(split.train().size()).isEqualTo(1);
    assertThat(split.validation().record(0)).isEqualTo(5);
    assertThat(split.test().size()).isZero();
  }

  @Test
  void aClassKeepsItsNumberWhereItsPicturesAreMissing() throws IOException {
    Path table =
        table("image_file\torder\ts", "a.jpg\tA\ttrain", "b.jpg\tA\ttrain", "c.jpg\tB\ttrain");
    LabelledSplit split = LabelledSplit.read(table, "s", "order", NamedSource.of("c.jpg"));
    assertThat(split.classes()).extracting(ClassName::name).containsExactly("A", "B");
    assertThat(split.train().label(0)).isEqualTo(1);
    assertThat(split.train().classes()).isEqualTo(2);
  }

  @Test
  void tellsPicturesOfOneNameApartByTheirPart() throws IOException {
    Path table =
        table("image_file\tchunk_number\torder\ts", "a.jpg\t2\tA\ttrain", "a.jpg\t1\tB\ttrain");
    LabelledSplit split =
        LabelledSplit.read(table, "s", "order", NamedSource.of("part1/a.jpg", "part2/a.jpg"));
    assertThat(split.train().record(0)).isEqualTo(1);
    assertThat(split.train().record(1)).isEqualTo(0);
  }

  @Test
  void aClassHasTheNamesOfWiderRanksOnWhichItsRowsAgree() throws IOException {
    Path table =
        table(
            "image_file\tphylum\tclass\torder_name\tfamily\ts",
            "a.jpg\tArthropoda\tInsecta\tDiptera\tX\ttrain",
            "b.jpg\tArthropoda\tnot_classified\tDiptera\tX\ttrain",
            "c.jpg\tArthropoda\tInsecta\tDiptera\tY\ttrain",
            "c.jpg\tArthropoda\tInsecta\tHemiptera\tY\tno_split");
    LabelledSplit split =
        LabelledSplit.read(table, "s", "family", NamedSource.of("a.jpg", "b.jpg", "c.jpg"));
    assertThat(split.classes().get(0).lineage())
        .containsExactly(
            Map.entry("phylum", "Arthropoda"),
            Map.entry("class", "Insecta"),
            Map.entry("order", "Diptera"));
    assertThat(split.classes().get(1).lineage())
        .containsExactly(Map.entry("phylum", "Arthropoda"), Map.entry("class", "Insecta"));
    LabelledSplit orders = LabelledSplit.read(table, "s", "order", NamedSource.of("a.jpg"));
    assertThat(orders.classes()).extracting(ClassName::name).containsExactly("Diptera");
  }

  @Test
  void anyColumnCanHoldTheClasses() throws IOException {
    Path table =
        table("image_file\tquality\ts", "a.jpg\tblurry\ttrain", "b.jpg\tvalid\tvalidation");
    LabelledSplit split = LabelledSplit.read(table, "s", "quality", NamedSource.of("a.jpg"));
    assertThat(split.classes()).containsExactly(new ClassName("blurry", Map.of()));
    assertThat(split.unknownClass()).isEqualTo(1);
  }

  @Test
  void saysWhatIsWrongWithATable() throws IOException {
    Path table = table("image_file\torder\ts", "a.jpg\tDiptera\ttrain", "b.jpg\tDiptera\tval");
    NamedSource source = NamedSource.of("a.jpg");
    assertThatThrownBy(() -> LabelledSplit.read(table, "s", "order", source))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("column s says 'val' where train, validation, test or no_split");
    assertThatThrownBy(() -> LabelledSplit.read(table, "t", "order", source))
        .isInstanceOf(MetadataException.class)
        .hasMessageContaining("lacks the column t");
    assertThatThrownBy(() -> LabelledSplit.read(table, "s", "family", source))
        .isInstanceOf(MetadataException.class)
        .hasMessageContaining("lacks the column family");
    Path other = table("image_file\torder\ts", "x.jpg\tDiptera\ttrain");
    assertThatThrownBy(() -> LabelledSplit.read(other, "s", "order", source))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("1 without a picture")
        .hasMessageContaining("such as x.jpg");
  }

  private Path table(String... lines) throws IOException {
    return Files.write(folder.resolve("table-" + lines.length + ".tsv"), List.of(lines));
  }
}
