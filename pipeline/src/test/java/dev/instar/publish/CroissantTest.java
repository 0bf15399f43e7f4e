package dev.instar.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CroissantTest {
  @TempDir private Path folder;

  private static JsonNode croissant(Fixture fixture) throws IOException {
    return new ObjectMapper().readTree(fixture.text("croissant.json"));
  }

  /** Ids are given where an object says more than its id, and referred to where it does not. */
  private static void collect(JsonNode node, Set<String> given, Set<String> referred) {
    if (node.isObject() && node.has("@id")) {
      Set<String> ids = node.size() == 1 ? referred : given;
      boolean isNew = ids.add(node.get("@id").asText());
      assertThat(isNew || node.size() == 1).as(node.get("@id").asText()).isTrue();
    }
    node.forEach(child -> collect(child, given, referred));
  }

  @ParameterizedTest
  @EnumSource
  void hasWhatTheStandardRequires(Format format) throws IOException {
    Fixture fixture =
        new Fixture(folder)
            .many(20)
            .as(format, Format.CROISSANT)
            .experiment("small_insect_order")
            .given("url", "https://example.org")
            .given("citation", "Somebody 2024");
    assertThat(fixture.publish().warnings()).isEmpty();
    JsonNode root = croissant(fixture);
    assertThat(root.get("conformsTo").asText()).isEqualTo("http://mlcommons.org/croissant/1.1");
    for (String required :
        List.of(
            "@context",
            "@type",
            "name",
            "description",
            "license",
            "url",
            "creator",
            "datePublished",
            "distribution",
            "recordSet",
            "citeAs",
            "version")) {
      assertThat(root.path(required).isMissingNode()).as(required).isFalse();
    }
    Set<String> given = new HashSet<>();
    Set<String> referred = new HashSet<>();
    collect(root.get("distribution"), given, referred);
    collect(root.get("recordSet"), given, referred);
    assertThat(given).containsAll(referred);
    assertThat(referred).contains("splits/name");
    for (JsonNode file : root.get("distribution")) {
      if (file.get("@type").asText().equals("cr:FileObject")) {
        String name = file.get("contentUrl").asText();
        Path lies = Files.exists(fixture.out.resolve(name)) ? fixture.out : folder;
        assertThat(file.get("sha256").asText()).isEqualTo(Checksum.of(lies.resolve(name)));
        assertThat(file.get("contentSize").asText())
            .isEqualTo(Files.size(lies.resolve(name)) + " B");
      }
    }
  }

  @Test
  void theSplitsAreARecordSetWithTheirMeaning() throws IOException {
    Fixture fixture = new Fixture(folder).many(20).as(Format.HUGGINGFACE, Format.CROISSANT);
    fixture.experiment("small_insect_order").publish();
    JsonNode splits = croissant(fixture).get("recordSet").get(0);
    assertThat(splits.get("dataType").asText()).isEqualTo("cr:Split");
    assertThat(splits.get("data").get(1).get("splits/name").asText()).isEqualTo("validation");
    assertThat(splits.get("data").get(1).get("splits/url").asText())
        .isEqualTo("cr:ValidationSplit");
  }

  @Test
  void everyColumnAndThePictureAreFields() throws IOException {
    Fixture fixture = new Fixture(folder).many(5).as(Format.HUGGINGFACE, Format.CROISSANT);
    fixture.publish();
    JsonNode sets = croissant(fixture).get("recordSet");
    assertThat(sets.get(sets.size() - 1).get("field").findValuesAsText("name"))
        .containsExactly(
            "image",
            "sampleid",
            "order",
            "family",
            "image_file",
            "chunk_number",
            "small_insect_order",
            "copyright_license",
            "copyright_holder");
  }

  @Test
  void aloneItDescribesTheFilesAsTheyStandAndCopiesNone() throws IOException {
    Fixture fixture = new Fixture(folder).many(5).as(Format.CROISSANT);
    assertThat(fixture.publish().shards()).isEmpty();
    assertThat(croissant(fixture).get("distribution").findValuesAsText("contentUrl"))
        .containsExactly("meta.tsv", "pack.h5");
    assertThat(fixture.out.resolve("shards.json")).doesNotExist();
    assertThat(fixture.text("README.md")).contains("5 of 5 records");
  }

  @Test
  void saysWhichRequiredFactNobodyHasStated() throws IOException {
    Fixture fixture = new Fixture(folder).many(5).as(Format.CROISSANT);
    assertThat(fixture.publish().warnings())
        .singleElement()
        .satisfies(warning -> assertThat(warning).contains("--attribute url="));
    assertThat(croissant(fixture).has("url")).isFalse();
  }
}
