package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetadataCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path table;

  @BeforeEach
  void writeTable() throws IOException {
    table =
        Files.writeString(
            folder.resolve("t.tsv"),
            "processid\torder\tsmall_insect_order\nA\tDiptera\ttrain\nB\tnot_classified\ttest\n");
  }

  private int run(Object... arguments) {
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    return Instar.run(new PrintWriter(out), new PrintWriter(err, true), texts);
  }

  @Test
  void printsStatisticsAsTextAndAsJson() throws IOException {
    assertThat(run("stats", table)).isZero();
    assertThat(out.toString()).contains("2 records", "Diptera", "small_insect_order");
    out.getBuffer().setLength(0);
    assertThat(run("stats", table, "--json", "--experiment", "small_insect_order")).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.at("/ranks/order/not_classified").asInt()).isEqualTo(1);
    assertThat(json.at("/experiments/small_insect_order/records_per_class/Diptera/train").asInt())
        .isEqualTo(1);
  }

  @Test
  void namesTheExperimentsOfATableThatLacksTheWantedOne() {
    assertThat(run("stats", table, "--experiment", "none")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("it has small_insect_order");
  }

  @Test
  void saysWhichRowsWereKeptOutAndEndsWithThree() throws IOException {
    Files.writeString(table, "processid\torder\nA\n");
    assertThat(run("stats", table)).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(err.toString()).contains("line 2 has 1 fields where the header has 2");
  }

  @Test
  void convertsByTheEnding() throws IOException {
    Path csv = folder.resolve("t.csv");
    assertThat(run("metadata", "convert", table, "-o", csv)).isZero();
    assertThat(Files.readString(csv)).startsWith("processid,order,small_insect_order\nA,Diptera");
    assertThat(run("metadata", "convert", table, "-o", csv, "--flat")).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void endsWithThreeWhereACheckFindsSomething() throws IOException {
    assertThat(run("metadata", "check", table)).isZero();
    Files.writeString(table, "processid\torder\nA\tx\nA\tx\n");
    assertThat(run("metadata", "check", table, "--json")).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(out.toString()).contains("duplicate-id");
  }

  @Test
  void failsInOneLineWhereTheTableIsNotThere() {
    assertThat(run("stats", folder.resolve("none.tsv"))).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("none.tsv does not exist");
  }
}
