package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.convert.RunSettings;
import dev.instar.image.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CropMergeCommandTest {
  @TempDir private Path folder;
  private Path photos;

  @BeforeEach
  void draw() throws Exception {
    photos = Photographs.folder(folder.resolve("photos"), 6, new Size(160, 120));
  }

  @ParameterizedTest
  @ValueSource(strings = {".csv", ".json", ".tsv"})
  void joinedShardsLeaveTheFilesOfOneRun(String ending) throws Exception {
    Path calm = Files.createDirectory(folder.resolve("calm"));
    CommandRun.of("crop", photos, "-o", calm.resolve("boxes" + ending));
    Path parts = Files.createDirectory(folder.resolve("parts"));
    List<Object> merge = new ArrayList<>(List.of("crop", "merge"));
    for (int i = 0; i < 3; i++) {
      CommandRun.of("crop", photos, "-o", parts.resolve("boxes" + ending), "--shard", i + "/3");
      merge.add(parts.resolve("boxes-0000" + i + "-of-00003" + ending));
    }
    Path joined = Files.createDirectory(folder.resolve("joined"));
    merge.addAll(List.of("-o", joined.resolve("boxes" + ending), "--json"));

    CommandRun run = CommandRun.of(merge.toArray());

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    JsonNode said = new ObjectMapper().readTree(run.out());
    assertThat(said.path("photographs").asInt()).isEqualTo(6);
    assertThat(said.path("quarantined").asInt()).isEqualTo(2);
    assertThat(Photographs.files(joined)).isEqualTo(Photographs.files(calm));

    // Again, over what is there; and then the run that was never made as a whole has no work left.
    assertThat(CommandRun.of(merge.toArray()).status()).isEqualTo(ExitStatus.DONE);
    assertThat(Photographs.files(joined)).isEqualTo(Photographs.files(calm));
    CommandRun rest = CommandRun.of("crop", photos, "-o", joined.resolve("boxes" + ending));
    assertThat(rest.status()).as(rest.err()).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(rest.out()).containsPattern("already there +6");
  }

  @Test
  void shardsOfDifferentSettingsAreRefused() throws Exception {
    Path boxes = folder.resolve("boxes.csv");
    CommandRun.of("crop", photos, "-o", boxes, "--shard", "0/2");
    CommandRun.of("crop", photos, "-o", boxes, "--shard", "1/2", "--min-score", ".5");
    CommandRun run =
        CommandRun.of(
            "crop",
            "merge",
            folder.resolve("boxes-00000-of-00002.csv"),
            folder.resolve("boxes-00001-of-00002.csv"),
            "-o",
            boxes);
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("different settings", "scores from 0.5");
    assertThat(boxes).doesNotExist();
    assertThat(RunSettings.fileFor(boxes)).doesNotExist();
  }

  @Test
  void theOutputIsNoneOfTheInputs() throws Exception {
    Path boxes = folder.resolve("boxes.csv");
    CommandRun.of("crop", photos, "-o", boxes);
    CommandRun run = CommandRun.of("crop", "merge", boxes, "-o", boxes);
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("is an input too");
  }
}
