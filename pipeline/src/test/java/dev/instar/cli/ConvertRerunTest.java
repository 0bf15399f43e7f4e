package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.convert.Quarantine;
import dev.instar.image.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The second run of a command, and commands that would undo what is there. */
final class ConvertRerunTest {
  private static final int GOOD = 9;

  @TempDir Path folder;
  private Path photos;

  @BeforeEach
  void draw() throws Exception {
    photos = Photographs.folder(folder.resolve("photos"), GOOD, new Size(160, 120));
  }

  @ParameterizedTest
  @CsvSource({"out.h5, pack", "out.zip, zip", "out, folder", "out.h5, bioscan"})
  void aSecondRunFindsEverythingThereAndChangesNothing(String name, String layout)
      throws Exception {
    Path place = Files.createDirectory(folder.resolve("place"));
    Object[] command = {"convert", photos, "-o", place.resolve(name), "--layout", layout, "--json"};
    CommandRun first = CommandRun.of(command);
    assertThat(counts(first)).containsExactly(GOOD + 2, GOOD, 2, 0);
    Map<String, String> before = Photographs.files(place);

    CommandRun second = CommandRun.of(command);
    assertThat(second.status()).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(counts(second)).containsExactly(GOOD + 2, 0, 2, GOOD);
    assertThat(Photographs.files(place)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"out.h5, pack", "out.zip, zip", "out, folder"})
  void laterPhotographsAreAdded(String name, String layout) throws Exception {
    Path target = folder.resolve(name);
    assertThat(CommandRun.of("convert", photos, "-o", target, "--layout", layout).status())
        .isEqualTo(ExitStatus.QUARANTINED);
    Files.copy(photos.resolve("part1/p1000.jpg"), photos.resolve("part3/p2000.jpg"));

    CommandRun second = run("-o", target, "--layout", layout, "--json");
    assertThat(counts(second)).containsExactly(GOOD + 3, 1, 2, GOOD);
    assertThat(Photographs.records(target)).hasSize(GOOD + 1).containsKey("3 p2000.jpg");
  }

