package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.image.Size;
import dev.instar.testing.SlurmCluster;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts of docs/hpc, submitted as they are but for what they ask of a node. */
@Tag("slow")
final class ClusterExamplesTest {
  private static final Path SCRIPTS = Path.of("..", "docs", "hpc").toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private SlurmCluster cluster;

  @BeforeEach
  void prepare() throws Exception {
    cluster = SlurmCluster.require();
  }

  @Test
  void oneNodeSeveralNodesAndAnArrayMakeTheSamePack() throws Exception {
    CommandRun.launcher(folder.resolve("instar"));
    Path photos = Photographs.folder(folder.resolve("photos"), 6, new Size(64, 64));

    String one = submit("convert.sbatch", List.of(), photos, folder.resolve("one.h5"));
    String nodes = submit("convert-nodes.sbatch", List.of(), photos, folder.resolve("nodes.h5"));
    Path joined = folder.resolve("array.h5");
    String array =
        submit("convert-array.sbatch", List.of("--array=0-1"), photos, joined, String.valueOf(2));
    String merge =
        submit("merge.sbatch", List.of("--dependency=afterok:" + array), joined, String.valueOf(2));

    for (String job : List.of(one, nodes, merge)) {
      await(job, "COMPLETED");
    }
    for (String name : List.of("one.h5", "nodes.h5", "array.h5")) {
      assertThat(folder.resolve(name)).hasSameBinaryContentAs(folder.resolve("one.h5"));
      assertThat(Files.readAllLines(folder.resolve(name + ".quarantine.jsonl"))).hasSize(2);
    }
    assertThat(Photographs.records(folder.resolve("one.h5"))).hasSize(6);
  }

  @ParameterizedTest
  @CsvSource({
    "train.sbatch, pack.h5 runs/a --metadata split.tsv --experiment small_insect_order",
    "sweep.sbatch, sweep/",
  })
  void aJobThatIsToldThatItsTimeIsNearlyUpGoesOnInItsNextRun(String script, String words)
      throws Exception {
    Files.writeString(folder.resolve("pack.h5"), "records");
    // Notes how it was started; the first run of the work itself waits to be told to stop.
    stub(
        """
        echo "$*" >>'%1$s/calls'
        if [[ $1 != verify ]] && mkdir '%1$s/first' 2>/dev/null; then
          trap 'exit 75' USR1
          mkdir '%1$s/listening'
          while :; do sleep 0.1; done
        fi
        """
            .formatted(folder));
    String job = submit(script, List.of("--cpus-per-task=1"), (Object[]) words.split(" "));
    SlurmCluster.await("the work", LIMIT, () -> Files.exists(folder.resolve("listening")));
    cluster.run("scancel", "--signal=USR1", job); // as --signal=USR1@120 does
    await(job, "PENDING");
    cluster.hurry(job);
    await(job, "COMPLETED");

    List<String> calls = new ArrayList<>(Files.readAllLines(folder.resolve("calls")));
    if (script.startsWith("train")) {
      String copy = calls.get(0).replaceFirst("verify ", "");
      assertThat(copy).startsWith(cluster.folder() + "/local/").endsWith("/pack.h5");
      assertThat(Path.of(copy)).hasContent("records");
    }
    calls.removeIf(call -> call.startsWith("verify"));
    assertThat(calls).hasSize(2);
    for (String call : calls) {
      PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
      assertThat(Instar.commandLine(nowhere, nowhere, call.split(" ")).parseArgs(call.split(" ")))
          .isNotNull();
    }
  }

  private String submit(String script, List<String> options, Object... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("sbatch", "--parsable"));
    command.addAll(List.of("--chdir=" + folder, "--time=10", "--mem=1G"));
    command.addAll(options);
    command.add(SCRIPTS.resolve(script).toString());
    for (Object word : words) {
      command.add(word.toString());
    }
    ProcessBuilder sbatch = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = new HashMap<>(cluster.environment());
    environment.merge("PATH", folder.toString(), (path, own) -> own + File.pathSeparator + path);
    sbatch.environment().clear();
    sbatch.environment().putAll(environment);
    sbatch.redirectOutput(folder.resolve("submitted").toFile());
    int status = sbatch.start().waitFor();
    String said = Files.readString(folder.resolve("submitted")).strip();
    assertThat(status).as(said).isZero();
    return said;
  }

  private void await(String job, String state) throws InterruptedException {
    SlurmCluster.await(job + " " + state, LIMIT, () -> state(job).equals(state));
  }

  private String state(String job) {
    try {
      return cluster
          .run("squeue", "--noheader", "--array", "--states=all", "--jobs=" + job, "--format=%T")
          .strip();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void stub(String text) throws IOException {
    Path program = Files.writeString(folder.resolve("instar"), "#!/usr/bin/env bash\n" + text);
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }
}
