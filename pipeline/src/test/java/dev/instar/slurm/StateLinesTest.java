package dev.instar.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.slurm.TaskState.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StateLinesTest {
  @Test
  void readsRunningWaitingAndEndedTasksOfTheQueue() {
    Map<TaskId, TaskState> states =
        StateLines.ofQueue(
            """
            11|4|PENDING||ReqNodeNotAvail, UnavailableNodes:n1|n2
            11|2|RUNNING|n1|None
            11|1|FAILED|n[1-2]|NonZeroExitCode
            12|N/A|COMPLETING|n2|TimeLimit
            """);

    assertThat(states.values())
        .containsExactly(
            new TaskState(
                new TaskId(11, 4), "PENDING", "ReqNodeNotAvail, UnavailableNodes:n1|n2", "", true),
            new TaskState(new TaskId(11, 2), "RUNNING", "", "n1", true),
            new TaskState(new TaskId(11, 1), "FAILED", "NonZeroExitCode", "n[1-2]", false),
            new TaskState(new TaskId(12, -1), "COMPLETING", "TimeLimit", "n2", true));
    assertThat(states).allSatisfy((id, state) -> assertThat(state.id()).as("key").isEqualTo(id));
  }

  @Test
  void unfoldsWaitingArraysOfTheQueueToo() {
    assertThat(StateLines.ofQueue("7|4-6,9%2|PENDING||JobArrayTaskLimit\n").keySet())
        .containsExactly(new TaskId(7, 4), new TaskId(7, 5), new TaskId(7, 6), new TaskId(7, 9));
  }

  @Test
  void readsWhatAccountsKeep() {
    Map<TaskId, TaskState> states =
        StateLines.ofAccounts(
            """
            123_4|COMPLETED|0:0|n1
            123_4.batch|COMPLETED|0:0|n1
            123_5|CANCELLED by 1000|0:15|n2
            123_6|FAILED|3:0|n2
            123_[7,9-10%2]|PENDING|0:0|None assigned
            124|OUT_OF_MEMORY|0:125|n1
            """);

    assertThat(states.values())
        .extracting(
            state -> state.id() + " " + state.state() + " " + state.reason() + " " + state.node())
        .containsExactly(
            "123_4 COMPLETED  n1",
            "123_5 CANCELLED signal 15 n2",
            "123_6 FAILED exit status 3 n2",
            "123_7 PENDING  ",
            "123_9 PENDING  ",
            "123_10 PENDING  ",
            "124 OUT_OF_MEMORY signal 125 n1");
    assertThat(states.values()).noneMatch(TaskState::queued);
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING,WAITING",
    "REQUEUED,WAITING",
    "SPECIAL_EXIT,WAITING",
    "RUNNING,RUNNING",
    "COMPLETING,RUNNING",
    "SUSPENDED,RUNNING",
    "COMPLETED,ENDED_WELL",
    "TIMEOUT,ENDED_BADLY",
    "PREEMPTED,ENDED_BADLY",
    "A_WORD_OF_A_LATER_SLURM,ENDED_BADLY"
  })
  void saysWhatAWordOfSlurmComesTo(String word, Phase phase) {
    assertThat(new TaskState(new TaskId(1, 2), word, "", "", false).phase()).isEqualTo(phase);
  }

  @Property(tries = 200)
  void unfoldsEveryRangeToTheNumbersItStandsFor(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 60) Integer> numbers,
      @ForAll @IntRange(max = 9) int limit) {
    SortedSet<Integer> expected = new TreeSet<>(numbers);
    String text = abbreviated(expected) + (limit > 0 ? "%" + limit : "");

    assertThat(TaskRange.parse(text)).as(text).contains(List.copyOf(expected));
  }

  /** As Slurm does it: runs of numbers with a dash. */
  private static String abbreviated(SortedSet<Integer> numbers) {
    return numbers.stream()
        .filter(first -> !numbers.contains(first - 1))
        .map(
            first -> {
              int last =
                  IntStream.iterate(first, n -> numbers.contains(n + 1), n -> n + 1)
                          .max()
                          .orElse(first - 1)
                      + 1;
              return first == last
                  ? String.valueOf(first)
                  : String.format(Locale.ROOT, "%d-%d", first, last);
            })
        .collect(Collectors.joining(","));
  }

  @Test
  void unfoldsRangesWithSteps() {
    assertThat(TaskRange.parse("0-8:4,20")).contains(List.of(0, 4, 8, 20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "1-",
        "-1",
        "1-2-3",
        "a",
        "1:2",
        "0-5:0",
        "1,,2",
        "0-9999999",
        "99999999999"
      })
  void refusesWhatIsNoRange(String text) {
    assertThat(TaskRange.parse(text)).isEmpty();
  }
}
