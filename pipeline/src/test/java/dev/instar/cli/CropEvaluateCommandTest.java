package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CropEvaluateCommandTest {
  private static final String TRUTH =
      """
      file,quality,width,height,x,y,w,h
      p/half.jpg,valid,100,80,0,0,40,20
      p/same.jpg,blurry,100,80,10,10,20,20
      p/missed.jpg,valid,100,80,10,10,20,20
      p/empty.jpg,empty,100,80,,,,
      p/filled.jpg,empty,100,80,,,,
      p/undrawn.jpg,fragmented,100,80,,,,
      """;

  /** Drawn at twice the size, and named without folders. */
  private static final String FOUND =
      """
      file,width,height,x,y,w,h,score,quality
      half.jpg,200,160,0,0,40,40,0.5,valid
      half.jpg,200,160,0,0,80,40,0.25,valid
      same.jpg,200,160,20,20,40,40,0.75,blurry
      missed.jpg,200,160,,,,,,empty
      empty.jpg,200,160,,,,,,empty
      filled.jpg,200,160,5,5,5,5,0.125,valid
      undrawn.jpg,200,160,5,5,5,5,0.125,fragmented
      other.jpg,200,160,5,5,5,5,0.125,valid
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    String[] texts = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
    return Instar.run(new PrintWriter(out, true), new PrintWriter(err, true), texts);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private JsonNode measured(Object... arguments) throws IOException {
    run(arguments);
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void measuresTheBestBoxesWithAMissAsZero() throws IOException {
    JsonNode json =
        measured("crop", "evaluate", file("f.csv", FOUND), file("t.csv", TRUTH), "--json");
    assertThat(json.get("boxed").asInt()).isEqualTo(3);
    assertThat(json.get("empty").asInt()).isEqualTo(2);
    assertThat(json.get("of_unknown_boxes").asInt()).isEqualTo(1);
    assertThat(json.get("mean_iou").asDouble()).isEqualTo((0.5 + 1 + 0) / 3);
    assertThat(json.get("recall_50").asDouble()).isEqualTo(2 / 3.0);
    assertThat(json.get("recall_75").asDouble()).isEqualTo(1 / 3.0);
    assertThat(json.get("missed").asDouble()).isEqualTo(1 / 3.0);
    assertThat(json.get("left_empty").asDouble()).isEqualTo(1 / 2.0);
    // Found by falling score: a hit, a hit at .5 alone, a hit from .5 to .95, a false box.
    assertThat(json.get("ap50").asDouble()).isCloseTo(67 / 101.0, within(1e-9));
    assertThat(json.get("ar1").asDouble()).isCloseTo((2 / 3.0 + 9 / 3.0) / 10, within(1e-9));
    assertThat(json.at("/intervals/mean_iou/0").asDouble()).isBetween(0.0, 0.5);
    assertThat(json.get("only_found").get(0).asText()).isEqualTo("other.jpg");
    assertThat(json.get("ap_large").isNull()).as("no true box is large").isTrue();
  }

  @Test
  void comparesQualities() throws IOException {
    JsonNode json =
        measured("crop", "evaluate", file("f.csv", FOUND), file("t.csv", TRUTH), "--json");
    assertThat(json.at("/qualities/valid/judged_as/empty").asInt()).isEqualTo(1);
    assertThat(json.at("/qualities/empty/recall").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/qualities/valid/precision").asDouble()).isEqualTo(0.5);
    assertThat(json.get("quality_accuracy").asDouble()).isEqualTo(4 / 6.0);
    assertThat(json.get("quality_macro_f1").asDouble()).isEqualTo((0.5 + 0.5 + 1 + 1) / 4);
  }

  @Test
  void printsTablesAndTheWorstPhotographs() throws IOException {
    Path found = file("f.csv", FOUND);
    Path truth = file("t.csv", TRUTH);
    assertThat(run("crop", "evaluate", found, truth, "--worst", 3)).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString())
        .contains("3 photographs with a box, 2 empty ones, 1 of unknown boxes left out")
        .containsPattern("mean IoU +0\\.5000 +0\\.\\d{4} - [01]\\.\\d{4}\n")
        .containsPattern("valid +1 +1 +0 +0 +50\\.00% +50\\.00% +50\\.00%\n")
        .containsPattern("p/missed\\.jpg +no box +0\\.0000 +valid\n")
        .containsPattern("p/half\\.jpg +another box +0\\.5000 +0\\.5000 +valid\n")
        .containsPattern("p/filled\\.jpg +box around nothing +0\\.1250 +empty\n");
    assertThat(err.toString()).contains("1 photographs in", "other.jpg");
  }

  @Test
  void namesWhatWasNotLookedAtAndEndsWithThree() throws IOException {
    Path found =
        file("f.csv", "file,x,y,w,h,width,height\na.jpg,1,1,5,5,100,80\nb.jpg,1,1,5,5,80,100\n");
    Path truth =
        file(
            "t.csv",
            "file,x,y,w,h,width,height\na.jpg,1,1,5,5,100,80\nb.jpg,1,1,5,5,100,80\nc.jpg,1,1,5,5,,\n");
    assertThat(run("crop", "evaluate", found, truth)).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(err.toString())
        .contains("1 photographs in " + truth + ", not in " + found + " are left out: c.jpg")
        .contains("of another shape are left out: b.jpg");
    assertThat(out.toString()).containsPattern("mean IoU +1\\.0000");
  }

  @Test
  void failsWhereNoPhotographIsInBoth() throws IOException {
    Path found = file("f.csv", "file,x,y,w,h\na.jpg,1,1,5,5\n");
    Path truth = file("t.csv", "file,x,y,w,h\nb.jpg,1,1,5,5\n");
    assertThat(run("crop", "evaluate", found, truth)).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString()).contains("no photograph is in both");
    assertThat(run("crop", "evaluate", found)).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void theTruthIsPerfectInEveryForm() throws IOException {
    Path truth = SharedData.path("data/wells/labels.csv");
    for (String form : new String[] {"t.csv", "t.json", "t.tsv"}) {
      Path converted = folder.resolve(form);
      assertThat(run("crop", "convert", truth, "-o", converted)).isEqualTo(ExitStatus.DONE);
      out.getBuffer().setLength(0);
      JsonNode json = measured("crop", "evaluate", converted, truth, "--json", "--bootstrap", "0");
      out.getBuffer().setLength(0);
      assertThat(json.get("boxed").asInt()).isEqualTo(417);
      assertThat(json.get("empty").asInt()).isEqualTo(161);
      assertThat(json.get("of_unknown_boxes").asInt()).isEqualTo(7);
      assertThat(json.get("left_empty").asDouble()).isEqualTo(1);
      assertThat(json.get("recall_75").asDouble()).isEqualTo(1);
      // Whole pixels are as near as a .tsv comes to boxes of a few pixels.
      assertThat(json.get("mean_iou").asDouble())
          .isGreaterThan(form.endsWith("tsv") ? 0.96 : 0.999999);
      assertThat(json.has("quality_macro_f1")).isEqualTo(!form.endsWith("tsv"));
    }
  }
}
