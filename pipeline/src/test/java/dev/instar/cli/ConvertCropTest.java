package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.convert.Quarantine;
import dev.instar.convert.Skipped;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.pack.ImageRecord;
import dev.instar.pack.Pack;
import dev.instar.synth.SampleFolder;
import dev.instar.synth.SynthPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What decides which photographs are kept, and which part: box files, detectors, qualities. */
final class ConvertCropTest {
  private static final int COUNT = 6;

  @TempDir Path folder;
  private Path photos;
  private final List<String> names = new ArrayList<>();

  @BeforeEach
  void draw() throws Exception {
    photos = folder.resolve("photos");
    SampleFolder.write(
        new SynthPlan(COUNT, new Size(512, 384), 3, SynthPlan.Mix.EVEN), photos, 2, done -> {});
    try (Stream<Path> files = Files.walk(photos)) {
      files
          .filter(file -> file.toString().endsWith(".jpg"))
          .sorted()
          .forEach(file -> names.add(file.getFileName().toString()));
    }
  }

  private CommandRun convert(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("convert", photos));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  private Path boxes(String name, String... qualities) throws IOException {
    StringBuilder rows = new StringBuilder("file,x,y,w,h,quality\n");
    for (int i = 0; i < names.size(); i++) {
      rows.append(names.get(i)).append(",100,50,200,200,").append(qualities[i]).append('\n');
    }
    return Files.writeString(folder.resolve(name), rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--crop-ratio 1.2 | need --crop",
        "--crop detr | --crop detr needs --weights FILE",
        "--crop contrast --weights x.pth | --weights are for --crop detr",
        "--crop boxes.csv --min-score 0.5 | --min-score is for --crop contrast and --crop detr",
        "--min-score 0.5 | --min-score is for --crop contrast and --crop detr",
        "--crop contrast --min-score 2 | a number from 0 to 1",
        "--skip drunken | 'drunken'; write empty, blurry or fragmented",
        "--skip valid | 'valid'; write empty, blurry or fragmented"
      })
  void optionsThatContradictEachOtherAreAUsageError(String options, String sentence) {
    List<Object> arguments = new ArrayList<>(List.of("-o", folder.resolve("out.h5")));
    arguments.addAll(List.of((Object[]) options.strip().split(" ")));
    CommandRun run = convert(arguments.toArray());

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains(sentence);
    assertThat(folder.resolve("out.h5")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--crop otsu | --crop otsu: no such box file; the detectors are contrast and detr",
        "--crop detr --weights TEXT | is neither a safetensors file nor a PyTorch checkpoint"
      })
  void whatCannotCropIsRefusedBeforeAnythingIsWritten(String options, String sentence)
      throws Exception {
    Path text = Files.writeString(folder.resolve("weights.pth"), "no weights");
    List<Object> arguments = new ArrayList<>(List.of("-o", folder.resolve("out.h5")));
    arguments.addAll(
        List.of((Object[]) options.strip().replace("TEXT", text.toString()).split(" ")));
    CommandRun run = convert(arguments.toArray());

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains(sentence).hasLineCount(1);
    assertThat(folder).isDirectoryNotContaining("glob:**/out.h5*");
  }

  @Test
  void qualitiesOfABoxFileDecideWhatIsLeftOut() throws Exception {
    Path listed = boxes("boxes.csv", "valid", "empty", "blurry", "unlabelled", "", "fragmented");
    Path target = folder.resolve("out.h5");
    CommandRun run = convert("-o", target, "--crop", listed, "--skip", "empty,blurry");

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).contains("= written 4 + quarantined 0 + skipped 2 + already there 0");
    assertThat(run.out()).containsPattern("blurry +1").contains("out.h5.skipped.jsonl");
    try (Skipped skipped = Skipped.open(target)) {
      assertThat(skipped.entries())
          .extracting(Skipped.Entry::quality)
          .containsExactly("empty", "blurry");
    }
    assertThat(Quarantine.fileFor(target)).doesNotExist();

    CommandRun again =
        convert("-o", target, "--crop", listed, "--skip", "empty", "--skip", "blurry", "--json");
    assertThat(again.status()).as(again.err()).isEqualTo(ExitStatus.DONE);
    JsonNode counts = new ObjectMapper().readTree(again.out()).get("counts");
    assertThat(counts.get("already_there").asInt()).isEqualTo(4);
    assertThat(counts.get("skipped").asInt()).isEqualTo(2);
    assertThat(counts.get("verdicts").get("empty").asInt()).isEqualTo(1);

    CommandRun other = convert("-o", target, "--crop", listed, "--skip", "empty");
    assertThat(other.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(other.err()).contains("was made with other settings", "skip empty,blurry");

    CommandRun anew = convert("-o", target, "--crop", listed, "--overwrite");
    assertThat(anew.status()).as(anew.err()).isEqualTo(ExitStatus.DONE);
    assertThat(Skipped.fileFor(target)).doesNotExist();
    assertThat(Photographs.records(target)).hasSize(COUNT);
  }

  @Test
  void aBoxFileWithoutQualitiesCannotSaySo() throws Exception {
    Path listed =
        Files.writeString(
            folder.resolve("boxes.csv"), "file,x,y,w,h\n" + names.get(0) + ",1,2,30,40\n");
    CommandRun run = convert("-o", folder.resolve("out.h5"), "--crop", listed, "--skip", "empty");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "instar: "
                + listed
                + " has no column quality, which --skip needs; instar crop writes one");
    assertThat(folder.resolve("out.h5.settings")).doesNotExist();
  }

  @Test
  void everyCropOfTheContrastDetectorEqualsTheOneFromItsBoxFile() throws Exception {
    Path listed = folder.resolve("listed.csv");
    CommandRun looked = CommandRun.of("crop", photos, "-o", listed);
    assertThat(looked.status()).as(looked.err()).isEqualTo(ExitStatus.DONE);

    Path found = folder.resolve("found.h5");
    CommandRun run = convert("-o", found, "--crop", "contrast", "--without-box", "whole");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).contains("detect");
    Path again = folder.resolve("again.h5");
    convert("-o", again, "--crop", listed, "--without-box", "whole", "--threads", 1);

    assertThat(Photographs.records(found))
        .hasSize(COUNT)
        .containsExactlyEntriesOf(Photographs.records(again));
    int cropped = 0;
    try (Pack one = Pack.open(found);
        Pack other = Pack.open(again)) {
      for (int i = 0; i < COUNT; i++) {
        ImageRecord record = one.record(i);
        assertThat(record).isEqualTo(other.record(i));
        cropped += record.box().equals(Region.of(record.original())) ? 0 : 1;
      }
    }
    assertThat(cropped).as("cropped").isGreaterThanOrEqualTo(COUNT / 2);

    CommandRun refused = convert("-o", found, "--crop", listed, "--without-box", "whole");
    assertThat(refused.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(refused.err()).contains("was made with other settings", "crop contrast");
  }

  @Test
  void aBoxFileMayHaveTheNameOfADetector() throws Exception {
    boxes("contrast", "valid", "valid", "valid", "valid", "valid", "valid");
    Path target = folder.resolve("out.h5");
    Path dotted = folder.resolve("./contrast");
    CommandRun run = convert("-o", target, "--crop", dotted, "--crop-ratio", 1);

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    try (Pack pack = Pack.open(target)) {
      assertThat(pack.record(0).box()).isEqualTo(new Region(100, 50, 200, 200));
    }
  }
}
