package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.convert.Quarantine;
import dev.instar.convert.RunSettings;
import dev.instar.crop.BoxRecord;
import dev.instar.crop.BoxRecords;
import dev.instar.crop.BoxWriter;
import dev.instar.image.Size;
import dev.instar.synth.SampleFolder;
import dev.instar.synth.SynthPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verb {@code crop} as a whole, with the contrast detector. */
final class CropCommandTest {
  private static final int GOOD = 8;

  @TempDir static Path drawn;
  @TempDir Path folder;
  private Path photos;

  @BeforeAll
  static void draw() throws Exception {
    SampleFolder.write(
        new SynthPlan(GOOD, new Size(512, 384), 5, SynthPlan.Mix.EVEN), drawn, 2, done -> {});
  }

  @BeforeEach
  void copy() throws Exception {
    photos = folder.resolve("photos");
    Files.createDirectories(photos.resolve("part1"));
    try (Stream<Path> files = Files.list(drawn.resolve("part1"))) {
      for (Path file : files.toList()) {
        Files.copy(file, photos.resolve("part1").resolve(file.getFileName()));
      }
    }
    byte[] whole = Files.readAllBytes(photos.resolve("part1").resolve(anyName()));
    Files.write(photos.resolve("cut.jpg"), Arrays.copyOf(whole, whole.length / 2));
  }

  private String anyName() throws Exception {
    return BoxRecords.read(drawn.resolve("boxes.csv")).get(0).name().substring("part1/".length());
  }

  private CommandRun run(Object... options) {
    List<Object> command = new ArrayList<>(List.of("crop", photos));
    command.addAll(Arrays.asList(options));
    return CommandRun.of(command.toArray());
  }

  @Test
  void findsSyntheticInsectsAndSaysWhatItFound() throws Exception {
    Path boxes = folder.resolve("boxes.csv");
    CommandRun run = run("-o", boxes, "--overlay", folder.resolve("review"));
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(run.out())
        .startsWith(boxes.toString())
        .contains("read 9 = looked at 8 + quarantined 1 + already there 0")
        .contains("truncated", "8 photographs:", "with a box", "images/s", "detect");

    List<BoxRecord> found = BoxRecords.read(boxes);
    Map<String, BoxRecord> truth = new HashMap<>();
    for (BoxRecord record : BoxRecords.read(drawn.resolve("boxes.csv"))) {
      truth.put(record.name().substring("part1/".length()), record);
    }
    assertThat(found)
        .hasSize(GOOD)
        .allSatisfy(record -> assertThat(truth).containsKey(record.name()));
    long good =
        found.stream()
            .filter(
                record -> {
                  BoxRecord of = truth.get(record.name());
                  return record.best().isEmpty() || of.best().isEmpty()
                      ? record.best().isEmpty() == of.best().isEmpty()
                      : record.best().get().box().iou(of.best().get().box()) > 0.3;
                })
            .count();
    assertThat(good).as("%s", found).isGreaterThanOrEqualTo(GOOD * 3 / 4);
    assertThat(found).allSatisfy(record -> assertThat(record.verdict()).isPresent());
    assertThat(Photographs.files(folder.resolve("review")))
        .hasSize(GOOD + 1)
        .containsKey("index.html");
  }

  @Test
  void threadsAndFormsAndRunsDoNotChangeWhatIsFound() throws Exception {
    Path one = folder.resolve("one.csv");
    run("-o", one, "--threads", 1);
    Path four = folder.resolve("four.csv");
    run("-o", four, "--threads", 4);
    Path coco = folder.resolve("coco.json");
    assertThat(run("-o", coco).status()).isEqualTo(ExitStatus.QUARANTINED);

    assertThat(four).hasSameBinaryContentAs(one);
    assertThat(BoxRecords.read(coco)).isEqualTo(BoxRecords.read(one));
  }

  @Test
  void aSecondRunFindsEverythingThereAndChangesNothing() throws Exception {
    Object[] options = {"-o", folder.resolve("boxes.csv"), "--json"};
    JsonNode first = new ObjectMapper().readTree(run(options).out());
    Map<String, String> before = Photographs.files(folder);
    CommandRun second = run(options);
    JsonNode again = new ObjectMapper().readTree(second.out());

    assertThat(second.status()).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(first.at("/counts/looked").asInt()).isEqualTo(GOOD);
    assertThat(again.at("/counts/looked").asInt()).isZero();
    assertThat(again.at("/counts/already_there").asInt()).isEqualTo(GOOD);
    for (String same : List.of("photographs", "with_box", "without_box", "boxes", "verdicts")) {
      assertThat(again.at("/counts/" + same)).as(same).isEqualTo(first.at("/counts/" + same));
    }
    assertThat(again.get("finished").asBoolean()).isTrue();
    assertThat(Photographs.files(folder)).isEqualTo(before);
  }

