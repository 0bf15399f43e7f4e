package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TableTest {
  @Test
  void setsNumbersToTheRightAndTextToTheLeft() {
    Table table =
        new Table(
            List.of("stage", "seconds", "rate", "note"),
            List.of(List.of("read", "0.12", "8,333.3/s", "x"), List.of("decode", "14.30", "", "")));
    assertThat(table.text())
        .isEqualTo(
            """
            stage   seconds       rate  note
            ------  -------  ---------  ----
            read       0.12  8,333.3/s  x
            decode    14.30
            """);
  }

  @Test
  void knowsNumbersWithUnits() {
    Table table =
        new Table(
            List.of("a", "b", "c", "d", "e"),
            List.of(
                List.of("1,000", "12.5%", "3 MB/s", "2880x2160", ""),
                List.of("-5", "7%", "1 kB", "1", "")));
    assertThat(table.numeric(0)).isTrue();
    assertThat(table.numeric(1)).isTrue();
    assertThat(table.numeric(2)).isTrue();
    assertThat(table.numeric(3)).isFalse();
    assertThat(table.numeric(4)).isFalse();
  }

  @Test
  void knowsDeviationsIntervalsAndWhatIsMissing() {
    Table table =
        new Table(
            List.of("a", "b", "c", "d", "e"),
            List.of(
                List.of("97.86 \u00b1 0.12", "[-0.10, +2.00]", "<0.0001", "\u2013", "1 \u00b1 x"),
                List.of("\u2013", "\u2013", "\u22480.5000", "\u2013", "2")));
    assertThat(List.of(0, 1, 2, 3, 4).stream().map(table::numeric))
        .containsExactly(true, true, true, false, false);
  }

  @Test
  void leavesOutColumnsInWhichNothingStands() {
    Table table = new Table(List.of("a", "b", "c"), List.of(List.of("1", "", "x")));
    assertThat(table.withoutEmptyColumns())
        .isEqualTo(new Table(List.of("a", "c"), List.of(List.of("1", "x"))));
  }

  @Test
  void isHtmlInWhichTheBestStandsOut() {
    StringBuilder page = new StringBuilder();
    Table table = new Table(List.of("a", "b"), List.of(List.of("<x>", "1"), List.of("<y>", "2")));
    Set<NamedTable.Place> best = Set.of(new NamedTable.Place(0, 0), new NamedTable.Place(1, 1));
    ContactSheet.writeTable(new Html(page), table, best);
    assertThat(page.toString())
        .contains("<tr><td><strong>&lt;x&gt;</strong></td><td class=\"number\">1</td></tr>")
        .contains("<tr><td>&lt;y&gt;</td><td class=\"number\"><strong>2</strong></td></tr>");
  }

  @Test
  void letsNoControlCharacterReachTheTerminal() {
    assertThat(new Table(List.of("name"), List.of(List.of("\u001b[2Ja\nb"))).text())
        .isEqualTo("name\n-------\n?[2Ja?b\n");
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    assertThatThrownBy(() -> new Table(List.of("a", "b"), List.of(List.of("1"))))
        .hasMessageContaining("1 cells under 2 columns");
  }

  @Test
  void stageTimesAddUp() {
    StageTimes times =
        new StageTimes(
            List.of(
                new StageTimes.Stage("decode", 3_000_000_000L),
                new StageTimes.Stage("write", 1_000_000_000L)),
            1000,
            2,
            2_500_000_000L);
    assertThat(times.recordsPerSecond()).isEqualTo(400);
    assertThat(times.table().text())
        .isEqualTo(
            """
            stage              seconds   share  ms/record  records/s
            -----------------  -------  ------  ---------  ---------
            decode                3.00   75.0%      3.000      333.3
            write                 1.00   25.0%      1.000    1,000.0
            all stages            4.00  100.0%      4.000      250.0
            wall (threads: 2)     2.50              2.500      400.0
            """);
  }

  @Test
  void stageTimesOfNothingDivideByNothing() {
    StageTimes times = new StageTimes(List.of(new StageTimes.Stage("read", 0)), 0, 1, 0);
    assertThat(times.recordsPerSecond()).isZero();
    assertThat(times.table().rows()).hasSize(3);
    assertThat(times.table().rows().get(0)).containsExactly("read", "0.00", "0.0%", "", "");
    assertThatThrownBy(() -> new StageTimes.Stage("read", -1)).hasMessageContaining("read");
    assertThatThrownBy(() -> new StageTimes(List.of(), 1, 0, 1)).hasMessageContaining("0 threads");
  }
}
