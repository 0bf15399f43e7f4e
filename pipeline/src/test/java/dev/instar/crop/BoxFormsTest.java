package dev.instar.crop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written in one form and read again, from form to form. */
final class BoxFormsTest {
  @Property(tries = 40)
  void csvAndCocoGiveBackAllThatIsKnown(@ForAll(supplier = SomeBoxes.class) List<BoxRecord> records)
      throws IOException {
    assertThat(through("a.csv", records)).isEqualTo(records);
    assertThat(through("a.json", through("b.csv", through("c.json", records)))).isEqualTo(records);
  }

  @Property(tries = 30)
  void bioscansTableGivesBackTheBestBoxOnWholePixels(
      @ForAll(supplier = SomeBoxes.class) List<BoxRecord> records) throws IOException {
    List<BoxRecord> named = new ArrayList<>();
    for (BoxRecord record : records) {
      named.add(renamed(record, "part1/ID-" + named.size() + ".jpg"));
    }
    List<BoxRecord> read = through("a.tsv", named);
    for (int i = 0; i < named.size(); i++) {
      assertThat(read.get(i).name()).isEqualTo("ID-" + i);
      assertThat(read.get(i).drawnOn()).isEqualTo(named.get(i).drawnOn());
      assertThat(read.get(i).best().map(Detection::box))
          .isEqualTo(named.get(i).best().map(best -> plus0(best.box().rounded())));
    }
    assertThat(through("c.tsv", read)).isEqualTo(read);
  }

  /** Without the sign of zeros, which whole numbers lose. */
  private static BoundingBox plus0(BoundingBox box) {
    return new BoundingBox(box.x0() + 0f, box.y0() + 0f, box.x1() + 0f, box.y1() + 0f);
  }

  @Test
  void theHandDrawnBoxesOfTheRealPhotographsAreTruth(@TempDir Path folder) throws IOException {
    List<BoxRecord> truth = BoxRecords.read(SharedData.path("data/wells/labels.csv"));
    assertThat(truth).hasSize(585);
    assertThat(truth)
        .filteredOn(record -> record.verdict().equals(Optional.of(Quality.EMPTY)))
        .hasSize(161);
    assertThat(truth).filteredOn(record -> record.verdict().isEmpty()).hasSize(32);
    assertThat(truth).filteredOn(record -> record.best().isPresent()).hasSize(417);
    assertThat(truth).noneMatch(BoxRecord::scored);
    assertThat(written(folder.resolve("a.json"), truth)).isEqualTo(truth);
    assertThat(written(folder.resolve("a.csv"), truth)).isEqualTo(truth);
  }

  private static BoxRecord renamed(BoxRecord record, String name) {
    return new BoxRecord(
        name,
        record.drawnOn(),
        record.detections(),
        record.scored(),
        record.verdict(),
        record.quality());
  }

  private static List<BoxRecord> through(String name, List<BoxRecord> records) throws IOException {
    Path folder = Files.createTempDirectory("boxes");
    try {
      return List.copyOf(written(folder.resolve(name), records));
    } finally {
      Files.deleteIfExists(folder.resolve(name));
      Files.delete(folder);
    }
  }

  private static List<BoxRecord> written(Path path, List<BoxRecord> records) throws IOException {
    try (BoxWriter writer = BoxWriter.open(path)) {
      for (BoxRecord record : records) {
        writer.write(record);
      }
      writer.finish();
    }
    return BoxRecords.read(path);
  }
}
