package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.sweep.CellFolder;
import dev.instar.sweep.Sweep;
import dev.instar.testing.StripedPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same plan comes to the same numbers, whatever happened on the way. */
final class SweepReproducibilityTest {
  private static final String CELL = "split_resnet18_ce_s5";

  /** The settings of an evaluation that tell where it was, and not what it came to. */
  private static final List<String> PLACES = List.of("weights", "threads");

  @TempDir private Path folder;

  @Test
  @Tag("slow")
  void aKilledCellOfOtherThreadsHasEveryNumberOfACalmOne() throws Exception {
    Path plan = plan();
    CellFolder calm = planned(plan, "calm");
    CommandRun whole = CommandRun.of(command("calm", 1));
    assertThat(whole.status()).as(whole.err()).isEqualTo(ExitStatus.DONE);

    CellFolder killed = planned(plan, "killed");
    Process child = CommandRun.start(folder, Map.of(), command("killed", 3));
    Path checkpoints = killed.run().resolve("checkpoints");
    while (!holdsAFile(checkpoints) && !child.waitFor(10, TimeUnit.MILLISECONDS)) {
      Thread.onSpinWait();
    }
    child.destroyForcibly().waitFor();
    assertThat(killed.result()).isEmpty();
    CommandRun rest =
        CommandRun.end(CommandRun.start(folder, Map.of(), command("killed", 3)), folder);
    assertThat(rest.status()).as(rest.err()).isEqualTo(ExitStatus.DONE);

    assertThat(killed.attempts()).hasSize(2);
    assertSameFile(calm, killed, "best.safetensors");
    assertSameFile(calm, killed, "last.safetensors");
    for (String part : List.of("validation", "test")) {
      assertSameFile(calm, killed, "predictions-" + part + ".csv");
      assertThat(evaluation(killed, part)).isEqualTo(evaluation(calm, part));
    }
    assertThat(timeless(killed)).isEqualTo(timeless(calm));
  }

  private Path plan() throws IOException {
    StripedPictures task = StripedPictures.draw(folder, 6, 2);
    return Files.writeString(
        folder.resolve("plan.yaml"),
        """
        name: twice
        pack: %s
        metadata: %s
        split_column: split
        target: order
        model: resnet18
        set:
          epochs: 2
          batch: 8
          dropout: 0.1
          average: 0.9
          augmentation: {resize: 34, crop: 32, brightness: 0.2}
          optimizer: {rate: 0.01}
        axes:
          loss: [ce]
          seed: [5]
        """
            .formatted(task.pictures(), task.table()));
  }

  private CellFolder planned(Path plan, String sweep) throws IOException {
    CommandRun run = CommandRun.of("sweep", "plan", plan, "-o", folder.resolve(sweep));
    assertThat(run.status()).as(run.err()).isZero();
    Sweep made = Sweep.open(folder.resolve(sweep));
    return made.folder(made.cell(CELL));
  }

  private Object[] command(String sweep, int threads) {
    return new Object[] {
      "sweep",
      "run",
      folder.resolve(sweep),
      "--cell",
      CELL,
      "--threads",
      threads,
      "--torch-threads",
      1,
      "--checkpoint-every",
      "1step"
    };
  }

  private static boolean holdsAFile(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var files = Files.newDirectoryStream(folder, "[!.]*.safetensors")) {
      return files.iterator().hasNext();
    }
  }

  private static void assertSameFile(CellFolder one, CellFolder other, String name) {
    assertThat(one.run().resolve(name)).hasSameBinaryContentAs(other.run().resolve(name));
  }

  private static JsonNode evaluation(CellFolder cell, String part) throws IOException {
    Path file = cell.run().resolve("evaluation-" + part + ".json");
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(file.toFile());
    ((ObjectNode) json.get("settings")).remove(PLACES);
    return json;
  }

  private static JsonNode timeless(CellFolder cell) throws IOException {
    Path file = cell.path().resolve("result.json");
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(file.toFile());
    json.remove(List.of("seconds", "images_per_second"));
    ((ObjectNode) json.at("/provenance/environment")).remove(PLACES);
    return json;
  }
}
