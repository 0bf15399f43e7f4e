package dev.instar.crop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.image.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BoxWriterTest {
  private static final Size SIZE = new Size(640, 480);
  private static final QualityScores SCORES = new QualityScores(.75f, 0, .25f, 0, 12.5f);

  /** Two boxes, the worse one named first. */
  private static final Observation TWO =
      new Observation(
          SIZE,
          List.of(
              new Detection(new BoundingBox(1, 2, 4, 6), .25f),
              new Detection(new BoundingBox(10.5f, 20, 30.25f, 50), .5f)),
          Optional.of(SCORES));

  private static final Observation NONE = new Observation(SIZE, List.of(), Optional.empty());

  @TempDir private Path folder;

  @Test
  void writesARowABoxAndOneWithoutNumbersForNone() throws IOException {
    Path path = folder.resolve("boxes.csv");
    write(path);
    assertThat(path)
        .hasContent(
            """
            file,width,height,x,y,w,h,score,quality,valid,empty,blurry,fragmented,focus
            part1/a.jpg,640,480,10.5,20,19.75,30,0.5,valid,0.75,0,0.25,0,12.5
            part1/a.jpg,640,480,1,2,3,4,0.25,valid,0.75,0,0.25,0,12.5
            b.jpg,640,480,,,,,,,,,,,
            """);
    assertThat(folder)
        .isDirectoryContaining(path::equals)
        .isDirectoryNotContaining("glob:**.partial");
  }

  @Test
  void writesCocoThatOthersRead() throws IOException {
    Path path = folder.resolve("boxes.json");
    write(path);
    JsonNode json = new ObjectMapper().readTree(path.toFile());
    assertThat(json.at("/categories/0/name").asText()).isEqualTo("insect");
    assertThat(json.at("/images"))
        .hasToString(
            "[{\"id\":1,\"file_name\":\"part1/a.jpg\",\"width\":640,\"height\":480,"
                + "\"quality\":\"valid\",\"valid\":0.75,\"empty\":0,\"blurry\":0.25,\"fragmented\":0,"
                + "\"focus\":12.5},{\"id\":2,\"file_name\":\"b.jpg\",\"width\":640,\"height\":480}]");
    assertThat(json.at("/annotations"))
        .hasToString(
            "[{\"id\":1,\"image_id\":1,\"category_id\":1,\"bbox\":[10.5,20,19.75,30],"
                + "\"area\":592.5,\"iscrowd\":0,\"score\":0.5},"
                + "{\"id\":2,\"image_id\":1,\"category_id\":1,\"bbox\":[1,2,3,4],"
                + "\"area\":12.0,\"iscrowd\":0,\"score\":0.25}]");
    assertThat(folder).isDirectoryNotContaining("glob:**.partial");
  }

  @Test
  void writesTheColumnsOfBioscan5m() throws IOException {
    Path path = folder.resolve("boxes.tsv");
    write(path);
    assertThat(path)
        .hasContent(
            """
            processid\twidth_original\theight_original\tx0\ty0\tx1\ty1\tscale_factor\tarea_fraction
            a\t640\t480\t10\t20\t30\t50\t0.0781\t0.001953125
            b\t640\t480\t\t\t\t\t\t
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"boxes.csv", "boxes.json", "boxes.tsv"})
  void showsNothingUntilItIsFinished(String name) throws IOException {
    Path path = Files.writeString(folder.resolve(name), "before");
    try (BoxWriter writer = BoxWriter.open(path)) {
      writer.write("a.jpg", TWO);
      writer.flush();
    }
    assertThat(path).hasContent("before");
    assertThat(BoxWriter.unfinished(path)).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"boxes.csv", "boxes.json", "boxes.tsv"})
  void aRunThatWasCutAnywhereEndsWithTheBytesOfACalmOne(String name) throws IOException {
    Path path = folder.resolve(name);
    Path calm = folder.resolve("calm-" + name);
    List<String> names =
        List.of(
            "a \"b\",\nc.jpg".replace('\n', name.endsWith("tsv") ? ' ' : '\n'), "d.jpg", "e.jpg");
    writeMissing(calm, names, false);
    byte[] log = log(names);
    for (int cut = 0; cut <= log.length; cut++) {
      Files.deleteIfExists(path);
      Files.write(BoxWriter.unfinished(path), Arrays.copyOf(log, cut));
      writeMissing(path, names, true);
      assertThat(path).as("cut at " + cut).hasSameBinaryContentAs(calm);
      assertThat(BoxWriter.unfinished(path)).doesNotExist();
    }
  }

  private byte[] log(List<String> names) throws IOException {
    Path path = folder.resolve("log.csv");
    try (BoxWriter writer = BoxWriter.open(path)) {
      for (String each : names) {
        writer.write(each, TWO);
      }
      writer.flush();
    }
    return Files.readAllBytes(BoxWriter.unfinished(path));
  }

  private static void writeMissing(Path path, List<String> names, boolean resume)
      throws IOException {
    try (BoxWriter writer = resume ? BoxWriter.resume(path) : BoxWriter.open(path)) {
      for (String each : names) {
        if (!writer.has(each)) {
          writer.write(each, TWO);
        }
      }
      assertThat(writer.size()).isEqualTo(names.size());
      writer.finish();
    }
  }

  @Test
  void photographsCanBeAddedToAFinishedTable() throws IOException {
    Path path = folder.resolve("boxes.csv");
    write(path);
    try (BoxWriter writer = BoxWriter.resume(path)) {
      assertThat(writer.has("b.jpg")).isTrue();
      assertThat(writer.size()).isEqualTo(2);
      writer.write("c.jpg", NONE);
      writer.finish();
    }
    assertThat(BoxRecords.read(path))
        .extracting(BoxRecord::name)
        .containsExactly("part1/a.jpg", "b.jpg", "c.jpg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"boxes.csv", "boxes.csv.partial"})
  void doesNotGoOnWithATableOfOthers(String name) throws IOException {
    Path others = Files.writeString(folder.resolve(name), "file,x,y,w,h\na.jpg,1,2,3,4\n");
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> BoxWriter.resume(folder.resolve("boxes.csv")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(name)
          .hasMessageContaining("other columns");
    }
    assertThat(others).hasContent("file,x,y,w,h\na.jpg,1,2,3,4\n");
  }

  @Test
  void oneRunHasAFile() throws IOException {
    Path path = folder.resolve("boxes.csv");
    try (BoxWriter writer = BoxWriter.open(path)) {
      assertThat(writer.size()).isZero();
      assertThatThrownBy(() -> BoxWriter.resume(path)).hasMessageContaining("another run");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesAPhotographThatIsThereAndNamesThatDoNotFit() throws IOException {
    try (BoxWriter writer = BoxWriter.open(folder.resolve("boxes.tsv"))) {
      writer.write("part1/a.jpg", NONE);
      assertThatThrownBy(() -> writer.write("part2/a.png", NONE))
          .hasMessageContaining("process id");
      assertThatThrownBy(() -> writer.write("b\tc.jpg", NONE))
          .hasMessageContaining(".tsv cannot hold");
    }
    try (BoxWriter writer = BoxWriter.open(folder.resolve("boxes.csv"))) {
      writer.write("part1/a.jpg", NONE);
      writer.write("part2/a.jpg", NONE);
      assertThatThrownBy(() -> writer.write("part1/a.jpg", NONE))
          .isInstanceOf(BoxFileException.class)
          .hasMessageContaining("part1/a.jpg");
    }
  }

  @Test
  void saysWhereItCannotWrite() {
    assertThatThrownBy(() -> BoxWriter.open(folder.resolve("boxes.xml")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(".csv, .json");
    assertThatThrownBy(() -> BoxWriter.open(folder.resolve("none/boxes.csv")))
        .isInstanceOf(NotDirectoryException.class)
        .hasMessageContaining("none");
  }

  private static void write(Path path) throws IOException {
    try (BoxWriter writer = BoxWriter.open(path)) {
      writer.write("part1/a.jpg", TWO);
      writer.write("b.jpg", NONE);
      writer.finish();
    }
  }
}
