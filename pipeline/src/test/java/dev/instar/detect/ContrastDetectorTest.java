package dev.instar.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.Detection;
import dev.instar.crop.Observation;
import dev.instar.crop.Quality;
import dev.instar.image.InputException;
import dev.instar.image.Size;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContrastDetectorTest {
  private static final int WIDTH = 512;
  private static final int HEIGHT = 384;
  private static final int GLARE = 0xFFFFFF;

  private final ContrastDetector detector = new ContrastDetector();

  @AfterEach
  void close() {
    detector.close();
  }

  @ParameterizedTest
  @CsvSource({"256,192,60,35", "150,220,30,70", "380,120,18,14", "256,192,150,110"})
  void anEllipseOnABrightGroundIsFound(double x, double y, double across, double down)
      throws InputException {
    assertThat(detections(well().ellipse(x, y, across, down, Drawing.BROWN)))
        .singleElement()
        .satisfies(
            found -> assertThat(found.box().iou(around(x, y, across, down))).isGreaterThan(0.8));
  }

  @Test
  void aGreyOneIsFoundByItsDarknessAlone() throws InputException {
    assertThat(
            detections(Drawing.ground(WIDTH, HEIGHT, 0xC0C0C0).ellipse(240, 200, 50, 40, 0x404040)))
        .singleElement()
        .satisfies(
            found -> assertThat(found.box().iou(around(240, 200, 50, 40))).isGreaterThan(0.8));
  }

  @Test
  void anotherSizeOfPhotographHasTheSameBoxInItsOwnPixels() throws InputException {
    List<Detection> small = detections(well().ellipse(200, 180, 60, 35, Drawing.BROWN));
    List<Detection> large =
        detections(
            Drawing.ground(4 * WIDTH, 4 * HEIGHT, Drawing.BRIGHT)
                .ellipse(800, 720, 240, 140, Drawing.BROWN));
    assertThat(large.get(0).box().iou(small.get(0).box().scaled(4, 4))).isGreaterThan(0.9);
  }

  @Test
  void anUprightPhotographIsOneToo() throws InputException {
    Drawing upright =
        Drawing.ground(HEIGHT, WIDTH, Drawing.BRIGHT).ellipse(190, 300, 40, 60, Drawing.BROWN);
    assertThat(detections(upright).get(0).box().iou(around(190, 300, 40, 60))).isGreaterThan(0.8);
  }

  @Test
  void brightRingsAndGlareAreNothing() throws InputException {
    Drawing glaring = well().ring(256, 192, 170, 170, 0.93, GLARE).ellipse(200, 150, 30, 12, GLARE);
    Observation observation = detector.detect(glaring.photograph());
    assertThat(observation.detections()).isEmpty();
    assertThat(observation.quality().orElseThrow().verdict()).isEqualTo(Quality.EMPTY);
  }

  @Test
  void rightBesideThemTheSpecimenIsFoundAsWithoutThem() throws InputException {
    Drawing glaring =
        well()
            .ring(256, 192, 170, 170, 0.93, GLARE)
            .ellipse(200, 150, 30, 12, GLARE)
            .ellipse(270, 230, 50, 30, Drawing.BROWN);
    assertThat(detections(glaring).get(0).box().iou(around(270, 230, 50, 30))).isGreaterThan(0.8);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,700", "700,1", "3,2", "20000,3", "512,384", "384,512"})
  void anEvenGroundOfAnyShapeAndColourIsEmpty(int width, int height) throws InputException {
    for (int colour : new int[] {0, 0xFFFFFF, Drawing.BRIGHT, 0xFF0000, 0x0000FF}) {
      Observation observation = detector.detect(Drawing.ground(width, height, colour).photograph());
      assertThat(observation.detections()).isEmpty();
      assertThat(observation.photograph()).isEqualTo(new Size(width, height));
    }
  }

  @Test
  void twoSpecimensFarApartHaveTwoBoxes() throws InputException {
    Drawing two =
        well().ellipse(120, 110, 50, 30, Drawing.BROWN).ellipse(390, 270, 45, 35, Drawing.BROWN);
    List<Detection> found = detections(two);
    assertThat(found).hasSize(2);
    BoundingBox one = around(120, 110, 50, 30);
    BoundingBox other = around(390, 270, 45, 35);
    assertThat(found.stream().mapToDouble(d -> d.box().iou(one)).max().orElse(0))
        .isGreaterThan(0.8);
    assertThat(found.stream().mapToDouble(d -> d.box().iou(other)).max().orElse(0))
        .isGreaterThan(0.8);
    assertThat(found.get(0).score()).isGreaterThanOrEqualTo(found.get(1).score());
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "7,5", "1,300", "320,240", "512,384"})
  void whatIsMeasuredOfNoiseIsFinite(int width, int height) throws InputException {
    Drawing noise = Drawing.noise(width, height, 1);
    for (Candidate candidate : detector.candidates(noise.photograph())) {
      assertThat(candidate.features()).hasSize(Candidate.FEATURES.size());
      for (double feature : candidate.features()) {
        assertThat(feature).isFinite();
      }
    }
    for (Detection found : detections(noise)) {
      assertThat(found.box().x0()).isNotNegative();
      assertThat(found.box().y0()).isNotNegative();
      assertThat(found.box().x1()).isLessThanOrEqualTo(width + 0.01f);
      assertThat(found.box().y1()).isLessThanOrEqualTo(height + 0.01f);
    }
  }

  @Test
  void oneDetectorSeesAPhotographTheSameWhateverItSawBefore() throws InputException {
    List<Drawing> drawings =
        List.of(
            well().ellipse(256, 192, 60, 35, Drawing.BROWN),
            Drawing.noise(400, 500, 2),
            Drawing.ground(900, 60, Drawing.BRIGHT).ellipse(300, 30, 40, 20, 0x202020),
            Drawing.ground(1, 1, 0),
            well().ellipse(100, 300, 20, 60, 0x303050));
    List<Observation> alone = new ArrayList<>();
    for (Drawing drawing : drawings) {
      try (ContrastDetector fresh = new ContrastDetector()) {
        alone.add(fresh.detect(drawing.photograph()));
      }
    }
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < drawings.size(); i++) {
        int k = (i * (round + 1) + round) % drawings.size();
        assertThat(detector.detect(drawings.get(k).photograph())).isEqualTo(alone.get(k));
      }
    }
  }

  private List<Detection> detections(Drawing drawing) throws InputException {
    return detector.detect(drawing.photograph()).detections();
  }

  private static Drawing well() {
    return Drawing.ground(WIDTH, HEIGHT, Drawing.BRIGHT);
  }

  private static BoundingBox around(double x, double y, double across, double down) {
    return new BoundingBox(
        (float) (x - across), (float) (y - down), (float) (x + across), (float) (y + down));
  }
}
