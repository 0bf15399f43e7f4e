package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.image.Size;
import dev.instar.testing.SlurmCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards on a real Slurm: submitted, interrupted, failing, continued, joined. */
@Tag("slow")
final class SlurmShardsTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private SlurmCluster cluster;
  private Path launcher;

  @BeforeEach
  void prepare() throws Exception {
    cluster = SlurmCluster.require();
    launcher = folder.resolve("instar");
  }

  @Test
  void aShardThatWasKilledAndOneThatFailedAreContinuedAndTheJoinedPackIsThatOfOneRun()
      throws Exception {
    Path photos = Photographs.folder(folder.resolve("photos"), 60, new Size(640, 480));
    Path calm = Files.createDirectory(folder.resolve("calm")).resolve("all.h5");
    CommandRun.of("convert", photos, "-o", calm);
    Path pack = folder.resolve("shards").resolve("all.h5");
    CommandRun.launcher(
        launcher,
        """
        case "$*" in
          *'--shard 1/3')
            if mkdir '%1$s/killed' 2>/dev/null; then # the first time it dies in the midst of its work
              "${java[@]}" "$@" & while kill -0 $! && [[ ! -s %1$s/shards/all-00001-of-00003.h5.partial ]]; do :; done
              kill -9 $!
              exit 75
            fi ;;
          *'--shard 2/3') ! mkdir '%1$s/failed' 2>/dev/null || exit 1 ;;
        esac
        """
            .formatted(folder));

    JsonNode first = submit("convert", photos, "-o", pack, "--shards", 3, "--max-running", 2);
    String array = first.at("/array/job").asText();
    String merge = first.at("/merge/job").asText();
    SlurmCluster.await("the killed shard", LIMIT, () -> state(array + "_1").equals("PENDING"));
    CommandRun meanwhile = instar("convert", photos, "-o", pack, "--slurm", "--instar", launcher);
    assertThat(meanwhile.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(meanwhile.err()).contains("is being made by the jobs", "scancel " + array);
    cluster.hurry(array + "_1");
    SlurmCluster.await("the end of the merge", LIMIT, () -> state(merge).equals("CANCELLED"));
    assertThat(state(array + "_1")).isEqualTo("COMPLETED");
    assertThat(state(array + "_2")).isEqualTo("FAILED");
    assertThat(pack).doesNotExist();

    JsonNode second = submit("convert", photos, "-o", pack);
    SlurmCluster.await(
        "the joined pack",
        LIMIT,
        () -> state(second.at("/merge/job").asText()).equals("COMPLETED"));
    assertThat(pack).hasSameBinaryContentAs(calm);
    assertThat(Files.readAllLines(pack.resolveSibling("all.h5.quarantine.jsonl")))
        .containsExactlyInAnyOrderElementsOf(
            Files.readAllLines(calm.resolveSibling("all.h5.quarantine.jsonl")));
    assertThat(second.path("shards").asInt()).isEqualTo(3);
    try (Stream<Path> logs = Files.list(Path.of(second.path("logs").asText()))) {
      assertThat(logs.map(log -> log.getFileName().toString()))
          .contains(array + "_1.log", second.at("/merge/job").asText() + ".log");
    }
  }

  @Test
  void boxFilesOfShardsAreJoinedToThatOfOneRun() throws Exception {
    Path photos = Photographs.folder(folder.resolve("photos"), 6, new Size(160, 120));
    Path calm = Files.createDirectory(folder.resolve("calm")).resolve("boxes.json");
    CommandRun.of("crop", photos, "-o", calm);
    Path boxes = folder.resolve("boxes.json");
    CommandRun.launcher(launcher);

    JsonNode job = submit("crop", photos, "-o", boxes, "--shards", 2, "--cpus", 1);
    SlurmCluster.await(
        "the boxes", LIMIT, () -> state(job.at("/merge/job").asText()).equals("COMPLETED"));

    assertThat(boxes).hasSameTextualContentAs(calm);
    assertThat(folder.resolve("boxes.json.settings"))
        .hasSameTextualContentAs(calm.resolveSibling("boxes.json.settings"));
  }

  private JsonNode submit(Object... command) throws Exception {
    List<Object> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--slurm", "--mem", "1G", "--instar", launcher, "--json"));
    CommandRun run = instar(all.toArray());
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    return new ObjectMapper().readTree(run.out());
  }

  private CommandRun instar(Object... command) throws IOException, InterruptedException {
    return CommandRun.end(CommandRun.start(folder, cluster.environment(), command), folder);
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
}
