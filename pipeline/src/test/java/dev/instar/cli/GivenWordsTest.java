package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class GivenWordsTest {
  private static final Path HERE = Path.of("").toAbsolutePath();

  @Test
  void pathsBecomeAbsoluteAndEverythingElseStaysAsItWasGiven() {
    assertThat(
            words(
                "convert photos/ ./a.zip ../more -o out.h5 --size=64 --crop boxes.csv --report r.json",
                "--crop"))
        .containsExactly(
            HERE.resolve("photos").toString(),
            HERE.resolve("a.zip").toString(),
            HERE.resolve("../more").toString(),
            "--output",
            HERE.resolve("out.h5").toString(),
            "--size",
            "64",
            "--crop",
            HERE.resolve("boxes.csv").toString(),
            "--report",
            HERE.resolve("r.json").toString());
  }

  @Test
  void flagsListsAndPairsArriveAsTheyWereMeant() {
    List<String> words =
        words(
            "convert in -oout.h5 --crop contrast --no-equal-extend --upscale --skip empty,blurry"
                + " --attribute a=1=2 --attribute=b=c");
    assertThat(words)
        .containsSubsequence("--crop", "contrast")
        .contains("--no-equal-extend", "--upscale")
        .containsSubsequence("--skip", "empty,blurry")
        .containsSubsequence("--attribute", "a=1=2", "--attribute", "b=c");

    // Read again, they say the same.
    String[] again = Stream.concat(Stream.of("convert"), words.stream()).toArray(String[]::new);
    assertThat(words(again, "")).containsExactlyInAnyOrderElementsOf(words);
  }

  @Test
  void optionsThatAreLeftOutTakeTheirValuesWithThem() {
    assertThat(words("crop in -o out.csv --overwrite --shard 1/3 --json"))
        .contains("--shard", "1/3")
        .doesNotContain("--overwrite", "--json");
  }

  private static List<String> words(String line) {
    return words(line, "");
  }

  private static List<String> words(String line, String path) {
    return words(line.split(" "), path);
  }

  private static List<String> words(String[] line, String path) {
    PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
    CommandLine.ParseResult given =
        Instar.commandLine(nowhere, nowhere, line).parseArgs(line).subcommand();
    return GivenWords.of(given.commandSpec(), Set.of("--json", "--overwrite"), Set.of(path))
        .stream()
        .flatMap(List::stream)
        .toList();
  }
}
