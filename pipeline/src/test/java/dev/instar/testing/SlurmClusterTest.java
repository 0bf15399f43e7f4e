package dev.instar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlurmClusterTest {
  @Test
  void runsAJobOnANodeWithANameAndALocalFolderOfItsOwn(@TempDir Path folder) throws Exception {
    SlurmCluster cluster = SlurmCluster.require();
    Path log = folder.resolve("log");

    cluster.run(
        "sbatch",
        "--wait",
        "--nodelist=n2",
        "--gres=gpu:1",
        "--output=" + log,
        "--wrap",
        "hostname; echo $CUDA_VISIBLE_DEVICES; cd $SLURM_TMPDIR && pwd");

    assertThat(Files.readAllLines(log))
        .satisfiesExactly(
            host -> assertThat(host).isEqualTo("n2"),
            gpus -> assertThat(gpus).matches("[01]"),
            local -> assertThat(local).startsWith(cluster.folder() + "/local/n2/"));
  }

  @Test
  void standsBesideAnotherClusterAndEndsWithAllItsProcesses() throws Exception {
    SlurmCluster.require();
    SlurmCluster other = SlurmCluster.requireAlone("MaxArraySize=5", "Nodes=1");
    String processes = other.folder().getFileName().toString();
    assertThat(other.run("scontrol", "show", "config")).containsPattern("MaxArraySize += 5");
    assertThat(other.run("sinfo", "--noheader", "--format=%D", "-p", "main")).startsWith("1");
    assertThat(commandsWith(processes)).isPositive();

    other.stop();

    SlurmCluster.await(
        "the end of its processes", Duration.ofSeconds(10), () -> commandsWith(processes) == 0);
    assertThat(other.folder()).doesNotExist();
  }

  private static long commandsWith(String text) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(text))
        // What waits for the JVM's end to stop the cluster sees within a second that it has none.
        .filter(process -> !process.info().commandLine().orElse("").contains("tail --pid"))
        .count();
  }
}