  @ParameterizedTest
  @CsvSource({"out.h5, pack", "out.zip, zip", "out, folder", "out.h5, bioscan"})
  void otherSettingsAreRefusedInOneLineAndTheOutputStays(String name, String layout)
      throws Exception {
    Path place = Files.createDirectory(folder.resolve("place"));
    Path target = place.resolve(name);
    CommandRun.of("convert", photos, "-o", target, "--layout", layout);
    Map<String, String> before = Photographs.files(place);

    CommandRun other = run("-o", target, "--layout", layout, "--size", 64);
    assertThat(other.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(other.err()).contains("was made with other settings").hasLineCount(1);
    assertThat(Photographs.files(place)).isEqualTo(before);
  }

  @Test
  void overwritingBeginsAnewAndAnotherSizeIsFine() throws Exception {
    Path target = folder.resolve("out.zip");
    Path other = folder.resolve("other.zip");
    run("-o", target);
    assertThat(run("-o", other, "--size", 64, "--package", "out").status())
        .isEqualTo(ExitStatus.QUARANTINED);

    CommandRun again = run("-o", target, "--size", 64, "--overwrite", "--json");
    assertThat(counts(again)).containsExactly(GOOD + 2, GOOD, 2, 0);
    assertThat(target).hasSameBinaryContentAs(other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "empty", "text.dat"})
  void overwritingDoesNotTouchAnOutputWhoseInputIsOfNoUse(String input) throws Exception {
    Files.createDirectory(folder.resolve("empty"));
    Files.writeString(folder.resolve("text.dat"), "text");
    Path target = folder.resolve("out.h5");
    run("-o", target);
    byte[] before = Files.readAllBytes(target);

    CommandRun refused =
        CommandRun.of("convert", folder.resolve(input), "-o", target, "--overwrite");
    assertThat(refused.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(refused.err()).startsWith("instar: ").contains(input).hasLineCount(1);
    assertThat(target).hasBinaryContent(before);
  }

  @Test
  void anInputIsNeverTheOutput() throws Exception {
    Path pack = folder.resolve("out.h5");
    run("-o", pack);
    byte[] before = Files.readAllBytes(pack);
    Map<String, String> originals = Photographs.files(photos);

    List<CommandRun> refused =
        List.of(
            CommandRun.of("convert", pack, "-o", pack, "--overwrite"),
            run("-o", photos),
            run("-o", photos.resolve("small")),
            CommandRun.of("convert", photos.resolve("part1"), "-o", photos));
    assertThat(refused)
        .allSatisfy(
            run -> {
              assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
              assertThat(run.err()).startsWith("instar: ").hasLineCount(1);
            });
    assertThat(pack).hasBinaryContent(before);
    assertThat(Photographs.files(photos)).isEqualTo(originals);
  }

  @Test
  void mendedRecordsAreTriedAgainWhenAskedAndAreThenInQuarantineNoMore() throws Exception {
    Path target = folder.resolve("out.h5");
    run("-o", target);
    Files.copy(photos.resolve("part1/p1000.jpg"), folder.resolve("whole.jpg"));
    Files.move(folder.resolve("whole.jpg"), replaced(photos.resolve("part2/cut.jpg")));

    assertThat(counts(run("-o", target, "--json"))).containsExactly(GOOD + 2, 0, 2, GOOD);
    assertThat(counts(run("-o", target, "--json", "--retry-quarantined")))
        .containsExactly(GOOD + 2, 1, 1, GOOD);
    try (Quarantine quarantine = Quarantine.open(target)) {
      assertThat(quarantine.entries())
          .extracting(Quarantine.Entry::name)
          .containsExactly("text.jpg");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.zip", "out"})
  void namesThatBecomeOneStayInQuarantineHoweverOftenTheyAreTried(String name) throws Exception {
    Photographs.png(
        photos.resolve("part3/p1000.png"), Photographs.picture(30, 20, (x, y) -> x * y));
    Path target = folder.resolve(name);
    assertThat(counts(run("-o", target, "--json"))).containsExactly(GOOD + 3, GOOD, 3, 0);
    Files.delete(Quarantine.fileFor(target));

    for (String option : new String[] {"--json", "--retry-quarantined"}) {
      assertThat(counts(run("-o", target, "--json", option))).containsExactly(GOOD + 3, 0, 3, GOOD);
      assertThat(Quarantine.fileFor(target)).content().contains("p1000.png", "p1000.jpg too");
    }
  }

  @Test
  void failingAtTheFirstBadRecordNamesItOnEveryRun() {
    Path target = folder.resolve("out.h5");
    for (int attempt = 0; attempt < 2; attempt++) {
      CommandRun strict = run("-o", target, "--on-error", "fail");
      assertThat(strict.status()).isEqualTo(ExitStatus.FAILED);
      assertThat(strict.err()).contains("text.jpg: not-an-image").hasLineCount(1);
      assertThat(target).doesNotExist();
    }
    assertThat(run("-o", target).status()).isEqualTo(ExitStatus.QUARANTINED);
    CommandRun strict = run("-o", target, "--on-error", "fail");
    assertThat(strict.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(strict.err()).contains("text.jpg: not-an-image").hasLineCount(1);
  }

  @Test
  void everyKindOfInputGivesTheSamePack() throws Exception {
    Path ofFolder = folder.resolve("a.h5");
    run("-o", ofFolder);
    Path zip = folder.resolve("originals.zip");
    run("-o", zip, "--size", "keep");
    Path hdf5 = folder.resolve("originals.hdf5");
    run("-o", hdf5, "--size", "keep", "--layout", "bioscan");
    List<String> lines = new ArrayList<>(List.of("# a list"));
    for (String file : Photographs.files(photos).keySet()) {
      lines.add(photos.resolve(file).toString());
    }
    Path list = Files.write(folder.resolve("list.txt"), lines);
    Path tar = folder.resolve("photos.tar");
    int tarred =
        new ProcessBuilder("tar", "--sort=name", "-cf", tar.toString(), "photos")
            .directory(folder.toFile())
            .start()
            .waitFor();
    assertThat(tarred).isZero();

    Map<String, String> expected = Photographs.records(ofFolder);
    assertThat(expected).hasSize(GOOD);
    for (Path input : List.of(zip, list, tar, ofFolder)) {
      Path target = folder.resolve("of-" + input.getFileName() + ".h5");
      CommandRun.of("convert", input, "-o", target);
      assertThat(Photographs.records(target)).as("%s", input).containsExactlyEntriesOf(expected);
    }
    Path target = folder.resolve("of-hdf5.h5");
    CommandRun.of("convert", hdf5, "-o", target);
    assertThat(Photographs.records(target).values()).containsExactlyElementsOf(expected.values());
  }

  @Test
  void jsonIsAllThatIsPrintedAndEqualsTheReport() throws Exception {
    Path report = folder.resolve("report.json");
    CommandRun run = run("-o", folder.resolve("out.h5"), "--json", "--report", report);

    assertThat(run.err()).isEmpty();
    assertThat(new ObjectMapper().readTree(run.out()))
        .isEqualTo(new ObjectMapper().readTree(Files.readString(report)));
    assertThat(new ObjectMapper().readTree(run.out()).get("stage_seconds").size()).isEqualTo(7);
  }

  @Test
  void aWrongBoxFileIsNamedWithItsLine() throws Exception {
    Path boxes =
        Files.writeString(
            folder.resolve("boxes.csv"), "file,x,y,w,h\np1000.jpg,1,2,3,4\np1001.jpg,1,two,3,4\n");
    CommandRun run = run("-o", folder.resolve("out.h5"), "--crop", boxes);

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).startsWith("instar: " + boxes + ":3: ").hasLineCount(1);
    assertThat(folder.resolve("out.h5.settings")).doesNotExist();
  }

  @Test
  void foldersWithFilesOfOthersAreLeftAlone() throws Exception {
    Path target = Files.createDirectory(folder.resolve("album"));
    Files.writeString(target.resolve("p1000.jpg"), "mine");
    CommandRun run = run("-o", target);

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("did not write").hasLineCount(1);
    assertThat(Photographs.files(target)).hasSize(1);
    assertThat(folder.resolve("album.settings")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--size 0",
        "--side width",
        "--filter cubic",
        "--encoding png",
        "--layout tar",
        "--quality 101",
        "--subsampling 422",
        "--threads 0",
        "--shard 3/3",
        "--crop-ratio -1 --crop x.csv",
        "--crop-ratio 2",
        "--no-equal-extend",
        "--pad-color 1,2",
        "--on-error maybe",
        "--max-pixels -4",
        "--encoding raw --quality 3",
        "--encoding raw --layout zip",
        "--package x",
        "--attribute a=b --layout zip",
        "--attribute foo"
      })
  void optionsThatCannotBeMeantAreUsageErrors(String options) {
    List<Object> arguments = new ArrayList<>(List.of("-o", folder.resolve("out.h5")));
    arguments.addAll(Arrays.asList(options.split(" ")));
    CommandRun run = run(arguments.toArray());

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).startsWith("instar: ").endsWith("Try 'instar convert --help'.\n");
    assertThat(run.err()).hasLineCount(2).doesNotContain("Exception");
    assertThat(folder.resolve("out.h5")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/"})
  void outputsWithoutANameAreUsageErrors(String output) {
    assertThat(run("-o", output).status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run().status()).isEqualTo(ExitStatus.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc/out.h5", "text.dat/out.h5", "text.dat/", "part.h5/"})
  void outputsThatCannotBeWrittenAreNamedInOneLine(String output) throws Exception {
    Files.writeString(folder.resolve("text.dat"), "text");
    Files.createDirectory(folder.resolve("part.h5"));
    CommandRun run = run("-o", folder.resolve(output));

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).startsWith("instar: ").hasLineCount(1).doesNotContain("unexpected");
    assertThat(Photographs.files(folder).keySet()).noneMatch(file -> file.contains(".settings"));
  }

  private CommandRun run(Object... options) {
    List<Object> command = new ArrayList<>(List.of("convert", photos));
    command.addAll(Arrays.asList(options));
    return CommandRun.of(command.toArray());
  }

  /** Read, written, quarantined, already there. */
  private static List<Integer> counts(CommandRun run) throws IOException {
    assertThat(run.err()).isEmpty();
    JsonNode counts = new ObjectMapper().readTree(run.out()).get("counts");
    List<Integer> numbers = new ArrayList<>();
    for (String name : List.of("read", "written", "quarantined", "already_there")) {
      numbers.add(counts.get(name).asInt());
    }
    return numbers;
  }

  private static Path replaced(Path file) throws IOException {
    Files.delete(file);
    return file;
  }
}
