package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.image.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays that are not submitted: their scripts, and what is refused. */
final class ShardArrayTest {
  @TempDir private Path folder;
  private Path photos;
  private Path launcher;

  @BeforeEach
  void prepare() throws Exception {
    photos = Photographs.folder(folder.resolve("photos"), 6, new Size(64, 64));
    // Says what it was started with.
    launcher =
        program("instar", "printf '%s\\n' \"$PWD\" \"$@\" >" + folder.resolve("started") + "\n");
  }

  @Test
  void theScriptsAreShownAndNothingIsWritten() throws Exception {
    Path pack = folder.resolve("out").resolve("all.h5");
    CommandRun run =
        run("convert", photos, "-o", pack, "--shards", 3, "--time", "30", "--max-running", 2);

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out())
        .contains(
            "instar convert of 8 photographs, a task for each of 3 shards of all.h5",
            "#SBATCH --array=0-2%2",
            "#SBATCH --time=30",
            "#SBATCH --cpus-per-task=4",
            "--output '" + pack + "'",
            "--shard \"$SLURM_ARRAY_TASK_ID/3\"",
            "\"$instar\" merge --copy")
        .doesNotContain("--slurm", "--dry-run", "--max-running", "--shards");
    assertThat(pack.getParent()).doesNotExist();
  }

  @Test
  void aTaskStartsTheVerbWithTheWordsThatWereGivenAndTheMergeNamesAllShards() throws Exception {
    Path odd = Files.createDirectory(folder.resolve("it's $HOME \"odd\""));
    Path list =
        Files.writeString(odd.resolve("list.txt"), photos.resolve("part1/p1000.jpg") + "\n");
    Path pack = odd.resolve("out.h5");
    List<String> scripts =
        scripts(run("convert", list, "-o", pack, "--attribute", "by=a 'b'", "--quality", "keep"));

    assertThat(started(scripts.get(0), Map.of("SLURM_ARRAY_TASK_ID", "1")))
        .containsExactly(
            Path.of("").toAbsolutePath().toString(), // where paths in the list begin
            "convert",
            list.toString(),
            "--output",
            pack.toString(),
            "--attribute",
            "by=a 'b'",
            "--quality",
            "keep",
            "--shard",
            "1/2");
    assertThat(started(scripts.get(1), Map.of()).subList(1, 7))
        .containsExactly(
            "merge",
            "--copy",
            odd.resolve("out-00000-of-00002.h5").toString(),
            odd.resolve("out-00001-of-00002.h5").toString(),
            "--output",
            pack.toString());
  }

  @Test
  void boxesAreJoinedByTheirOwnVerb() throws Exception {
    Path boxes = folder.resolve("boxes.json");
    List<String> scripts = scripts(run("crop", photos, "-o", boxes, "--min-score=.5"));

    assertThat(started(scripts.get(0), Map.of("SLURM_ARRAY_TASK_ID", "7")))
        .endsWith("--output", boxes.toString(), "--min-score", ".5", "--shard", "7/8");
    assertThat(started(scripts.get(1), Map.of()))
        .containsSubsequence(
            "crop", "merge", folder.resolve("boxes-00007-of-00008.json").toString(), "--output");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-o out.h5 --shard 0/2 | 2 | --shard is one share",
        "-o out.h5 --shards 1 | 2 | two are the fewest",
        "-o out.zip | 2 | makes packs",
        "-o folder | 2 | makes packs",
        "-o out.h5 --layout bioscan | 2 | makes packs",
        "-o out.h5 --crop none.csv | 1 | none.csv: no such box file",
        "-o out.h5 --time never | 2 | HH:MM:SS",
        "-o photos/part1/p1000.jpg --layout pack | 1 | is an input too",
      })
  void whatCannotBeDoneIsRefusedBeforeAnythingIsSubmitted(
      String options, int status, String sentence) throws Exception {
    List<Object> command = new ArrayList<>(List.of("convert", photos.resolve("part1/p1000.jpg")));
    for (String option : options.split(" ")) {
      boolean path = option.contains(".") || option.equals("folder");
      command.add(path ? folder.resolve(option) : option);
    }
    CommandRun run = run(command.toArray());
    assertThat(run.status()).as(run.err()).isEqualTo(status);
    assertThat(run.err()).contains(sentence);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void anInputThatIsNotThereOrCannotBeHandedOnIsRefused() throws Exception {
    Path pack = folder.resolve("out.h5");
    CommandRun absent = run("convert", folder.resolve("none"), "-o", pack);
    assertThat(absent.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(absent.err()).contains("none does not exist");

    CommandRun piped = run("convert", "-", "-o", pack);
    assertThat(piped.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(piped.err()).contains("standard input", "write the list to a file");
  }

  @Test
  void whatWasNotJoinedFromShardsIsNotContinued() throws Exception {
    Path pack = folder.resolve("out.h5");
    CommandRun.of("convert", photos, "-o", pack);
    CommandRun run = run("convert", photos, "-o", pack);
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("was not joined from shards", "--overwrite");
    assertThat(run("convert", photos, "-o", pack, "--overwrite").status())
        .isEqualTo(ExitStatus.DONE);
    assertThat(pack).exists();
  }

  @Test
  void shardsOfOtherSettingsPhotographsOrNumbersAreNotContinued() throws Exception {
    Path pack = folder.resolve("out.h5");
    Path notes = Files.createDirectory(folder.resolve("out.h5.slurm"));
    new ShardJobs(3, 8, "other ones", 1, 2).write(notes);
    CommandRun run = run("convert", photos, "-o", pack);
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("made with other settings (other ones)", "--overwrite");

    // Boxes have settings that are short enough to be written here.
    Path boxes = folder.resolve("boxes.csv");
    Path beside = Files.createDirectory(folder.resolve("boxes.csv.slurm"));
    String settings = "contrast; scores from 0.0; at most 1 boxes";
    new ShardJobs(3, 8, settings, 1, 2).write(beside);
    assertThat(run("crop", photos, "-o", boxes).out()).contains("#SBATCH --array=0-2\n");
    Files.createFile(boxes);
    Files.writeString(folder.resolve("boxes.csv.settings"), settings + "\n");
    CommandRun joined = run("crop", photos, "-o", boxes);
    assertThat(joined.status()).isEqualTo(ExitStatus.DONE);
    assertThat(joined.err()).contains("its shards were removed: nothing to do");
    assertThat(joined.out()).isEmpty();
    assertThat(run("crop", photos, "-o", boxes, "--shards", 4).err())
        .contains("begun with 3 shards of 8 photographs, now there are 4 of 8");
    Files.delete(photos.resolve("part1/p1000.jpg"));
    assertThat(run("crop", photos, "-o", boxes).err()).contains("now there are 3 of 7");
    assertThat(run("crop", photos, "-o", boxes, "--overwrite", "--shards", 2).out())
        .contains("#SBATCH --array=0-1\n")
        .doesNotContain("--overwrite");
  }

  @Test
  void withoutSlurmItsOptionsMeanNothing() throws Exception {
    for (String option : List.of("--shards=3", "--time=30", "--dry-run")) {
      CommandRun run = CommandRun.of("convert", photos, "-o", folder.resolve("out.h5"), option);
      assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
      assertThat(run.err()).contains(option.replaceFirst("=.*", "") + " needs --slurm");
    }
  }

  private CommandRun run(Object... command) {
    List<Object> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--slurm", "--dry-run", "--instar", launcher));
    return CommandRun.of(all.toArray());
  }

  private static List<String> scripts(CommandRun run) {
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    List<String> scripts = List.of(run.out().split("(?m)(?=^#!)"));
    assertThat(scripts).hasSize(2);
    return scripts;
  }

  /** The working directory and the words that a script starts the launcher with. */
  private List<String> started(String script, Map<String, String> environment) throws Exception {
    Path file = Files.writeString(folder.resolve("script"), script);
    ProcessBuilder bash = new ProcessBuilder("bash", file.toString()).redirectErrorStream(true);
    bash.environment().putAll(environment);
    bash.redirectOutput(folder.resolve("log").toFile());
    assertThat(bash.start().waitFor()).as(Files.readString(folder.resolve("log"))).isZero();
    return Files.readAllLines(folder.resolve("started"));
  }

  private Path program(String name, String text) throws IOException {
    Path program = Files.writeString(folder.resolve(name), "#!/usr/bin/env bash\n" + text);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }
}
