package dev.instar.sweep;

import static dev.instar.testing.SlurmCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.slurm.Resources;
import dev.instar.slurm.Slurm;
import dev.instar.slurm.SlurmException;
import dev.instar.sweep.CellStatus.State;
import dev.instar.testing.SlurmCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sweeps on a real Slurm, with a shell script instead of trainings: it takes {@code sweep run SWEEP
 * --cell NAME} and does what {@code does/NAME} says.
 */
final class SweepOnSlurmTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String INSTAR =
      """
      #!/bin/bash
      trap 'kill $!; echo saved; exit 143' TERM
      cd "$(dirname "$0")" || exit 9
      echo "$5" >>begun
      case $(cat "does/$5") in
        finish) cp "results/$5/result.json" "$3/cells/$5/result.json" ;;
        break) echo 'it broke'; exit 1 ;;
        wait) sleep 300 & wait ;;
      esac
      """;

  @TempDir Path folder;
  private SlurmCluster cluster;
  private Slurm slurm;
  private SmallSweep small;
  private Sweep sweep;
  private Path instar;

  @BeforeEach
  void plan() throws Exception {
    cluster = SlurmCluster.require();
    slurm = Slurm.find(cluster.environment());
    small = new SmallSweep(folder, 4);
    sweep = small.sweep();
    instar = Files.writeString(folder.resolve("instar"), INSTAR);
    Files.setPosixFilePermissions(instar, PosixFilePermissions.fromString("rwx------"));
    for (int i = 0; i < 4; i++) {
      Files.createDirectories(small.folder(i).path());
    }
  }

  @Test
  void whatIsSubmittedTwiceRunsOnceAndWhatBrokeIsTriedAgainOnlyIfAskedFor() throws Exception {
    small.does(3, "break");
    List<Submission> first = submit(CellFilter.ALL, false, 1000);
    List<Submission> second = submit(CellFilter.ALL, false, 1000);
    await("the end of all tasks", LIMIT, () -> !look().moving());

    assertThat(first).hasSize(1);
    assertThat(first.get(0).cells()).containsExactlyElementsOf(names());
    assertThat(second).isEmpty();
    assertThat(small.begun()).containsExactlyInAnyOrderElementsOf(names());
    SweepStatus after = look();
    assertThat(after.count(State.DONE)).isEqualTo(3);
    CellStatus broken = after.cells().get(3);
    assertThat(broken.state()).isEqualTo(State.INTERRUPTED); // it left no failure.json
    assertThat(broken.reason()).contains("FAILED").contains("submit again");
    assertThat(broken.log()).content().contains("it broke").contains("exit status 1");

    small.folder(3).write(new CellFailure("it broke", "", 1, 1, "n1", Instant.EPOCH));
    assertThat(submit(CellFilter.ALL, false, 1000)).isEmpty();
    small.does(3, "finish");
    assertThat(submit(CellFilter.ALL, true, 1000))
        .singleElement()
        .satisfies(again -> assertThat(again.cells()).containsExactly(small.name(3)));
    await("the last result", LIMIT, () -> look().settled());
    assertThat(look().count(State.DONE)).isEqualTo(4);
  }

  @Test
  void moreCellsThanAnArrayTakesAreSeveralThatShareTheLimit() throws Exception {
    for (int i = 0; i < 4; i++) {
      small.does(i, "wait");
    }
    List<Submission> arrays = submit(CellFilter.ALL, false, 3);

    assertThat(arrays).extracting(array -> array.cells().size()).containsExactly(3, 1);
    assertThat(arrays).extracting(array -> array.resources().maxRunning()).containsOnly(1);
    assertThat(arrays).extracting(Submission::folder).doesNotHaveDuplicates();
    await("two that run", LIMIT, () -> begun() == 2 && look().count(State.RUNNING) == 2);
    assertThat(look().count(State.QUEUED)).isEqualTo(2);
    assertThat(look().cells().get(1).reason()).contains("--max-running");

    List<String> said = new ArrayList<>();
    Cancellation done =
        Cancellation.of(sweep, CellFilter.ALL, slurm, Duration.ofSeconds(30), said::add);
    assertThat(done.taken()).hasSize(2);
    assertThat(done.stopped()).hasSize(2);
    assertThat(done.killed()).isEmpty();
    assertThat(said).isNotEmpty();
    for (Submission array : arrays) {
      done.stopped().stream()
          .filter(task -> task.job() == array.job())
          .forEach(task -> assertThat(array.log(task)).content().contains("saved"));
    }
    assertThat(look().moving()).isFalse();
  }

  @Test
  void onlyTheTasksOfTheCellsThatAreMeantAreCancelled() throws Exception {
    for (int i = 0; i < 4; i++) {
      small.does(i, "wait");
    }
    submit(CellFilter.ALL, false, 1000);
    CellFilter second = CellFilter.parse("seed=2");
    Cancellation done = Cancellation.of(sweep, second, slurm, Duration.ofSeconds(30), said -> {});

    assertThat(done.taken().size() + done.stopped().size()).isEqualTo(1);
    SweepStatus after = look();
    assertThat(
            after.cells().stream().filter(cell -> !inQueue(cell)).map(cell -> cell.cell().seed()))
        .containsExactly(2L);
    assertThat(sweep.cancelled()).isFalse();
    Cancellation.of(sweep, CellFilter.ALL, slurm, Duration.ofSeconds(30), said -> {});
  }

  @Test
  @Tag("slow")
  void aTaskWhoseNodeIsLostWaitsAgainAndOneThatIsKilledIsSaidToBe() throws Exception {
    small.does(0, "wait");
    small.does(1, "wait");
    submit(CellFilter.parse("seed=1"), false, 1000, "--nodelist=n1");
    submit(CellFilter.parse("seed=2"), false, 1000, "--nodelist=n2");
    await("both", LIMIT, () -> begun() == 2 && look().count(State.RUNNING) == 2);

    kill(small.name(1));
    cluster.lose("n1");
    try {
      await("what Slurm makes of it", LIMIT, () -> look().count(State.RUNNING) == 0);
      SweepStatus lost = look();
      assertThat(lost.cells().get(0).state()).isEqualTo(State.QUEUED);
      assertThat(lost.cells().get(0).reason()).isNotEmpty();
      assertThat(lost.cells().get(1).state()).isEqualTo(State.INTERRUPTED);
      assertThat(lost.cells().get(1).reason()).contains("FAILED");
      assertThat(submit(CellFilter.parse("seed=1"), false, 1000)).isEmpty();
    } finally {
      cluster.restore("n1");
    }
    small.does(0, "finish");
    cluster.hurry(look().cells().get(0).job());
    await("the lost one", LIMIT, () -> look().cells().get(0).state() == State.DONE);
  }

  @Test
  void whatSlurmRefusesLeavesNothingBehindAndIsSaidInItsWords() throws Exception {
    assertThatThrownBy(() -> submit(CellFilter.ALL, false, 1000, "--partition=none"))
        .isInstanceOf(SlurmException.class)
        .hasMessageContaining("invalid partition");

    assertThat(Submissions.of(sweep)).isEmpty();
    assertThat(sweep.slurm()).isEmptyDirectory();
  }

  private List<Submission> submit(CellFilter only, boolean retry, int most, String... extra)
      throws IOException, InterruptedException {
    SweepStatus before = SweepStatus.of(sweep, only, slurm.states(SweepStatus.jobs(sweep)));
    List<CellArray> arrays = CellArray.of(Dispatch.due(before, retry), most);
    Resources resources =
        new Resources(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("10"),
            0,
            1,
            Optional.of("100M"),
            2,
            List.of(extra));
    Dispatch dispatch = new Dispatch(sweep, instar, resources, false).sharedBy(arrays.size());
    List<Submission> submitted = new ArrayList<>();
    for (CellArray array : arrays) {
      submitted.add(dispatch.submit(slurm, array));
    }
    return submitted;
  }

  private SweepStatus look() {
    try {
      return SweepStatus.of(sweep, CellFilter.ALL, slurm.states(SweepStatus.jobs(sweep)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean inQueue(CellStatus cell) {
    return cell.state() == State.QUEUED || cell.state() == State.RUNNING;
  }

  private List<String> names() {
    return sweep.cells().stream().map(planned -> planned.cell().name()).toList();
  }

  private int begun() {
    try {
      return small.begun().size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills the process of a cell as a kernel without memory would. */
  private void kill(String cell) {
    String program = instar.toString();
    ProcessHandle.allProcesses()
        .filter(
            process -> {
              String line = process.info().commandLine().orElse("");
              return line.contains(program) && line.contains("--cell " + cell + " ");
            })
        .forEach(ProcessHandle::destroyForcibly);
  }
}
