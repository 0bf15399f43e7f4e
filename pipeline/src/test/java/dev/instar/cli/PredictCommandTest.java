package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PredictCommandTest {
  @TempDir private static Path shared;
  private static TinyRun tiny;

  @TempDir private Path folder;
  private Path photographs;

  @BeforeAll
  static void makeRun() throws IOException {
    tiny = TinyRun.in(shared);
  }

  @BeforeEach
  void takePhotographs() throws IOException {
    photographs = Files.createDirectory(folder.resolve("in"));
    TinyRun.picture(photographs.resolve("a.jpg"), 300, 200, 1);
    TinyRun.picture(photographs.resolve("b.png"), 20, 90, 2);
    Files.writeString(photographs.resolve("c.jpg"), "<html>404</html>");
    TinyRun.picture(photographs.resolve("d.jpg"), 64, 64, 3);
    Files.write(photographs.resolve("e.jpg"), new byte[0]);
  }

  private CommandRun predict(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("predict", tiny.folder()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  @Test
  void namesWhatIsOnPhotographsOfAnySizeAndThoseThatCannotBeRead() {
    CommandRun done = predict(photographs, "--batch", 2, "--top", 2);
    assertThat(done.status()).isEqualTo(ExitStatus.QUARANTINED);
    List<String> lines = done.out().lines().toList();
    assertThat(lines.get(0)).matches("photograph +family +sure +or else");
    assertThat(lines.get(2)).matches("a\\.jpg +Sciaridae +50\\.0% +Cecidomyiidae 25\\.0%");
    assertThat(lines.get(3)).matches("b\\.png +Sciaridae .*");
    assertThat(lines.get(4)).matches("c\\.jpg +- +cannot be read: .+");
    assertThat(lines.get(5)).matches("d\\.jpg +Sciaridae .*");
    assertThat(lines.get(6)).matches("e\\.jpg +- +cannot be read: .+");
    assertThat(lines).hasSize(7);
    assertThat(done.err()).contains("c.jpg: ", "e.jpg: ");
  }

  @Test
  void writesATableWithTheTaxonThatIsSureEnough() throws IOException {
    Path table = folder.resolve("names.csv");
    CommandRun done = predict(photographs, "--csv", table, "--min-confidence", "0.7", "--top", 1);
    assertThat(done.status()).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(done.out()).isEmpty();
    List<String> rows = Files.readAllLines(table);
    assertThat(rows.get(0))
        .isEqualTo("record,rank,taxon,taxon_probability,class,probability,error");
    assertThat(rows.get(1)).startsWith("a.jpg,order,Diptera,0.7").endsWith(",");
    assertThat(rows.get(1)).contains(",Sciaridae,0.5");
    assertThat(rows.get(3)).startsWith("c.jpg,,,,,,");
    assertThat(rows).hasSize(6);
  }

  @Test
  void printsAJsonObjectALineAndIsUndecidedWhereNothingIsSure() throws IOException {
    CommandRun done = predict(photographs, "--json", "--min-confidence", "0.99");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : done.out().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0).at("/record").asText()).isEqualTo("a.jpg");
    assertThat(lines.get(0).at("/class").asText()).isEqualTo("Sciaridae");
    assertThat(lines.get(0).at("/probability").asDouble()).isCloseTo(0.5, within(1e-6));
    assertThat(lines.get(0).at("/top")).hasSize(4);
    assertThat(lines.get(0).get("taxon").isNull()).isTrue();
    assertThat(lines.get(2).at("/error").asText()).isNotEmpty();
    assertThat(lines.get(2).has("class")).isFalse();
  }

  @Test
  void takesArchivesAndSingleFilesInTheOrderGiven() throws IOException {
    Path zip = folder.resolve("in.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("z/1.jpg"));
      Files.copy(photographs.resolve("a.jpg"), out);
      out.closeEntry();
    }
    CommandRun done = predict(photographs.resolve("d.jpg"), zip);
    assertThat(done.err()).isEmpty();
    assertThat(done.status()).isZero();
    assertThat(done.out().lines().skip(2).map(line -> line.split(" ")[0]))
        .containsExactly("d.jpg", "z/1.jpg");
  }

  @Test
  void aSubsetLimitsWhatIsPossible() throws IOException {
    Path list =
        Files.writeString(
            folder.resolve("list.txt"), "# what lives here\nAphididae\n\nCecidomyiidae\nYeti\n");
    CommandRun done = predict(photographs.resolve("a.jpg"), "--subset", list);
    assertThat(done.status()).isZero();
    assertThat(done.err()).contains("1 of the 3 names", "Yeti");
    assertThat(done.out()).containsPattern("a\\.jpg +Cecidomyiidae +66\\.7% +Aphididae 33\\.3%");
    CommandRun order = predict(photographs.resolve("a.jpg"), "--subset", "Diptera");
    assertThat(order.out()).containsPattern("a\\.jpg +Sciaridae +66\\.7% +Cecidomyiidae 33\\.3%");
  }

  @Test
  void wherePhotographsAreAllUnreadableEachIsStillNamed() {
    CommandRun done = predict(photographs.resolve("c.jpg"), photographs.resolve("e.jpg"));
    assertThat(done.status()).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(done.out().lines().skip(2)).hasSize(2).allMatch(line -> line.contains("cannot be"));
  }

  @Test
  void refusesWhatItCannotPredictInOneSentence() throws IOException {
    assertRefused(CommandRun.of("predict", folder, photographs), "is not the folder of a run");
    assertRefused(predict(folder.resolve("none.jpg")), "none.jpg does not exist");
    assertRefused(predict(Files.createDirectory(folder.resolve("empty"))), "holds no picture");
    assertRefused(predict(photographs, "--subset", "Yeti"), "none of the names of --subset Yeti");
    assertRefused(
        predict(photographs, "--csv", folder.resolve("no/such/x.csv")), "there is no folder");
    assertThat(predict(photographs, "--min-confidence", "2").status()).isEqualTo(ExitStatus.USAGE);
    assertThat(predict(photographs, "--csv", "x.csv", "--json").status())
        .isEqualTo(ExitStatus.USAGE);
    assertThat(CommandRun.of("predict", tiny.folder()).status()).isEqualTo(ExitStatus.USAGE);
  }

  private static void assertRefused(CommandRun run, String message) {
    assertThat(run.err()).contains(message).doesNotContain("unexpected", "\tat ");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
  }
}
