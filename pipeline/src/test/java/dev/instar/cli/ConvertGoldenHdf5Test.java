package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.testing.SharedData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HDF5 files of the reference, and damaged ones, through the whole conversion. */
final class ConvertGoldenHdf5Test {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "group_binary.hdf5",
        "root_binary.hdf5",
        "root_uint8_vector.hdf5",
        "other_valid_storage.hdf5"
      })
  void jpegRecordsOfEveryEncodingKeepTheirNamesAndBytes(String file) throws Exception {
    Path target = folder.resolve("out.h5");
    CommandRun run =
        CommandRun.of("convert", golden(file), "-o", target, "--size", "keep", "--json");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);

    Map<String, String> records = Photographs.records(target);
    JsonNode images = expected().get(file).get("images");
    assertThat(records).hasSize(images.size());
    for (JsonNode image : images) {
      String bytes = image.get("stored_bytes").asInt() + " " + image.get("sha256").asText();
      assertThat(records).containsEntry("0 " + image.get("name").asText(), bytes);
    }
  }

  @Test
  void rawPixelsStayTheSamePixels() throws Exception {
    Path target = folder.resolve("out.h5");
    CommandRun run =
        CommandRun.of(
            "convert",
            golden("root_pixels.hdf5"),
            "-o",
            target,
            "--size",
            "keep",
            "--encoding",
            "raw");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);

    Map<String, String> records = Photographs.records(target);
    for (JsonNode image : expected().get("root_pixels.hdf5").get("images")) {
      assertThat(records.get("0 " + image.get("name").asText()))
          .endsWith(image.get("pixel_sha256").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bad_empty.hdf5",
        "bad_not_hdf5.hdf5",
        "bad_signature.hdf5",
        "bad_superblock_only.hdf5",
        "bad_truncated.hdf5",
        "no_images.hdf5",
        "other_group.hdf5"
      })
  void filesWithoutRecordsAreRefusedInOneLineAndLeaveNothingBehind(String file) {
    CommandRun run = CommandRun.of("convert", golden(file), "-o", folder.resolve("out.h5"));

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).startsWith("instar: ").contains(file).hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void everyAwkwardRecordIsStoredOrQuarantinedAsItsVerdictSays() throws Exception {
    Path target = folder.resolve("out.h5");
    CommandRun run =
        CommandRun.of("convert", golden("awkward_images.hdf5"), "-o", target, "--json");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.QUARANTINED);

    JsonNode counts = JSON.readTree(run.out()).get("counts");
    JsonNode images = expected().get("awkward_images.hdf5").get("images");
    assertThat(counts.get("read").asInt()).isEqualTo(images.size());
    assertThat(counts.get("written").asInt() + counts.get("quarantined").asInt())
        .isEqualTo(images.size());
    List<String> stored = new ArrayList<>();
    for (String record : Photographs.records(target).keySet()) {
      stored.add(record.substring(2));
    }
    assertThat(stored).containsAll(names(images, "load"));
    assertThat(stored).doesNotContainAnyElementsOf(names(images, "refuse"));
    assertThat(stored).doesNotContainAnyElementsOf(names(images, "refuse-on-export"));
  }

  @Test
  void awkwardFilesHaveTheSameFateAsTheirCopiesInHdf5() throws Exception {
    Path files = folder.resolve("files.h5");
    Path hdf5 = folder.resolve("hdf5.h5");
    assertThat(CommandRun.of("convert", golden("awkward"), "-o", files).status())
        .isEqualTo(ExitStatus.QUARANTINED);
    assertThat(CommandRun.of("convert", golden("awkward_images.hdf5"), "-o", hdf5).status())
        .isEqualTo(ExitStatus.QUARANTINED);

    Map<String, String> ofFiles = Photographs.records(files);
    assertThat(Photographs.records(hdf5)).containsAllEntriesOf(ofFiles);
    assertThat(ofFiles).isNotEmpty();
  }

  @Test
  void bombsInAwkwardFilesDoNotKillAProcessWithLittleMemory() throws Exception {
    Process child =
        CommandRun.start(
            folder,
            Map.of("JDK_JAVA_OPTIONS", "-Xmx64m"),
            "convert",
            golden("awkward_images.hdf5"),
            golden("awkward"),
            "-o",
            folder.resolve("out.h5"));
    CommandRun run = CommandRun.end(child, folder);

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.QUARANTINED);
  }

  private static List<String> names(JsonNode images, String verdict) {
    return Stream.iterate(0, i -> i < images.size(), i -> i + 1)
        .map(images::get)
        .filter(image -> image.get("verdict").asText().equals(verdict))
        .map(image -> image.get("name").asText())
        .toList();
  }

  private static JsonNode expected() throws Exception {
    return JSON.readTree(golden("expected.json").toFile());
  }

  private static Path golden(String file) {
    return SharedData.path("golden/hdf5/" + file);
  }
}
