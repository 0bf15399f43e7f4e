package dev.instar.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.slurm.Resources;
import dev.instar.slurm.TaskId;
import dev.instar.slurm.TaskState;
import dev.instar.sweep.CellStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a cell's folder and Slurm say together. */
final class CellSightTest {
  private static final Instant SUBMITTED = Instant.parse("2026-05-01T10:00:00Z");
  private static final TaskId TASK = new TaskId(7, 1);

  private static final Cell CELL =
      new Cell(
          "b",
          Map.of("seed", "1"),
          Path.of("/pack"),
          Path.of("/table"),
          "split",
          "order",
          "resnet18",
          Optional.empty(),
          "paper",
          List.of(),
          1);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    // folder, Slurm, reason, together, said
    "PENDING, , , PENDING, ''",
    "PENDING, PENDING, Priority, QUEUED, others come first (Priority)",
    "PENDING, PENDING, JobArrayTaskLimit, QUEUED, as many as --max-running allows",
    "PENDING, PENDING, 'ReqNodeNotAvail, UnavailableNodes:n1', QUEUED, reserved or down",
    "PENDING, PENDING, QOSMaxCpuPerUserLimit, QUEUED, a limit of the account or QOS",
    "PENDING, RUNNING, '', RUNNING, begins",
    "PENDING, CANCELLED, '', PENDING, cancelled in Slurm",
    "PENDING, FAILED, NonZeroExitCode, INTERRUPTED, 'before it was done; submit again to go on (FAILED, NonZeroExitCode)'",
    "INTERRUPTED, , , INTERRUPTED, its process is gone; it continues",
    "INTERRUPTED, PENDING, BeginTime, QUEUED, requeued",
    "INTERRUPTED, TIMEOUT, TimeLimit, INTERRUPTED, its time (--time 1:00:00) was up",
    "INTERRUPTED, OUT_OF_MEMORY, OutOfMemory, INTERRUPTED, took more memory than it asked for (--mem 4G)",
    "INTERRUPTED, NODE_FAIL, '', INTERRUPTED, its node failed; submit again to go on (NODE_FAIL)",
    "INTERRUPTED, PREEMPTED, '', INTERRUPTED, another job took its place",
    "INTERRUPTED, COMPLETED, '', INTERRUPTED, its task ended without a result",
    "FAILED, FAILED, NonZeroExitCode, FAILED, the table has no such column",
    "FAILED, COMPLETING, '', FAILED, the table has no such column",
    "FAILED, PENDING, Resources, QUEUED, when a node has room",
    "DONE, RUNNING, '', DONE, ''",
    "DONE, TIMEOUT, TimeLimit, DONE, ''",
  })
  void aCellIsWhereItsFolderAndSlurmSayTogether(
      CellState own, String slurm, String reason, State together, String said) {
    CellStatus status = sight(own, Optional.empty(), attempt("7_1")).status(slurm(slurm, reason));

    assertThat(status.state()).isEqualTo(together);
    assertThat(status.reason()).contains(said);
    assertThat(status.reason().isEmpty()).isEqualTo(said.isEmpty());
  }

  @Test
  void aLeaseOfATaskThatSlurmKnowsToBeOverIsNoSignOfLife() {
    CellSight held = sight(CellState.RUNNING, Optional.of(holder("7_1")), attempt("7_1"));

    assertThat(held.status(slurm("RUNNING", "")).state()).isEqualTo(State.RUNNING);
    assertThat(held.status(slurm("COMPLETING", "")).state()).isEqualTo(State.RUNNING);
    assertThat(held.status(slurm("PENDING", "BeginTime")).state()).isEqualTo(State.QUEUED);
    CellStatus lost = held.status(slurm("NODE_FAIL", ""));
    assertThat(lost.state()).isEqualTo(State.INTERRUPTED);
    assertThat(lost.held()).isTrue();
    assertThat(lost.reason()).contains("its node failed");
  }

  @Test
  void aLeaseOutsideOfSlurmOrOfAnotherTaskIsASignOfLifeWhateverSlurmSays() {
    for (String job : List.of("", "7_2", "6_1")) {
      CellSight held = sight(CellState.RUNNING, Optional.of(holder(job)), attempt(job));
      assertThat(held.status(slurm("FAILED", "")).state()).as(job).isEqualTo(State.RUNNING);
    }
  }

  @Test
  void whatHappenedAfterATaskIsNotPutDownToIt() {
    CellStatus later =
        sight(CellState.INTERRUPTED, Optional.empty(), attempt(""))
            .status(slurm("TIMEOUT", "TimeLimit"));

    assertThat(later.state()).isEqualTo(State.INTERRUPTED);
    assertThat(later.reason()).isEqualTo("its process is gone; it continues");
  }

  @Test
  void aTaskInTheQueueCountsBeforeANewerOneThatEnded() {
    Submission newer =
        new Submission(9, SUBMITTED.plusSeconds(60), folder, List.of("b"), resources());
    Map<TaskId, TaskState> tasks =
        Map.of(
            TASK,
            new TaskState(TASK, "PENDING", "Priority", "", true),
            new TaskId(9, 0),
            new TaskState(new TaskId(9, 0), "FAILED", "", "n1", false));
    CellSight sight =
        sight(CellState.PENDING, Optional.empty(), Optional.empty(), List.of(newer, submission()));

    assertThat(sight.status(tasks).state()).isEqualTo(State.QUEUED);
    assertThat(sight.status(tasks).job()).isEqualTo("7_1");
  }

  @Test
  void theLogIsThatOfTheTaskWhereThereIsOne() throws IOException {
    CellSight sight = sight(CellState.FAILED, Optional.empty(), attempt("7_1"));
    assertThat(sight.status(Map.of()).log()).isEqualTo(folder.resolve("cell/log.txt"));

    Files.createDirectories(folder.resolve("submission/logs"));
    Path log = Files.createFile(folder.resolve("submission/logs/7_1.log"));
    assertThat(sight.status(Map.of()).log()).isEqualTo(log);
  }

  private CellSight sight(CellState state, Optional<Holder> holder, Optional<CellAttempt> last) {
    return sight(state, holder, last, List.of(submission()));
  }

  private CellSight sight(
      CellState state,
      Optional<Holder> holder,
      Optional<CellAttempt> last,
      List<Submission> submissions) {
    Optional<CellFailure> failure =
        state == CellState.FAILED
            ? Optional.of(
                new CellFailure("the table has no such column", "", 1, 1, "n1", SUBMITTED))
            : Optional.empty();
    return new CellSight(
        CELL,
        new CellFolder(folder.resolve("cell")),
        state,
        holder,
        state == CellState.PENDING ? Optional.empty() : last,
        Optional.empty(),
        failure,
        submissions);
  }

  private Submission submission() {
    return new Submission(
        7, SUBMITTED, folder.resolve("submission"), List.of("a", "b"), resources());
  }

  private static Resources resources() {
    return new Resources(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("1:00:00"),
        0,
        1,
        Optional.of("4G"),
        0,
        List.of());
  }

  private static Map<TaskId, TaskState> slurm(String state, String reason) {
    if (state == null) {
      return Map.of();
    }
    boolean queued = List.of("PENDING", "RUNNING", "COMPLETING").contains(state);
    return Map.of(TASK, new TaskState(TASK, state, reason, "", queued));
  }

  private static Holder holder(String job) {
    return new Holder("n1", "boot", 100, "1", job, 0, SUBMITTED.plusSeconds(10));
  }

  private static Optional<CellAttempt> attempt(String job) {
    return Optional.of(new CellAttempt(holder(job), Optional.empty()));
  }
}
