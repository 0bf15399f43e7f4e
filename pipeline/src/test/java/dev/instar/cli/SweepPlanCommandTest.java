package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.sweep.Sweep;
import dev.instar.sweep.SweepPlan;
import dev.instar.testing.StripedPictures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SweepPlanCommandTest {
  @TempDir static Path folder;
  private static Path plan;

  @BeforeAll
  static void write() throws IOException {
    StripedPictures task = StripedPictures.draw(folder, 3, 1);
    plan =
        Files.writeString(
            folder.resolve("tiny.yaml"),
            """
            pack: %s
            metadata: %s
            split_column: split
            target: order
            model: resnet18
            set: {epochs: 3, batch: 4, augmentation: {resize: 34, crop: 32}}
            axes: {loss: [ce, focal]}
            repeats: 2
            """
                .formatted(folder.relativize(task.pictures()), folder.relativize(task.table())));
  }

  @Test
  void saysWhatThePlanTakesAndMakesTheFolder() throws Exception {
    Path sweep = folder.resolve("timed");
    CommandRun run = CommandRun.of("sweep", "plan", plan, "-o", sweep, "--torch-threads", 1);

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.err()).contains("timing steps of resnet18");
    assertThat(run.out())
        .containsPattern("split +resnet18 +4 +12 +3 +4 +0")
        .contains("resnet18, pictures of 32, batches of 4:")
        .contains("by steps timed here, on cpu")
        .contains("measured on ")
        .contains("4 cells to do: one at a time")
        .contains("4 cells planned")
        .contains("instar sweep run " + sweep);
    assertThat(Sweep.open(sweep).cells())
        .hasSize(4)
        .allSatisfy(cell -> assertThat(cell.seconds()).isPositive());
  }

  @Test
  void withoutTimingLibTorchIsNotLoaded() throws Exception {
    Path sweep = folder.resolve("untimed");
    CommandRun run =
        CommandRun.end(
            CommandRun.start(
                folder,
                java.util.Map.of(
                    "JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + folder.resolve("classes.log")),
                "sweep",
                "plan",
                plan,
                "-o",
                sweep,
                "--no-timing",
                "--json"),
            folder);

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(Files.readString(folder.resolve("classes.log")))
        .contains("dev.instar.sweep.Sweep ")
        .doesNotContain(" org.bytedeco.pytorch.");
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.get("name").asText()).isEqualTo("tiny");
    assertThat(json.get("cells")).hasSize(4);
    assertThat(json.get("cells").get(0).get("train").asInt()).isEqualTo(12);
    assertThat(json.get("cells").get(0).has("seconds")).isFalse();
    assertThat(json.get("paces").get(0).get("unknown").asText()).isEqualTo("not timed");
    assertThat(json.has("seconds_left")).isFalse();
  }

  @Test
  void theExampleIsAPlanOfThePublished72() throws Exception {
    CommandRun run = CommandRun.of("sweep", "plan", "--example");

    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    Path example = Files.writeString(folder.resolve("example.yaml"), run.out());
    Path bare = Files.writeString(folder.resolve("bare.yaml"), "pack: a\nmetadata: b\n");
    assertThat(SweepPlan.read(example).cells())
        .extracting(cell -> cell.name())
        .containsExactlyElementsOf(
            SweepPlan.read(bare).cells().stream().map(cell -> cell.name()).toList());
  }

  @Test
  void whatTheExampleHasInCommentsIsSoundToo() throws Exception {
    for (String weights : List.of("resnet50.pth", "vit_base_patch16_224.safetensors")) {
      Files.createDirectories(folder.resolve("weights"));
      Files.writeString(folder.resolve("weights").resolve(weights), "");
    }
    String text =
        SweepPlan.example()
            .lines()
            .filter(line -> !line.startsWith("# ") || line.matches("# +[a-z_-].*:.*|#   .*"))
            .filter(line -> !line.matches("# (A sweep|Paths|These).*"))
            .map(line -> line.replaceFirst("^# ?", "").replaceFirst("^  # ", "  "))
            .reduce("", (all, line) -> all + line + "\n");

    SweepPlan all = SweepPlan.read(Files.writeString(folder.resolve("all.yaml"), text));

    assertThat(all.name()).isEqualTo("published");
    assertThat(all.weights()).hasSize(2);
    assertThat(all.set()).containsEntry("epochs", "30");
    assertThat(all.axes()).hasSize(8);
    assertThat(all.include()).hasSize(1);
    assertThat(all.exclude()).hasSize(1);
  }

  @Test
  void thePlansOfTheDocumentAreSound() throws Exception {
    Path page = Path.of("..", "docs", "sweeps.md");
    Matcher block =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(page));
    Path own = Files.createDirectory(folder.resolve("document"));
    Files.createDirectory(own.resolve("weights"));
    for (String file : List.of("weights/a.pth", "weights/b.pth", "lab.yaml")) {
      Files.write(own.resolve(file), "epochs: 7\n".getBytes(StandardCharsets.UTF_8));
    }
    int plans = 0;
    while (block.find()) {
      Path file = Files.writeString(own.resolve("plan.yaml"), block.group(1));
      assertThat(SweepPlan.read(file).cells()).as(block.group(1)).isNotEmpty();
      plans++;
    }
    assertThat(plans).isGreaterThan(3);
  }

  @Test
  void withoutAPlanItSaysHowToBegin() {
    CommandRun run = CommandRun.of("sweep", "plan");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("--example prints one");
  }

  @Test
  void dataThatAreNotThereAreNamedWithThePlan() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("absent.yaml"), Files.readString(plan).replace("pictures", "nowhere"));
    CommandRun run = CommandRun.of("sweep", "plan", file, "-o", folder.resolve("absent"));

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("no such file").contains("nowhere").contains("absent.yaml");
    assertThat(folder.resolve("absent")).doesNotExist();
    assertThat(CommandRun.of("sweep", "plan", folder.resolve("none.yaml")).err())
        .contains("no such file")
        .hasLineCount(1);
  }

  @Test
  void helpFitsAScreen() {
    CommandRun run = CommandRun.of("sweep", "plan", "--help");

    assertThat(run.out().lines()).hasSizeLessThanOrEqualTo(60);
    assertThat(run.out()).contains("Usage: instar sweep plan").contains("Examples:");
  }
}
