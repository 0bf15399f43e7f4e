package dev.instar.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FactsTest {
  @TempDir private Path folder;

  private Fixture fixture(String first, String second) throws IOException {
    return new Fixture(folder)
        .pictures("a.jpg", "b.jpg")
        .rows("S1|D|F|a.jpg|1|train|" + first, "S2|D|F|b.jpg|1|train|" + second)
        .as(Format.WEBDATASET, Format.CROISSANT)
        .given("url", "https://example.org/insects");
  }

  @Test
  void theRecordsLicenceAndHolderAreEverywhere() throws IOException {
    Fixture fixture = fixture("CC BY 3.0|The Museum", "CC BY 3.0|The Museum");
    assertThat(fixture.publish().warnings()).isEmpty();
    assertThat(fixture.text("README.md"))
        .contains("license: cc-by-3.0\n")
        .contains("* Licence: CC BY 3.0 <https://creativecommons.org/licenses/by/3.0/>")
        .contains("* Copyright holder: The Museum");
    assertThat(fixture.text("CITATION.cff")).contains("license: CC-BY-3.0\n");
    assertThat(fixture.text("croissant.json"))
        .contains("\"license\" : \"https://creativecommons.org/licenses/by/3.0/\"")
        .contains("\"name\" : \"The Museum\"");
  }

  @Test
  void aMissingLicenceIsUnknownAndSaidAloud() throws IOException {
    Fixture fixture = fixture("|The Museum", "not_classified|The Museum");
    assertThat(fixture.publish().warnings())
        .singleElement()
        .satisfies(warning -> assertThat(warning).contains("no licence is stated"));
    assertThat(fixture.text("README.md")).contains("license: unknown\n");
    assertThat(fixture.text("CITATION.cff")).doesNotContain("license:").contains("unknown");
    assertThat(fixture.text("croissant.json")).contains("\"license\" : \"unknown\"");
  }

  @Test
  void differentLicencesAreAllListed() throws IOException {
    Fixture fixture = fixture("CC BY 3.0|The Museum", "CC0|Someone");
    assertThat(fixture.publish().warnings())
        .anySatisfy(warning -> assertThat(warning).contains("2 different licences"))
        .anySatisfy(warning -> assertThat(warning).contains("2 different copyright holders"));
    assertThat(fixture.text("README.md"))
        .contains("license: other\nlicense_name: \"several, see below\"\n")
        .contains("Licence, which differs among the records:")
        .contains("  * CC0 <https://creativecommons.org/publicdomain/zero/1.0/>: 1 records");
    assertThat(fixture.text("CITATION.cff")).doesNotContain("license:");
    assertThat(fixture.text("croissant.json"))
        .contains("https://creativecommons.org/licenses/by/3.0/")
        .contains("https://creativecommons.org/publicdomain/zero/1.0/");
  }

  @Test
  void aLicenceOfSomeRecordsIsNotTakenForThatOfAll() throws IOException {
    Fixture fixture = fixture("CC BY 3.0|The Museum", "|The Museum");
    assertThat(fixture.publish().warnings())
        .containsExactly("1 records have no licence where others have one");
    assertThat(fixture.text("README.md"))
        .contains("license: other\n")
        .contains("  * not stated: 1 records");
    assertThat(fixture.text("CITATION.cff")).doesNotContain("license:");
  }

  @Test
  void theCallerIsRightWhateverRecordsSay() throws IOException {
    Fixture fixture = fixture("CC BY 3.0|The Museum", "CC0|The Museum");
    fixture.given("license", "CC BY-NC-SA 4.0").given("made with", "care");
    assertThat(fixture.publish().warnings()).isEmpty();
    assertThat(fixture.text("README.md"))
        .contains("license: cc-by-nc-sa-4.0\n")
        .contains("* made with: care");
  }

  @Test
  void thePackIsHeardWhereRecordsSayNothing() throws IOException {
    Fixture fixture = new Fixture(folder).packSays("Copyright License", "CC BY-SA 4.0");
    fixture.packSays("settings", "size 256").pictures("a.jpg").rows("S1|D|F|a.jpg|1|train||");
    assertThat(fixture.publish().warnings()).isEmpty();
    assertThat(fixture.text("README.md"))
        .contains("license: cc-by-sa-4.0\n")
        .contains("* settings: size 256");
  }

  @Test
  void thePackAndItsRecordsAtOddsIsSaid() throws IOException {
    Fixture fixture = new Fixture(folder).packSays("license", "CC BY-NC-SA 4.0");
    fixture.pictures("a.jpg").rows("S1|D|F|a.jpg|1|train|CC BY 3.0|H");
    assertThat(fixture.publish().warnings())
        .singleElement()
        .satisfies(
            warning -> assertThat(warning).contains("at odds", "CC BY 3.0", "CC BY-NC-SA 4.0"));
    assertThat(fixture.text("README.md"))
        .contains("license: cc-by-3.0\n")
        .contains("the pack that they came from says: CC BY-NC-SA 4.0");
  }

  @Test
  void textFromOutsideCannotBecomeMarkupOrAnotherKey() throws IOException {
    Fixture fixture = fixture("CC BY 3.0|a\"b", "CC BY 3.0|a\"b");
    fixture.given("name", "x\"\nlicense: mit\n<script>|`");
    fixture.publish();
    assertThat(fixture.text("README.md"))
        .contains("pretty_name: \"x\\\"\\u000alicense: mit\\u000a<script>|`\"\n")
        .contains("# x\" license: mit \\<script\\>\\|\\`\n");
    assertThat(fixture.text("CITATION.cff")).contains("title: \"x\\\"\\u000alicense: mit");
  }
}
