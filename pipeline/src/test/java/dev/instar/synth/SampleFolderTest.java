package dev.instar.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxFile;
import dev.instar.crop.BoxRecords;
import dev.instar.image.Size;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleFolderTest {
  private static final SynthPlan PLAN =
      new SynthPlan(24, new Size(256, 192), 5, SynthPlan.Mix.EVEN);

  @Test
  void oneThreadAndThreeWriteTheSameBytes(@TempDir Path folder) throws Exception {
    SampleFolder.write(PLAN, folder.resolve("one"), 1, done -> {});
    SampleFolder.write(PLAN, folder.resolve("three"), 3, done -> {});
    Map<String, byte[]> one = content(folder.resolve("one"));
    Map<String, byte[]> three = content(folder.resolve("three"));
    assertThat(three.keySet()).isEqualTo(one.keySet()).hasSize(27);
    one.forEach((name, bytes) -> assertThat(three.get(name)).as(name).isEqualTo(bytes));
  }

  @Test
  void aPartOfACollectionIsItsBeginning(@TempDir Path folder) throws Exception {
    SampleFolder.write(PLAN, folder.resolve("all"), 2, done -> {});
    SynthPlan few = new SynthPlan(3, PLAN.size(), PLAN.seed(), PLAN.mix());
    SampleFolder.write(few, folder.resolve("few"), 2, done -> {});
    Map<String, byte[]> all = content(folder.resolve("all"));
    content(folder.resolve("few")).entrySet().stream()
        .filter(file -> file.getKey().endsWith(".jpg"))
        .forEach(file -> assertThat(all.get(file.getKey())).isEqualTo(file.getValue()));
  }

  @Test
  void anotherSeedGivesOtherPictures(@TempDir Path folder) throws Exception {
    SynthPlan other = new SynthPlan(2, PLAN.size(), 6, PLAN.mix());
    SynthPlan same = new SynthPlan(2, PLAN.size(), 5, PLAN.mix());
    SampleFolder.write(other, folder.resolve("six"), 1, done -> {});
    SampleFolder.write(same, folder.resolve("five"), 1, done -> {});
    assertThat(pictures(folder.resolve("six")))
        .doesNotContainAnyElementsOf(pictures(folder.resolve("five")));
  }

  @Test
  void itsTablesDescribeEveryPicture(@TempDir Path folder) throws Exception {
    List<Integer> progress = Collections.synchronizedList(new ArrayList<>());
    SampleFolder.write(PLAN, folder, 2, progress::add);
    assertThat(progress).hasSize(24).contains(1, 24);

    BoxFile boxes = BoxFile.read(folder.resolve("boxes.csv"));
    assertThat(boxes.size()).isEqualTo(24);
    assertThat(BoxRecords.read(folder.resolve("boxes.json")))
        .isEqualTo(BoxRecords.read(folder.resolve("boxes.csv")));
    List<String> rows = Files.readAllLines(folder.resolve("metadata.tsv"));
    List<String> header = List.of(rows.get(0).split("\t", -1));
    assertThat(header).hasSize(28).doesNotHaveDuplicates();
    assertThat(rows).hasSize(25);
    int boxed = 0;
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split("\t", -1);
      assertThat(cells).hasSize(28).doesNotContain("");
      String file =
          "part"
              + cells[header.indexOf("chunk_number")]
              + "/"
              + cells[header.indexOf("image_file")];
      BufferedImage picture = ImageIO.read(folder.resolve(file).toFile());
      assertThat(picture.getWidth()).isEqualTo(256);
      assertThat(picture.getHeight()).isEqualTo(192);
      assertThat(cells[header.indexOf("nucraw")]).matches("[ACGT]{658}");
      Optional<BoundingBox> box = boxes.boxOf(file, PLAN.size());
      if (box.isPresent()) {
        boxed++;
        assertThat(box.get().x0()).isGreaterThanOrEqualTo(0);
        assertThat(box.get().x1()).isLessThanOrEqualTo(256).isGreaterThan(box.get().x0());
        assertThat(box.get().y1()).isLessThanOrEqualTo(192).isGreaterThan(box.get().y0());
      }
    }
    assertThat(boxed).isBetween(20, 24);
  }

  @Test
  void refusesPlansThatCannotBeDrawn(@TempDir Path folder) {
    assertThatThrownBy(() -> new SynthPlan(0, PLAN.size(), 1, PLAN.mix()))
        .hasMessageContaining("0 records");
    assertThatThrownBy(() -> new SynthPlan(1, new Size(63, 640), 1, PLAN.mix()))
        .hasMessageContaining("63x640");
    assertThatThrownBy(() -> new SynthPlan(1, new Size(65000, 65000), 1, PLAN.mix()))
        .hasMessageContaining("65000x65000");
    assertThatThrownBy(() -> SampleFolder.write(PLAN, folder, 0, done -> {}))
        .hasMessageContaining("threads");
  }

  @Test
  void aFolderThatCannotBeWrittenEndsTheRunWithItsReason(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("occupied"), "a file");
    assertThatThrownBy(() -> SampleFolder.write(PLAN, file, 2, done -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("occupied");
    Path taken = folder.resolve("taken");
    Files.createDirectories(taken.resolve(SampleFolder.samples(PLAN).get(9).path()));
    assertThatThrownBy(() -> SampleFolder.write(PLAN, taken, 2, done -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(SampleFolder.samples(PLAN).get(9).name());
    assertThat(taken.resolve("metadata.tsv")).doesNotExist();
  }

  private static List<byte[]> pictures(Path folder) throws IOException {
    return content(folder).entrySet().stream()
        .filter(file -> file.getKey().endsWith(".jpg"))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Map<String, byte[]> content(Path folder) throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return content;
  }
}
