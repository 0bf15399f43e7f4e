package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.synth.SyntheticMetadata;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SplitCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;
  private Path table;
  private Path output;

  @BeforeEach
  void makeATable() throws Exception {
    new SyntheticMetadata(6000, 3).write(folder, 1);
    table = folder.resolve("metadata.tsv");
    output = folder.resolve("split.tsv");
  }

  @Test
  void theTableGetsItsColumnsAndKeepsEveryOtherByte() throws IOException {
    assertThat(run("-o", output)).isEqualTo(ExitStatus.DONE);
    List<String> before = Files.readAllLines(table);
    List<String> after = Files.readAllLines(output);
    assertThat(after).hasSameSizeAs(before);
    assertThat(after.get(0)).isEqualTo(before.get(0));
    for (int i = 1; i < before.size(); i++) {
      assertThat(after.get(i).replaceAll("\t(train|validation|test)(?=\t)", "\tno_split"))
          .isEqualTo(before.get(i));
    }
    assertThat(columns(output, "small_insect_order").values())
        .containsOnly("train", "validation", "test", "no_split");
    assertThat(err.toString()).isEmpty();
    assertThat(folder).isDirectoryNotContaining("glob:**{partial,tmp}");
  }

  @Test
  void theSummaryCountsWhatTheTableHolds() throws IOException {
    assertThat(run("-o", output, "--json")).isEqualTo(ExitStatus.DONE);
    JsonNode summary = new ObjectMapper().readTree(out.toString());
    assertThat(summary.get("records").intValue()).isEqualTo(6000);
    assertThat(summary.get("experiments")).hasSize(6);
    for (String experiment : List.of("large_insect_order", "small_diptera_family")) {
      JsonNode counts = summary.get("experiments").get(experiment);
      Map<String, Integer> found = new HashMap<>();
      columns(output, experiment).values().forEach(set -> found.merge(set, 1, Integer::sum));
      found.forEach((set, count) -> assertThat(counts.get(set).intValue()).isEqualTo(count));
      assertThat(counts.get("test_records_shared_with_train").get("bin").intValue()).isPositive();
    }
  }

  @Test
  void classNumbersLieBesideTheTableByTrainingCount() throws IOException {
    assertThat(run("-o", output)).isEqualTo(ExitStatus.DONE);
    JsonNode classes = new ObjectMapper().readTree(folder.resolve("split.classes.json").toFile());
    JsonNode orders = classes.get("large_insect_order");
    assertThat(orders.get("class_to_id").get("Diptera").intValue()).isZero();
    assertThat(orders.get("class_to_id").get("Hymenoptera").intValue()).isEqualTo(1);
    assertThat(orders.get("class_to_id").has("not_classified")).isFalse();
    int last = Integer.MAX_VALUE;
    for (JsonNode count : orders.get("train")) {
      assertThat(count.intValue()).isBetween(1, last);
      last = count.intValue();
    }
  }

  @Test
  void shuffledRowsGetTheSameSetsOnAnyNumberOfThreads() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(table));
    Collections.shuffle(lines.subList(1, lines.size()), new Random(4));
    Path shuffled = Files.write(folder.resolve("shuffled.tsv"), lines);
    Path other = folder.resolve("other.tsv");
    for (String group : List.of("none", "barcode", "bin")) {
      assertThat(run("-o", output, "--overwrite", "--group", group)).isEqualTo(ExitStatus.DONE);
      assertThat(split(shuffled, "-o", other, "--overwrite", "--group", group, "--threads", "3"))
          .isEqualTo(ExitStatus.DONE);
      for (String experiment : List.of("large_diptera_family", "small_insect_order")) {
        assertThat(columns(other, experiment)).isEqualTo(columns(output, experiment));
      }
    }
  }

  @Test
  void groupsAreNotShared() throws IOException {
    assertThat(run("-o", output, "--json", "--group", "bin")).isEqualTo(ExitStatus.DONE);
    JsonNode summary = new ObjectMapper().readTree(out.toString());
    for (JsonNode experiment : summary.get("experiments")) {
      assertThat(experiment.get("test_records_shared_with_train").get("bin").intValue()).isZero();
    }
  }

  @Test
  void splittingAgainKeepsTheColumnsUnlessToldOtherwise() throws IOException {
    assertThat(run("-o", output)).isEqualTo(ExitStatus.DONE);
    Path again = folder.resolve("again.tsv");
    assertThat(split(output, "-o", again, "--seed", "9")).isEqualTo(ExitStatus.DONE);
    assertThat(again).hasSameBinaryContentAs(output);
    assertThat(out.toString()).contains("small_insect_order: as the table has it");

    assertThat(split(output, "-o", again, "--seed", "9", "--remake", "all", "--overwrite"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(columns(again, "large_insect_order"))
        .isNotEqualTo(columns(output, "large_insect_order"));
  }

  @Test
  void whatWasTakenFromARemadeSetIsRemadeWithIt() throws IOException {
    assertThat(run("-o", output)).isEqualTo(ExitStatus.DONE);
    Path again = folder.resolve("again.tsv");
    assertThat(split(output, "-o", again, "--seed", "9", "--remake", "large_insect_order"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(columns(again, "small_diptera_family"))
        .isEqualTo(columns(output, "small_diptera_family"));
    Map<String, String> large = columns(again, "large_insect_order");
    columns(again, "small_insect_order")
        .forEach((id, set) -> assertThat(set).isIn("no_split", large.get(id)));
  }

  @Test
  void onlyTheWantedColumnsAreMade() throws IOException {
    assertThat(run("-o", output, "--experiments", "small_insect_order, large_insect_order"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(columns(output, "large_diptera_family").values()).containsOnly("no_split");
    assertThat(columns(output, "small_insect_order").values()).contains("train");
  }

  @Test
  void theInputIsReplacedOnlyWhereThatIsAsked() throws IOException {
    byte[] before = Files.readAllBytes(table);
    assertThat(run("-o", table, "--overwrite")).isEqualTo(ExitStatus.USAGE);
    assertThat(run()).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("either -o FILE or --in-place");
    assertThat(Files.readAllBytes(table)).isEqualTo(before);

    assertThat(run("--in-place")).isEqualTo(ExitStatus.DONE);
    assertThat(columns(table, "large_insect_order").values()).contains("train", "test");
    assertThat(folder.resolve("metadata.classes.json")).exists();
  }

  @Test
  void anExistingOutputIsNotReplacedUnasked() throws IOException {
    Files.writeString(output, "mine");
    assertThat(run("-o", output)).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString()).contains("already exists").contains("--overwrite");
    assertThat(output).hasContent("mine");

    Path classes = Files.writeString(folder.resolve("other.classes.json"), "mine");
    assertThat(run("-o", folder.resolve("other.tsv"))).isEqualTo(ExitStatus.FAILED);
    assertThat(classes).hasContent("mine");
  }

  @Test
  void aMissingFolderIsSaidBeforeTheWork() {
    assertThat(run("-o", folder.resolve("none/split.tsv"))).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString()).hasLineCount(1).contains("not a folder").contains("none");
    assertThat(run("-o", folder, "--overwrite")).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString()).contains("already exists").contains("a folder");
  }

  @Test
  void tooFewRecordsAreOneClearSentenceAndLeaveNothingBehind() throws IOException {
    assertThat(runOn(table, "-o", output)).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString())
        .hasLineCount(1)
        .contains("medium_diptera_family of 200,000 records needs 140,000 for train");
    assertThat(output).doesNotExist();
    assertThat(folder.resolve("split.classes.json")).doesNotExist();
  }

  @Test
  void badRowsAreLeftOutAndNamed() throws IOException {
    Files.writeString(table, Files.readString(table) + "too\tfew\n");
    assertThat(run("-o", output)).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(err.toString()).contains("1 row").contains("line 6002 has 2 fields");
    assertThat(Files.readAllLines(output)).hasSize(6001);
  }

  @Test
  void aWrongTableIsOneSentence() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong.tsv"), "processid\torder\nA\tDiptera\n");
    assertThat(runOn(wrong, "-o", output)).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString()).hasLineCount(1).contains("lacks the column family");

    Path empty = Files.writeString(folder.resolve("empty.tsv"), "processid\torder\tfamily\n");
    assertThat(runOn(empty, "-o", output)).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString()).contains("has no records");

    Path odd =
        Files.writeString(
            folder.resolve("odd.tsv"),
            "processid\torder\tfamily\tlarge_insect_order\nA\tDiptera\tPsilidae\tholdout\n");
    assertThat(runOn(odd, "-o", output)).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString()).contains("column large_insect_order says 'holdout'");
  }

  @Test
  void wrongOptionsAreUsageErrors() {
    assertThat(run("-o", output, "--experiments", "tiny")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("-o", output, "--group", "genus")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("-o", output, "--small", "2")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("-o", output, "--compat", "reference", "--group", "bin"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(run("-o", output, "--compat", "reference", "--strategy", "sqrt"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(output).doesNotExist();
  }

  /** Runs on the made table. */
  private int run(Object... arguments) {
    return split(table, arguments);
  }

  /** Runs with subsets that the made table suffices for. */
  private int split(Path input, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--small")) {
      all.addAll(List.of("--small", "300"));
    }
    all.addAll(List.of("--medium", "1200"));
    return runOn(input, all.toArray());
  }

  private int runOn(Path input, Object... arguments) {
    List<String> all = new ArrayList<>(List.of("split", input.toString()));
    List.of(arguments).forEach(argument -> all.add(argument.toString()));
    return Instar.run(
        new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
  }

  /** The set of every record in one experiment, by process id. */
  private static Map<String, String> columns(Path file, String column) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> header = List.of(lines.get(0).split("\t"));
    Map<String, String> sets = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split("\t", -1);
      sets.put(fields[header.indexOf("processid")], fields[header.indexOf(column)]);
    }
    return sets;
  }
}
