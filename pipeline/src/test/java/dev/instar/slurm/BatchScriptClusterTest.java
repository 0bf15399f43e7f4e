package dev.instar.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.testing.SlurmCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script on a real cluster. Its command is a bash program that counts, saves its count when it
 * is told to stop, and goes on from there.
 */
final class BatchScriptClusterTest {
  @TempDir Path folder;

  @BeforeEach
  void program() throws IOException {
    Files.writeString(
        folder.resolve("count.sh"),
        """
        name=$1 count=0 told=
        trap 'told=USR1' USR1
        trap 'told=TERM' TERM
        [[ -f $name.saved ]] && read -r count <"$name.saved"
        echo "$name begins at $count on $SLURMD_NODENAME, restart ${SLURM_RESTART_COUNT:-0}"
        until [[ -f $name.enough ]]; do
          sleep 0.1
          count=$((count + 1))
          if [[ $told ]]; then
            echo "$count" >"$name.saved"
            echo "$name saves $count after $told"
            exit 75
          fi
        done
        echo "$name ends"
        """);
  }

  /** Names of counts by the number of the task. */
  private long submit(SlurmCluster cluster, Resources resources, String... names) throws Exception {
    Path script = folder.resolve("script-" + names[0]);
    Files.writeString(
        script,
        JobScripts.script(
                folder,
                names.length,
                resources,
                "cd \"$logs\"",
                "names=(" + String.join(" ", names) + ")",
                "bash count.sh \"${names[$SLURM_ARRAY_TASK_ID]}\"")
            .text());
    return Slurm.find(cluster.environment()).submit(script, List.of());
  }

  private void enough(String name) throws IOException {
    Files.createFile(folder.resolve(name + ".enough"));
  }

  private String log(long job, int task) {
    Path log = folder.resolve(job + "_" + task + ".log");
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitLine(long job, int task, String text) throws Exception {
    try {
      SlurmCluster.await(text, Duration.ofSeconds(60), () -> log(job, task).contains(text));
    } catch (AssertionError e) {
      throw new AssertionError(job + "_" + task + " has printed:\n" + log(job, task), e);
    }
  }

  /** Waits until Slurm itself says so, in its own word. */
  private static void awaitState(SlurmCluster cluster, long job, int task, String state)
      throws Exception {
    Slurm slurm = Slurm.find(cluster.environment());
    SlurmCluster.await(
        job + "_" + task + " is " + state,
        Duration.ofSeconds(60),
        () -> {
          try {
            TaskState now = slurm.states(List.of(job)).get(new TaskId(job, task));
            return now != null && now.state().equals(state);
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void requeuesTheTaskThatWasWarnedAndNoOtherOfItsArray() throws Exception {
    SlurmCluster cluster = SlurmCluster.require();
    long job = submit(cluster, JobScripts.MODEST, "a", "b");
    awaitLine(job, 0, "a begins at 0");
    awaitLine(job, 1, "b begins at 0"); // at the same time

    cluster.run("scancel", "--batch", "--signal=USR1", job + "_1");

    awaitLine(job, 1, "requeued, to go on from where it stopped");
    cluster.hurry(job + "_1");
    awaitLine(job, 1, ", restart 1");
    enough("a");
    enough("b");
    awaitState(cluster, job, 0, "COMPLETED");
    awaitState(cluster, job, 1, "COMPLETED");
    assertThat(log(job, 1)).contains("SIGUSR1, passed on").contains("b saves ");
    assertThat(log(job, 1)).doesNotContain("begins at 0 on n1, restart 1");
    assertThat(log(job, 0)).doesNotContain("SIG").doesNotContain("restart 1");
  }

  @Test
  void leavesWhatIsCancelledCancelled() throws Exception {
    SlurmCluster cluster = SlurmCluster.require();
    long job = submit(cluster, JobScripts.MODEST, "c");
    awaitLine(job, 0, "c begins at 0");

    cluster.run("scancel", String.valueOf(job));

    awaitLine(job, 0, "exit status 75 after");
    awaitState(cluster, job, 0, "CANCELLED");
    assertThat(log(job, 0)).contains("c saves ").doesNotContain("requeued,");
  }

  @Test
  @Tag("slow")
  void goesOnAfterItsPlaceWasTakenByAMoreUrgentJob() throws Exception {
    SlurmCluster cluster = SlurmCluster.require();
    List<String> onN2 = List.of("--nodelist=n2");
    long job = submit(cluster, JobScripts.wholeNode("main", onN2), "d");
    awaitLine(job, 0, "d begins at 0");

    long urgent = submit(cluster, JobScripts.wholeNode("high", onN2), "e");

    awaitLine(urgent, 0, "e begins at 0");
    assertThat(log(job, 0)).contains("after TERM").doesNotContain("requeued,");
    enough("e");
    awaitState(cluster, urgent, 0, "COMPLETED");
    cluster.hurry(job + "_0"); // refused unless it was requeued, by Slurm itself
    awaitLine(job, 0, ", restart 1");
    enough("d");
    awaitState(cluster, job, 0, "COMPLETED");
    assertThat(log(job, 0)).doesNotContain("begins at 0 on n2, restart 1");
  }

  /** Where the cluster sends the warning when a job is pre-empted too, and gives time. */
  @Test
  @Tag("slow")
  void isRequeuedOnceIfItIsWarnedBeforeItsPlaceIsTaken() throws Exception {
    SlurmCluster cluster =
        SlurmCluster.requireAlone(
            "SlurmctldParameters=preempt_send_user_signal", "GraceTime=20", "Nodes=1");
    long job = submit(cluster, JobScripts.wholeNode("main", List.of()), "f");
    awaitLine(job, 0, "f begins at 0");

    long urgent = submit(cluster, JobScripts.wholeNode("high", List.of()), "g");

    awaitLine(urgent, 0, "g begins at 0");
    enough("g");
    assertThat(log(job, 0)).contains("after USR1");
    assertThat(cluster.run("scontrol", "show", "job", job + "_0")).contains("Restarts=1");
    cluster.hurry(job + "_0");
    awaitLine(job, 0, ", restart 1");
    enough("f");
    awaitState(cluster, job, 0, "COMPLETED");
    cluster.stop();
  }

  @Test
  @Tag("slow")
  void goesOnElsewhereAfterItsNodeWasLost() throws Exception {
    SlurmCluster cluster = SlurmCluster.require();
    long job = submit(cluster, JobScripts.wholeNode("main", List.of()), "h");
    awaitLine(job, 0, "h begins at 0 on n1");
    Map<String, String> before = cluster.environment();

    cluster.lose("n1");
    try {
      cluster.hurry(job + "_0");
      awaitLine(job, 0, " on n2, restart 1");
      enough("h");
      awaitState(cluster, job, 0, "COMPLETED");
      assertThat(log(job, 0)).doesNotContain("SIG").doesNotContain("saves");
    } finally {
      cluster.restore("n1");
    }
    assertThat(cluster.environment()).isEqualTo(before);
  }
}
