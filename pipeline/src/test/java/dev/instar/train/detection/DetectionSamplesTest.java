package dev.instar.train.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxFile;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.pack.Content;
import dev.instar.train.detection.DetectionSamples.Counts;
import dev.instar.train.detection.DetectionSamples.Division;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DetectionSamplesTest {
  private static final Size SIZE = new Size(40, 30);
  private static final BoundingBox INSECT = new BoundingBox(10, 5, 20, 25);

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();

  private DetectionSamples samples(DrawnPhotographs photographs, BoxFile boxes) throws IOException {
    return DetectionSamples.of(
        photographs, boxes, (location, reason) -> told.add(location + ": " + reason.getMessage()));
  }

  private BoxFile file(String... rows) throws IOException {
    return BoxFile.read(
        Files.writeString(folder.resolve("boxes.csv"), String.join("\n", rows) + "\n"));
  }

  private static DrawnPhotographs photographs(String... names) {
    DrawnPhotographs photographs = new DrawnPhotographs();
    for (String name : names) {
      photographs.content(name, DrawnPhotographs.pixels(SIZE, INSECT));
    }
    return photographs;
  }

  @Test
  void takesListedPhotographsAndCountsTheOthers() throws IOException {
    DetectionSamples samples =
        samples(
            photographs("a.jpg", "b.jpg", "c.jpg", "d.jpg", "not listed.jpg"),
            file(
                "file,x,y,w,h,quality",
                "a.jpg,10,5,10,20,valid",
                "a.jpg,1,1,5,5,valid",
                "b.jpg,,,,,empty",
                "c.jpg,,,,,blurry",
                "d.jpg,,,,,",
                "gone.jpg,1,1,2,2,valid"));
    assertThat(names(samples)).containsExactly("a.jpg", "b.jpg", "d.jpg");
    assertThat(samples.get(0).boxes()).contains(INSECT, new BoundingBox(1, 1, 6, 6)).hasSize(2);
    assertThat(samples.get(0).photograph()).isEqualTo(SIZE);
    assertThat(samples.empty()).isEqualTo(2);
    assertThat(samples.counts()).isEqualTo(new Counts(1, 1, 1, 0));
    assertThat(told).isEmpty();
  }

  @Test
  void boxesAreClippedToThePhotograph() throws IOException {
    DetectionSamples samples =
        samples(
            photographs("a.jpg", "b.jpg"),
            file("file,x,y,w,h", "a.jpg,-5,20,15,50", "a.jpg,40,0,9,9", "b.jpg,41,0,9,9"));
    assertThat(names(samples)).containsExactly("a.jpg");
    assertThat(samples.get(0).boxes()).containsExactly(new BoundingBox(0, 20, 10, 30));
    assertThat(samples.counts().unusable()).isEqualTo(1);
    assertThat(told)
        .containsExactly("memory/b.jpg: no box of it has any area inside its 40x30 pixels");
  }

  @Test
  void aPhotographWithoutAHeaderIsLeftOutUnlessTheFileStatesItsSize() throws IOException {
    DrawnPhotographs photographs =
        new DrawnPhotographs()
            .content("a.jpg", new Content.Encoded(Bytes.copyOf(new byte[] {1, 2, 3})));
    assertThat(samples(photographs, file("file,x,y,w,h", "a.jpg,1,1,5,5")).size()).isZero();
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).startsWith("memory/a.jpg: ");
    DetectionSamples stated =
        samples(photographs, file("file,x,y,w,h,width,height", "a.jpg,1,1,5,5,80,60"));
    assertThat(stated.get(0).photograph()).isEqualTo(new Size(80, 60));
  }

  @Test
  void aDivisionDependsOnNamesAndSeedAlone() throws IOException {
    String[] names = IntStream.range(0, 50).mapToObj(i -> i + ".jpg").toArray(String[]::new);
    String[] rows = new String[names.length + 1];
    rows[0] = "file,x,y,w,h";
    for (int i = 0; i < names.length; i++) {
      rows[i + 1] = names[i] + ",1,1,5,5";
    }
    Division division = samples(photographs(names), file(rows)).divided(0.2, 1);
    assertThat(division.validation().size()).isEqualTo(10);
    assertThat(names(division.training()))
        .doesNotContainAnyElementsOf(names(division.validation()))
        .hasSize(40);
    // The order of photographs is that of the source, whatever the hashes.
    assertThat(IntStream.range(0, 40).map(i -> division.training().get(i).record())).isSorted();

    String[] reversed = IntStream.range(0, 50).mapToObj(i -> names[49 - i]).toArray(String[]::new);
    Division again = samples(photographs(reversed), file(rows)).divided(0.2, 1);
    assertThat(names(again.validation()))
        .containsExactlyInAnyOrderElementsOf(names(division.validation()));
    Division other = samples(photographs(names), file(rows)).divided(0.2, 2);
    assertThat(names(other.validation())).isNotEqualTo(names(division.validation()));
  }

  @Test
  void eitherSideOfADivisionHasAPhotograph() throws IOException {
    DetectionSamples two =
        samples(
            photographs("a.jpg", "b.jpg"), file("file,x,y,w,h", "a.jpg,1,1,5,5", "b.jpg,1,1,5,5"));
    for (double fraction : new double[] {0.01, 0.99}) {
      Division division = two.divided(fraction, 1);
      assertThat(division.training().size()).isEqualTo(1);
      assertThat(division.validation().size()).isEqualTo(1);
    }
    assertThatThrownBy(() -> two.divided(1, 1)).hasMessageContaining("between 0 and 1");
    DetectionSamples one = two.divided(0.5, 1).training();
    assertThatThrownBy(() -> one.divided(0.5, 1)).hasMessageContaining("at least 2");
  }

  private static List<String> names(DetectionSamples samples) {
    return IntStream.range(0, samples.size())
        .mapToObj(i -> samples.source().name(samples.get(i).record()))
        .toList();
  }
}
