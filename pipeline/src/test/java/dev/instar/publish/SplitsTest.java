package dev.instar.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.taxonomy.Rank;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SplitsTest {
  @TempDir private Path folder;
  private Fixture fixture;

  @BeforeEach
  void prepare() throws IOException {
    fixture =
        new Fixture(folder)
            .pictures("0.jpg", "1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg", "6.jpg")
            .rows(
                "S0|Rare|F1|0.jpg|1|no_split|L|H",
                "S1|B|F2|1.jpg|1|test|L|H",
                "S2|A|F1|2.jpg|1|train|L|H",
                "S3|B|F1|3.jpg|1|train|L|H",
                "S4|C|F2|4.jpg|1|train|L|H",
                "S5|C|F2|5.jpg|1|train|L|H",
                "S6|A|F2|6.jpg|1|val|L|H")
            .as(Format.WEBDATASET);
  }

  private List<String> classes() throws IOException {
    List<String> classes = new ArrayList<>();
    JsonNode index = new ObjectMapper().readTree(fixture.text("shards.json"));
    index.get("classes").forEach(name -> classes.add(name.asText()));
    return classes;
  }

  @Test
  void withoutAnExperimentEverythingIsForTraining() throws IOException {
    assertThat(fixture.publish().splits()).containsExactly(new SplitCount("train", 7));
  }

  @Test
  void anExperimentGivesTheSplitsAndLeavesOutTheRest() throws IOException {
    assertThat(fixture.experiment("small_insect_order").publish().splits())
        .containsExactly(
            new SplitCount("train", 4), new SplitCount("validation", 1), new SplitCount("test", 1));
  }

  @Test
  void whatAnExperimentLeavesOutIsASplitOfItsOwnWhenAsked() throws IOException {
    assertThat(fixture.experiment("small_insect_order").all().publish().splits())
        .contains(new SplitCount("no_split", 1))
        .hasSize(4);
  }

  @Test
  void classesAreNumberedByTheTrainingSetAndTiesByAppearanceInIt() throws IOException {
    fixture.experiment("small_insect_order").publish();
    assertThat(classes()).containsExactly("C", "A", "B", "Rare");
  }

  @Test
  void anotherRankGivesOtherClasses() throws IOException {
    fixture.experiment("small_insect_order").rank(Rank.FAMILY).publish();
    assertThat(classes()).containsExactly("F1", "F2");
  }

  @Test
  void namesTheSplitColumnsThatThereAre() {
    assertThatThrownBy(() -> fixture.experiment("large").publish())
        .hasMessageContaining("no column 'large'")
        .hasMessageContaining("it has small_insect_order");
  }

  @Test
  void refusesARankThatTheTableDoesNotHave() {
    assertThatThrownBy(() -> fixture.rank(Rank.GENUS).publish())
        .hasMessageContaining("no column for the rank genus");
  }

  @Test
  void refusesTwoFormsOfTheRecordsInOneFolder() {
    assertThatThrownBy(() -> fixture.as(Format.WEBDATASET, Format.HUGGINGFACE).publish())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one of huggingface, webdataset and imagefolder");
  }
}
