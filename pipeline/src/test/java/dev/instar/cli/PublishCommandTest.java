package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PublishCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void prepare() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    for (String name : List.of("a", "b")) {
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(image, "jpg", photos.resolve(name + ".jpg").toFile());
    }
    Files.writeString(
        folder.resolve("meta.tsv"), "image_file\torder\tlicense\na.jpg\tX\tCC0\nb.jpg\tY\tCC0\n");
  }

  private int publish(String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("publish", folder.resolve("photos").toString()));
    arguments.addAll(List.of(folder.resolve("meta.tsv").toString(), "-o"));
    arguments.add(folder.resolve("out").toString());
    arguments.addAll(List.of(more));
    return Instar.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(new String[0]));
  }

  @ParameterizedTest
  @CsvSource({
    "huggingface, data/train-00000-of-00001.parquet",
    "webdataset, train-000000.tar",
    "imagefolder, train/X/a.jpg",
    "CROISSANT, croissant.json"
  })
  void writesEachForm(String form, String file) {
    assertThat(publish("--format", form)).as(err.toString()).isEqualTo(ExitStatus.DONE);
    assertThat(folder.resolve("out").resolve(file)).exists();
    assertThat(folder.resolve("out/CITATION.cff")).exists();
    assertThat(out.toString()).contains("2 records, 2 rows: 2 belong together");
  }

  @Test
  void printsJson() throws IOException {
    assertThat(publish("--format", "webdataset,croissant", "--json")).isEqualTo(ExitStatus.DONE);
    JsonNode result = new ObjectMapper().readTree(out.toString());
    assertThat(result.get("finished").asBoolean()).isTrue();
    assertThat(result.get("join").get("joined").asInt()).isEqualTo(2);
    assertThat(result.get("splits").get(0).get("records").asInt()).isEqualTo(2);
    assertThat(result.get("shards").get(0).get("sha256").asText()).hasSize(64);
  }

  @Test
  void namesWhatHasNoPartnerAndFailsOnlyWhenStrict() throws IOException {
    Files.writeString(folder.resolve("meta.tsv"), "image_file\torder\na.jpg\tX\nc.jpg\tY\n");
    assertThat(publish("--format", "webdataset", "--strict")).isEqualTo(ExitStatus.FAILED);
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(publish("--format", "webdataset")).isEqualTo(ExitStatus.DONE);
    assertThat(err.toString())
        .contains("left out: 1 records without a row, 1 rows without a record, 0 repeated rows")
        .contains("no licence is stated");
  }

  @Test
  void picturesThatCannotBeReadAreNamedAndCounted() throws IOException {
    Files.writeString(folder.resolve("photos/b.jpg"), "no picture");
    assertThat(publish("--format", "huggingface")).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(err.toString()).contains("b.jpg: not-an-image");
    assertThat(publish("--format", "huggingface")).isEqualTo(ExitStatus.QUARANTINED);
  }

  @Test
  void rowsThatCannotBeReadAreNamedAndCounted() throws IOException {
    Files.writeString(folder.resolve("meta.tsv"), "image_file\torder\na.jpg\tX\nb.jpg\n");
    assertThat(publish("--format", "webdataset")).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(err.toString()).contains("line 3 has 1 fields");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "huggingface,webdataset"})
  void refusesFormsThatThereAreNotOrThatDoNotGoTogether(String forms) {
    assertThat(publish("--format", forms)).isEqualTo(ExitStatus.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "5 parsecs", "12345678901", "1TB"})
  void refusesShardSizesThatAreNone(String size) {
    assertThat(publish("--format", "webdataset", "--shard-size", size)).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("such as 500MB");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "500MB, 500000000",
    "2GiB, 2147483648",
    "3k, 3000",
    "999999999GiB, 1073741822926258176"
  })
  void readsSizes(String text, long bytes) {
    assertThat(new Converters.ByteCount().convert(text)).isEqualTo(bytes);
  }
}