  @Test
  void otherSettingsAreRefusedAndOverwritingBeginsAnew() throws Exception {
    Path boxes = folder.resolve("boxes.csv");
    run("-o", boxes);
    byte[] before = Files.readAllBytes(boxes);
    CommandRun other = run("-o", boxes, "--min-score", 1);
    assertThat(other.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(other.err()).contains("was made with other settings").hasLineCount(1);
    assertThat(boxes).hasBinaryContent(before);

    assertThat(run("-o", boxes, "--min-score", 1, "--overwrite").status())
        .isEqualTo(ExitStatus.QUARANTINED);
    assertThat(BoxRecords.read(boxes)).hasSize(GOOD);
    assertThat(Files.readAllBytes(boxes)).isNotEqualTo(before);
  }

  @Test
  void filesOfOthersAreLeftAlone() throws Exception {
    Path boxes = Files.writeString(folder.resolve("boxes.csv"), "file,x,y,w,h\na.jpg,1,2,3,4\n");
    CommandRun run = run("-o", boxes);
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("boxes.csv exists", "--overwrite").hasLineCount(1);
    assertThat(boxes).content().hasLineCount(2);
    assertThat(RunSettings.fileFor(boxes)).doesNotExist();
    assertThat(BoxWriter.unfinished(boxes)).doesNotExist();
  }

  @Test
  void overlaysNeverLandAmongThePhotographs() throws Exception {
    Map<String, String> before = Photographs.files(photos);
    CommandRun run = run("-o", folder.resolve("b.csv"), "--overlay", photos.resolve("review"));
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("lies in the input").hasLineCount(1);
    assertThat(Photographs.files(photos)).isEqualTo(before);
  }

  @Test
  void filesAndFoldersInThePlaceOfPagesAndOverlaysAreRefusedBeforeTheWork() throws Exception {
    Path file = Files.writeString(folder.resolve("review"), "of others");
    Path kept = Files.createDirectory(folder.resolve("kept"));
    Path target = folder.resolve("boxes.csv");

    CommandRun onFile = CommandRun.of("crop", photos, "-o", target, "--overlay", file);
    CommandRun onFolder =
        CommandRun.of(
            "crop", photos, "-o", target, "--overlay", folder.resolve("fresh"), "--sheet", kept);

    assertThat(onFile.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(onFile.err()).isEqualToIgnoringNewLines("instar: not a folder: " + file);
    assertThat(file).hasContent("of others");
    assertThat(onFolder.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(onFolder.err()).contains(kept + " is a folder; name a file").hasLineCount(1);
    assertThat(kept).isEmptyDirectory();
    assertThat(folder).isDirectoryNotContaining("glob:**/boxes.csv*");
  }

  @Test
  void shardsTogetherFindWhatOneRunFinds() throws Exception {
    run("-o", folder.resolve("boxes.csv"));
    List<BoxRecord> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      run("-o", folder.resolve("boxes.csv"), "--shard", i + "/3");
      all.addAll(BoxRecords.read(folder.resolve("boxes-0000" + i + "-of-00003.csv")));
    }
    assertThat(all).isEqualTo(BoxRecords.read(folder.resolve("boxes.csv")));
  }

  @Test
  void aMendedPhotographIsLookedAtWhenAsked() throws Exception {
    Path boxes = folder.resolve("boxes.csv");
    run("-o", boxes);
    assertThat(Quarantine.fileFor(boxes)).content().contains("cut.jpg", "truncated");
    Files.delete(photos.resolve("cut.jpg"));
    Files.copy(photos.resolve("part1").resolve(anyName()), photos.resolve("cut.jpg"));

    assertThat(run("-o", boxes).status()).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(run("-o", boxes, "--retry-quarantined").status()).isEqualTo(ExitStatus.DONE);
    assertThat(Quarantine.fileFor(boxes)).doesNotExist();
    assertThat(BoxRecords.read(boxes)).extracting(BoxRecord::name).contains("cut.jpg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-o boxes.txt",
        "-o boxes.csv --detector yolo",
        "-o boxes.csv --detector detr",
        "-o boxes.csv --weights w.pth",
        "-o boxes.csv --batch 4",
        "-o boxes.csv --min-score 1.5",
        "-o boxes.csv --max-boxes 0",
        "-o boxes.csv --max-pixels 0",
        "-o boxes.csv --overlay-size 100",
        "-o boxes.csv --sheet a.html",
        "-o boxes.csv --sheet-limit 3",
        "-o boxes.csv --threads 0",
        "-o boxes.csv --shard 2/2"
      })
  void optionsThatCannotBeMeantAreUsageErrors(String options) {
    CommandRun run = run(options.isEmpty() ? new Object[0] : options.split(" "));
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).startsWith("instar: ").endsWith("Try 'instar crop --help'.\n");
    assertThat(run.err()).hasLineCount(2).doesNotContain("Exception");
  }

  @Test
  void withoutPhotographsItIsAUsageErrorAndFoldersMayBeCalledLikeItsVerbs() throws Exception {
    assertThat(CommandRun.of("crop").status()).isEqualTo(ExitStatus.USAGE);
    Path odd = Files.createDirectories(folder.resolve("train"));
    Files.copy(photos.resolve("part1").resolve(anyName()), odd.resolve("a.jpg"));
    Path boxes = folder.resolve("b.csv");
    CommandRun run = CommandRun.of("crop", folder.resolve("./train"), "-o", boxes);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(BoxRecords.read(boxes)).extracting(BoxRecord::name).containsExactly("a.jpg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "empty"})
  void inputsOfNoUseAreNamedInOneLineAndNothingIsLeft(String input) throws Exception {
    Files.createDirectory(folder.resolve("empty"));
    Path boxes = folder.resolve("boxes.csv");
    CommandRun run = CommandRun.of("crop", folder.resolve(input), "-o", boxes);
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains(input).hasLineCount(1);
    assertThat(Photographs.files(folder).keySet()).noneMatch(file -> file.startsWith("boxes"));
  }

  @Test
  void weightsThatAreMissingAreNamedInOneLineAndNothingIsLeft() throws Exception {
    CommandRun run =
        run("-o", folder.resolve("b.csv"), "--detector", "detr", "--weights", folder.resolve("no"));
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("no").hasLineCount(1);
    assertThat(Photographs.files(folder).keySet()).noneMatch(file -> file.startsWith("b.csv"));
  }
}
