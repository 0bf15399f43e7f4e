package dev.instar.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How answers and refusals are understood; {@link RealSlurmTest} has the real ones. */
final class SlurmTest {
  @TempDir Path folder;

  private FakePrograms programs;

  @BeforeEach
  void programs() throws IOException {
    programs = new FakePrograms(folder);
    for (String program : List.of("sbatch", "squeue", "scancel", "scontrol")) {
      programs.program(program, "echo not expected here >&2; exit 9");
    }
  }

  private Slurm slurm() throws SlurmException {
    return Slurm.find(programs.environmentOfTheirOwn());
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    Files.delete(folder.resolve("sbatch"));
    Files.delete(folder.resolve("squeue"));

    assertThatThrownBy(this::slurm)
        .isInstanceOf(SlurmException.class)
        .hasMessageContaining("sbatch, squeue not on the PATH");
  }

  @Test
  void submitsWithDependenciesAndReadsTheNumberBesideAClustersName() throws Exception {
    programs.program(
        "sbatch",
        "echo \"$*\" >" + folder + "/asked; echo 'sbatch: lua: hello' >&2; echo '4711;alpha'");

    assertThat(slurm().submit(Path.of("/x y/job.sh"), List.of(3L, 4L))).isEqualTo(4711);
    assertThat(folder.resolve("asked"))
        .hasContent("--parsable --dependency=afterok:3:4 --kill-on-invalid-dep=yes /x y/job.sh");
  }

  @Test
  void asksAgainWhileTheControllerIsAway() throws Exception {
    programs.program(
        "sbatch",
        "echo . >>\"$0.tries\"; IFS= read -r -d '' tries <\"$0.tries\"\n"
            + "[[ ${#tries} -gt 4 ]] && { echo 12; exit; }\n"
            + "echo 'sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)' >&2; exit 1");

    assertThat(slurm().submit(Path.of("/job.sh"), List.of())).isEqualTo(12);
    assertThat(Files.readAllLines(folder.resolve("sbatch.tries"))).hasSize(3);
  }

  /** It may have been accepted: a second one would do everything twice. */
  @Test
  void submitsOnlyOnceIfTheControllerFallsSilent() throws Exception {
    programs.program(
        "sbatch",
        "echo . >>\"$0.tries\"; echo 'sbatch: error: Batch job submission failed: Socket timed out on send/recv operation' >&2; exit 1");

    assertThatThrownBy(() -> slurm().submit(Path.of("/job.sh"), List.of()))
        .isInstanceOf(SlurmException.class)
        .hasMessageContaining("Socket timed out on send/recv operation")
        .hasMessageContaining("squeue --me");
    assertThat(Files.readAllLines(folder.resolve("sbatch.tries"))).hasSize(1);
  }

  @Test
  void refusesInSlurmsOwnWords() throws Exception {
    programs.program(
        "sbatch",
        "echo 'sbatch: error: invalid partition specified: gpu' >&2; echo 'sbatch: error: Batch job submission failed: Invalid partition name specified' >&2; exit 1");

    assertThatThrownBy(() -> slurm().submit(Path.of("/job.sh"), List.of()))
        .hasMessage(
            "sbatch refused /job.sh: invalid partition specified: gpu; Batch job submission failed: Invalid partition name specified");
  }

  @Test
  void readsLongAnswersOnBothStreams() throws Exception {
    programs.program(
        "scontrol",
        "for ((i = 0; i < 3000; i++)); do echo 'a line of the configuration that nobody wants'; echo 'a warning that repeats itself' >&2; done; echo 'MaxArraySize            = 1001'");

    assertThat(slurm().mostTasks()).isEqualTo(1001);
  }

  @Test
  void knowsTheQueueBetterThanAccountsDo() throws Exception {
    programs.program("squeue", "echo '5|1|RUNNING|n1|None'; echo '5|2|PENDING||Resources'");
    programs.program(
        "sacct", "echo '5_0|COMPLETED|0:0|n1'; echo '5_[1-2]|PENDING|0:0|None assigned'");

    assertThat(slurm().states(List.of(5L)).values())
        .extracting(state -> state.id() + " " + state.state())
        .containsExactlyInAnyOrder("5_0 COMPLETED", "5_1 RUNNING", "5_2 PENDING");
  }

  @Test
  void asksForNoAccountsAgainWhereNoneAreKept() throws Exception {
    programs.program("squeue", "echo '5|1|RUNNING|n1|None'");
    programs.program(
        "sacct", "echo . >>\"$0.tries\"; echo 'Slurm accounting storage is disabled' >&2; exit 1");
    Slurm slurm = slurm();

    for (int i = 0; i < 3; i++) {
      assertThat(slurm.states(List.of(5L))).containsOnlyKeys(new TaskId(5, 1));
    }
    assertThat(Files.readAllLines(folder.resolve("sacct.tries"))).hasSize(1);
  }

  @Test
  void leavesOutJobsThatSlurmHasForgotten() throws Exception {
    programs.program(
        "squeue", "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1");

    assertThat(slurm().states(List.of(5L))).isEmpty();
  }

  @Test
  void saysSoIfTheQueueCannotBeRead() throws Exception {
    programs.program("squeue", "echo 'slurm_load_jobs error: Access denied' >&2; exit 1");

    assertThatThrownBy(() -> slurm().states(List.of(5L)))
        .isInstanceOf(SlurmException.class)
        .hasMessageContaining("Access denied");
  }

  @Test
  void cancelsManyTasksInSeveralCallsAndForgivesThoseThatEnded() throws Exception {
    programs.program(
        "scancel",
        "echo $# >>\"$0.counts\"; echo 'scancel: error: Kill job error on job id 7_1: Job/step already completing or completed' >&2; exit 1");
    List<TaskId> tasks = IntStream.range(0, 1200).mapToObj(i -> new TaskId(7, i)).toList();

    slurm().cancel(tasks);

    try (Stream<String> counts = Files.lines(folder.resolve("scancel.counts"))) {
      assertThat(counts.mapToInt(Integer::parseInt).sum()).isEqualTo(1200);
    }
    programs.program(
        "scancel",
        "echo 'scancel: error: Kill job error on job id 7_1: Access/permission denied' >&2; exit 1");
    assertThatThrownBy(() -> slurm().cancel(tasks)).hasMessageContaining("permission denied");
  }

  @Test
  void knowsItsOwnTaskByTheEnvironment() {
    Map<String, String> task =
        Map.of("SLURM_JOB_ID", "9", "SLURM_ARRAY_JOB_ID", "7", "SLURM_ARRAY_TASK_ID", "3");
    assertThat(Slurm.self(task)).contains(new TaskId(7, 3));
    assertThat(Slurm.self(Map.of("SLURM_JOB_ID", "9"))).contains(new TaskId(9, -1));
    assertThat(Slurm.self(Map.of("SLURM_JOB_ID", "none"))).isEmpty();
    assertThat(Slurm.self(Map.of())).isEmpty();
    assertThat(Slurm.restarts(Map.of("SLURM_RESTART_COUNT", "2"))).isEqualTo(2);
    assertThat(Slurm.restarts(Map.of())).isZero();
  }
}
