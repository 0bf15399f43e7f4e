package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluateCommandTest {
  @TempDir private static Path shared;
  private static TinyRun tiny;

  @TempDir private Path folder;

  @BeforeAll
  static void makeRun() throws IOException {
    tiny = TinyRun.in(shared);
  }

  private CommandRun evaluate(Object... more) {
    Object[] arguments = new Object[more.length + 6];
    Object[] first = {"evaluate", tiny.folder(), "-o", folder, "--bootstrap", 50};
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    return CommandRun.of(arguments);
  }

  private JsonNode json(String split) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("evaluation-" + split + ".json").toFile());
  }

  @Test
  void writesMeasuresAPageAndEveryPrediction() throws IOException {
    CommandRun done = evaluate("--reference-metrics", "--batch", 3);
    assertThat(done.err()).isEmpty();
    assertThat(done.status()).isZero();
    assertThat(done.out()).contains("test: 4 records of 4 classes", "top-1", "25.00%", "Sciaridae");
    JsonNode json = json("test");
    assertThat(json.at("/top/1/correct").asInt()).isEqualTo(1);
    assertThat(json.at("/top/3/correct").asInt()).isEqualTo(3);
    assertThat(json.at("/macro_top/1").asDouble()).isEqualTo(0.25);
    // The mean of log 4, log 2, log 8 and log 8.
    assertThat(json.at("/loss").asDouble()).isCloseTo(9 * Math.log(2) / 4, within(1e-5));
    assertThat(json.at("/calibration/expected_error").asDouble()).isCloseTo(0.25, within(1e-5));
    assertThat(json.at("/ranks/0/rank").asText()).isEqualTo("order");
    assertThat(json.at("/ranks/0/accuracy").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/ranks/0/mistakes_in_the_right_taxon").asDouble())
        .isCloseTo(1.0 / 3, within(1e-12));
    assertThat(json.at("/average_k/0/k").asInt()).isEqualTo(1);
    assertThat(json.at("/as_reference/macro_top_over_all_classes/1").asDouble()).isEqualTo(0.25);
    assertThat(json.at("/settings/architecture").asText()).isEqualTo("resnet18");
    assertThat(json.at("/settings/weights_sha256").asText()).hasSize(64);
    List<String> rows = Files.readAllLines(folder.resolve("predictions-test.csv"));
    assertThat(rows).hasSize(5);
    assertThat(rows.get(0)).startsWith("record,true,place,class,probability,class_2");
    assertThat(rows.get(1)).startsWith("p14.jpg,Cecidomyiidae,2,Sciaridae,0.5");
    assertThat(rows.get(3)).startsWith("p16.jpg,Aphididae,3,Sciaridae,0.5");
    assertThat(folder.resolve("evaluation-test.html"))
        .content()
        .contains("Calibration", "Cecidomyiidae");
    assertThat(folder.resolve("predictions-test.parquet")).doesNotExist();
  }

  @Test
  void printsJsonForMachinesAndEvaluatesOtherSplits() throws IOException {
    CommandRun done = evaluate("--split", "train", "--json", "--no-average-k", "--parquet");
    assertThat(done.status()).isZero();
    JsonNode printed = new ObjectMapper().readTree(done.out());
    assertThat(printed).isEqualTo(json("train"));
    assertThat(printed.at("/records").asInt()).isEqualTo(10);
    assertThat(printed.at("/average_k")).isEmpty();
    assertThat(folder.resolve("predictions-train.parquet")).isNotEmptyFile();
  }

  @Test
  void leavesOutWhatCannotBeDecodedAndSaysSo() throws IOException {
    Path damaged = Files.createDirectory(folder.resolve("damaged"));
    try (var files = Files.list(tiny.photographs())) {
      for (Path file : files.toList()) {
        Files.copy(file, damaged.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.writeString(damaged.resolve("p15.jpg"), "<html>404</html>");
    CommandRun done = evaluate("--pack", damaged);
    assertThat(done.status()).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(done.err()).contains("left out: ").contains("p15.jpg");
    assertThat(json("test").at("/records").asInt()).isEqualTo(3);
    assertThat(json("test").at("/left_out/could not be decoded").asInt()).isEqualTo(1);
    // Nobody of the class is left, so macro averages are over the three others.
    assertThat(json("test").at("/macro_top/1").asDouble()).isZero();
  }

  @Test
  void anotherTableMayNumberTheClassesOtherwise() throws IOException {
    String table = Files.readString(tiny.metadata());
    // No Cecidomyiidae trains there, and one is of a family that the model never saw.
    Path other =
        Files.writeString(
            folder.resolve("other.tsv"),
            table
                .replaceAll("Cecidomyiidae\ttrain", "Sciaridae\ttrain")
                .replace("Aphididae", "Psyllidae"));
    CommandRun done = evaluate("--metadata", other);
    assertThat(done.err()).isEmpty();
    assertThat(done.status()).isZero();
    assertThat(json("test").at("/records").asInt()).isEqualTo(2);
    assertThat(json("test").at("/left_out/of classes that the model does not know").asInt())
        .isEqualTo(1);
    assertThat(json("test").at("/top/1/correct").asInt()).isEqualTo(1);
  }

  @Test
  void refusesWhatItCannotEvaluateInOneSentence() throws IOException {
    assertRefused(CommandRun.of("evaluate", folder), "is not the folder of a run");
    assertRefused(CommandRun.of("evaluate", folder.resolve("none")), "does not exist");
    assertRefused(evaluate("--metadata", folder.resolve("none.tsv")), "none.tsv");
    assertRefused(evaluate("--pack", folder.resolve("none.h5")), "none.h5 does not exist");
    Path noTest =
        Files.writeString(
            folder.resolve("notest.tsv"),
            Files.readString(tiny.metadata()).replace("\ttest", "\ttrain"));
    assertRefused(evaluate("--metadata", noTest), "the test split of tiny_diptera_family has no");
    Path text = Files.writeString(folder.resolve("w.safetensors"), "no weights");
    assertRefused(evaluate("--weights", text), "w.safetensors");
    assertThat(evaluate("--split", "exam").status()).isEqualTo(ExitStatus.USAGE);
    assertThat(evaluate("--k", "0").status()).isEqualTo(ExitStatus.USAGE);
  }

  private static void assertRefused(CommandRun run, String message) {
    assertThat(run.err()).contains(message).doesNotContain("unexpected", "\tat ");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
  }
}
