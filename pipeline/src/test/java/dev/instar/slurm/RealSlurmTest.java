package dev.instar.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.slurm.TaskState.Phase;
import dev.instar.testing.SlurmCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submitting, watching and cancelling on a real cluster. */
final class RealSlurmTest {
  @TempDir Path folder;

  private Path file(String name, int tasks, String... command) throws IOException {
    Path script = folder.resolve(name);
    Files.writeString(script, JobScripts.script(folder, tasks, JobScripts.MODEST, command).text());
    return script;
  }

  private static void awaitPhase(Slurm slurm, TaskId task, Phase phase)
      throws InterruptedException {
    SlurmCluster.await(
        task + " is " + phase, Duration.ofSeconds(40), () -> phaseOf(slurm, task) == phase);
  }

  private static Phase phaseOf(Slurm slurm, TaskId task) {
    try {
      TaskState state = slurm.states(List.of(task.job())).get(task);
      return state == null ? null : state.phase();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void knowsItsTasksFromTheirSubmissionToTheirEnd() throws Exception {
    Slurm slurm = Slurm.find(SlurmCluster.require().environment());
    long job =
        slurm.submit(
            file(
                "array",
                3,
                "ends=('exit 0' 'exit 4' 'sleep 100')",
                "bash -c \"${ends[$SLURM_ARRAY_TASK_ID]}\""),
            List.of());
    long never = slurm.submit(file("never", 0, "true"), List.of(job));
    long good = slurm.submit(file("good", 0, "true"), List.of());
    long then = slurm.submit(file("then", 0, "sleep 0"), List.of(good));
    TaskId endless = new TaskId(job, 2);

    awaitPhase(slurm, endless, Phase.RUNNING);
    awaitPhase(slurm, new TaskId(job, 1), Phase.ENDED_BADLY);
    slurm.cancel(List.of(endless, new TaskId(job, 0), new TaskId(987_654, 3)));

    awaitPhase(slurm, endless, Phase.ENDED_BADLY);
    awaitPhase(slurm, new TaskId(never, -1), Phase.ENDED_BADLY);
    awaitPhase(slurm, new TaskId(then, -1), Phase.ENDED_WELL);
    Map<TaskId, TaskState> states = slurm.states(List.of(job, 987_654L));
    assertThat(states).hasSize(3);
    assertThat(states.get(new TaskId(job, 0)))
        .satisfies(state -> assertThat(state.state()).isEqualTo("COMPLETED"))
        .satisfies(state -> assertThat(state.queued()).isFalse())
        .satisfies(state -> assertThat(state.node()).matches("n[12]"));
    assertThat(states.get(new TaskId(job, 1)).reason()).isEqualTo("NonZeroExitCode");
    assertThat(states.get(endless).state()).isEqualTo("CANCELLED");
    assertThat(slurm.states(List.of(987_654L))).isEmpty();
    assertThat(slurm.mostTasks()).isEqualTo(1001);
  }

  @Test
  void refusesInSlurmsWords() throws Exception {
    Slurm slurm = Slurm.find(SlurmCluster.require().environment());
    Path script = folder.resolve("script");
    Files.writeString(
        script,
        JobScripts.script(folder, 0, JobScripts.wholeNode("nowhere", List.of()), "true").text());

    assertThatThrownBy(() -> slurm.submit(script, List.of()))
        .isInstanceOf(SlurmException.class)
        .hasMessageContaining("invalid partition specified: nowhere");
  }

  @Test
  @Tag("slow")
  void waitsForAControllerThatIsStartedAgain() throws Exception {
    SlurmCluster cluster = SlurmCluster.requireAlone("Nodes=1");
    Slurm slurm = Slurm.find(cluster.environment());
    Path script = file("job", 0, "true");
    cluster.lose("controller");

    CompletableFuture<Long> job =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return slurm.submit(script, List.of());
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            },
            task -> new Thread(task, "submitting").start());
    Thread.sleep(1000);
    assertThat(job).isNotDone();
    cluster.restore("controller");

    awaitPhase(slurm, new TaskId(job.get(), -1), Phase.ENDED_WELL);
    cluster.stop();
  }
}
