package dev.instar.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxRecord;
import dev.instar.crop.BoxRecords;
import dev.instar.crop.CropRule;
import dev.instar.crop.Detection;
import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.crop.Quality;
import dev.instar.image.Region;
import dev.instar.memory.Bytes;
import dev.instar.pack.Content;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The detector with its own weights on real photographs. */
final class ContrastPhotosTest {
  /** Of the photograph's sides: what a body or leg may reach out of its box. */
  private static final double REACH = 0.03;

  /** Boxes around body, legs and feelers, drawn by hand to some ten pixels. */
  @ParameterizedTest
  @CsvSource({
    "Archaeognatha, 557, 716, 1769, 1416",
    "Blattodea, 1036, 578, 2099, 1515",
    "Dermaptera, 507, 66, 2011, 2033",
    "Diptera, 276, 309, 2590, 1785",
    "Embioptera, 507, 0, 2617, 1851",
    "Ephemeroptera, 700, 66, 2320, 2000",
    "Hymenoptera, 981, 612, 1730, 1692",
    "Lepidoptera, 579, 496, 1835, 1559",
    "Neuroptera, 1174, 882, 1752, 2044",
    "Psocodea, 788, 507, 1741, 1862",
    "Strepsiptera, 1185, 964, 1609, 1245",
    "Trichoptera, 386, 474, 2088, 1400"
  })
  void theWholeInsectLiesInsideItsBox(String order, float x0, float y0, float x1, float y1)
      throws IOException {
    Observation observation = look(SharedData.path("data/photos/" + order + ".jpg"));
    BoundingBox box = observation.best().orElseThrow().box();
    double across = REACH * observation.photograph().width();
    double down = REACH * observation.photograph().height();
    assertThat(observation.detections()).hasSize(1);
    assertThat((double) box.x0()).isLessThan(x0 + across);
    assertThat((double) box.y0()).isLessThan(y0 + down);
    assertThat((double) box.x1()).isGreaterThan(x1 - across);
    assertThat((double) box.y1()).isGreaterThan(y1 - down);
    assertThat(box.iou(new BoundingBox(x0, y0, x1, y1))).isGreaterThan(0.85);
  }

  /** Where the published crops lie in their originals, found by matching them over all scales. */
  @ParameterizedTest
  @CsvSource({
    "BIOUG68001-C12, 151, 110, 214, 165",
    "BIOUG68020-A01, 146, 92, 252, 164",
    "BIOUG68021-F12, 130, 91, 235, 187"
  })
  void cropsAreAboutThoseOfTheReference(String specimen, float x0, float y0, float x1, float y1)
      throws IOException {
    Observation observation = look(SharedData.path("data/crops/" + specimen + ".jpg"));
    Region crop =
        CropRule.REFERENCE.cropOf(observation.best().orElseThrow().box(), observation.photograph());
    BoundingBox ours = new BoundingBox(crop.x(), crop.y(), crop.right(), crop.bottom());
    assertThat(ours.iou(new BoundingBox(x0, y0, x1, y1))).isGreaterThanOrEqualTo(0.8);
  }

  /** Cross-validation is FitContrast's; here the weights have seen the photographs. */
  @Test
  @Tag("slow")
  void difficultWellsAreFoundAndEmptyOnesLeft() throws IOException {
    Path wells = SharedData.path("data/wells");
    int boxed = 0;
    int recalled = 0;
    double overlaps = 0;
    int[] all = new int[2];
    int[] without = new int[2];
    try (ContrastDetector detector = new ContrastDetector()) {
      for (BoxRecord label : BoxRecords.read(wells.resolve("labels.csv"))) {
        Photograph photograph = photograph(wells.resolve(label.name()));
        Optional<Detection> best = detector.detect(photograph).best();
        int empty = label.verdict().equals(Optional.of(Quality.EMPTY)) ? 1 : 0;
        all[empty]++;
        without[empty] += best.isEmpty() ? 1 : 0;
        if (!label.detections().isEmpty()) {
          BoundingBox truth = label.detections().get(0).box();
          double overlap = best.map(found -> found.box().iou(truth)).orElse(0.0);
          boxed++;
          overlaps += overlap;
          recalled += overlap >= 0.5 ? 1 : 0;
        }
      }
    }
    assertThat(overlaps / boxed).isGreaterThan(0.66);
    assertThat((double) recalled / boxed).isGreaterThan(0.72);
    assertThat((double) without[1] / all[1]).isGreaterThan(0.9);
    assertThat((double) without[0] / all[0]).isLessThan(0.08);
  }

  private static Observation look(Path file) throws IOException {
    try (ContrastDetector detector = new ContrastDetector()) {
      return detector.detect(photograph(file));
    }
  }

  private static Photograph photograph(Path file) throws IOException {
    return Photograph.of(
        new Content.Encoded(Bytes.copyOf(Files.readAllBytes(file))), Long.MAX_VALUE);
  }
}
