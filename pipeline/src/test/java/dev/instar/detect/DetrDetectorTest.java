package dev.instar.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.crop.BoundingBox;
import dev.instar.crop.Detection;
import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.detect.DetrDetector.Choice;
import dev.instar.image.InputException;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.model.DetrOptions;
import dev.instar.model.TinyDetr;
import dev.instar.pack.Content;
import dev.instar.testing.SharedData;
import dev.instar.torch.LibTorch;
import dev.instar.torch.StoredTensor;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DETR on photographs, from their bytes to boxes in their pixels. */
final class DetrDetectorTest {
  private static final Choice ALL = new Choice(0, 100);
  private static final int QUERIES = TinyDetr.OPTIONS.queries();

  @TempDir static Path shared;
  private static Path weights;

  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    LibTorch.load(1);
    weights = TinyDetr.write(shared.resolve("tiny.safetensors"), TinyDetr.weights());
    new DetectorFile(TinyDetr.OPTIONS, 48, 64).write(shared);
  }

  private static JsonNode golden(String file) throws IOException {
    return new ObjectMapper().readTree(SharedData.path("golden/transforms/" + file).toFile());
  }

  /** Noise, of which no part looks like another. */
  private static Photograph photograph(int width, int height, long seed) {
    byte[] pixels = new byte[3 * width * height];
    new Random(seed).nextBytes(pixels);
    Size size = new Size(width, height);
    try {
      return Photograph.of(new Content.Pixels(Bytes.copyOf(pixels), size), Long.MAX_VALUE);
    } catch (InputException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Observation> look(DetrDetector detector, Photograph... photographs)
      throws IOException {
    List<DetrDetector.Prepared> prepared = new ArrayList<>();
    try (DetrDetector.Preparation preparation = detector.preparation()) {
      for (Photograph photograph : photographs) {
        prepared.add(preparation.prepare(photograph));
      }
      return detector.detect(prepared);
    } finally {
      prepared.forEach(DetrDetector.Prepared::close);
    }
  }

  @Test
  void picturesGetTheSizesOfTheOriginal() throws IOException {
    JsonNode sizes = golden("detector_input_expected.json").get("sizes");
    assertThat(sizes).hasSize(27);
    for (JsonNode row : sizes) {
      assertThat(InputSize.REFERENCE.of(new Size(row.get(0).asInt(), row.get(1).asInt())))
          .as("%s", row)
          .isEqualTo(new Size(row.get(2).asInt(), row.get(3).asInt()));
    }
  }

  @Test
  void noPictureIsLongerThanTheLongestSideOrWithoutArea() {
    for (int longer = 7; longer < 40_000; longer += 61) {
      Size size = InputSize.REFERENCE.of(new Size(7, longer));
      assertThat(size.height()).isBetween(1, 1333);
      assertThat(size.width()).isBetween(1, 800);
    }
  }

  @Test
  void picturesAreResizedAndNormalisedAsByTheOriginal() throws IOException {
    JsonNode golden = golden("detector_input_expected.json");
    try (DetrPreparation preparation = new DetrPreparation(InputSize.REFERENCE)) {
      for (JsonNode expected : golden.get("photos")) {
        Path file = SharedData.path("golden/transforms/" + expected.get("png").asText());
        Content content = new Content.Encoded(Bytes.copyOf(Files.readAllBytes(file)));
        try (PreparedPicture picture =
            preparation.prepare(Photograph.of(content, Long.MAX_VALUE))) {
          assertSame(picture, expected, golden.get("std"));
        }
      }
    }
  }

  private static void assertSame(PreparedPicture picture, JsonNode expected, JsonNode std) {
    Size size = picture.size();
    assertThat(size)
        .isEqualTo(new Size(expected.at("/resized/0").asInt(), expected.at("/resized/1").asInt()));
    assertThat(picture.photograph())
        .isEqualTo(new Size(expected.at("/size/0").asInt(), expected.at("/size/1").asInt()));
    FloatBuffer values = picture.values().order(ByteOrder.nativeOrder()).asFloatBuffer();
    int plane = (int) size.pixels();
    assertThat(values.remaining()).isEqualTo(3 * plane);
    for (JsonNode value : expected.get("tensor_values_c_y_x_value")) {
      int c = value.get(0).asInt();
      int at = c * plane + value.get(1).asInt() * size.width() + value.get(2).asInt();
      double level = 1 / 255.0 / std.get(c).asDouble();
      assertThat(values.get(at))
          .isCloseTo((float) value.get(3).asDouble(), within((float) (1.001 * level)));
    }
    for (int c = 0; c < 3; c++) {
      double sum = 0;
      for (int i = 0; i < plane; i++) {
        sum += values.get(c * plane + i);
      }
      assertThat(sum / plane)
          .isCloseTo(expected.get("tensor_mean").get(c).asDouble(), within(2e-4));
    }
  }

  @Test
  void theReferenceTakesTheFirstOfTheBestQueriesWhateverItsScore() throws IOException {
    for (JsonNode given : golden("pick_box_expected.json").get("cases")) {
      float[] scores = new float[given.get("logits").size()];
      for (int i = 0; i < scores.length; i++) {
        JsonNode logits = given.get("logits").get(i);
        scores[i] =
            (float) (1 / (1 + Math.exp(logits.get(1).asDouble() - logits.get(0).asDouble())));
      }
      int best = given.get("best_query").asInt();

      assertThat(Choice.REFERENCE.of(scores)).containsExactly(best);

      assertThat((double) scores[best])
          .isCloseTo(given.get("probability").asDouble(), within(1e-6));
      float[] box = new float[4];
      for (int i = 0; i < 4; i++) {
        box[i] = (float) given.get("boxes_cxcywh").get(best).get(i).asDouble();
      }
      Size size = new Size(given.at("/image_size/0").asInt(), given.at("/image_size/1").asInt());
      JsonNode corners = given.get("box_xyxy_pixels");
      assertThat(BoundingBox.ofCentre(box[0], box[1], box[2], box[3], size))
          .isEqualTo(
              new BoundingBox(
                  (float) corners.get(0).asDouble(),
                  (float) corners.get(1).asDouble(),
                  (float) corners.get(2).asDouble(),
                  (float) corners.get(3).asDouble()));
    }
  }

  @Test
  void severalBoxesAreTheBestOnesFromTheLeastScoreOn() {
    float[] scores = {0.2f, 0.9f, Float.NaN, 0.5f, 0.9f, 0.1f};
    assertThat(new Choice(0, 9).of(scores)).containsExactly(1, 4, 3, 0, 5);
    assertThat(new Choice(0, 3).of(scores)).containsExactly(1, 4, 3);
    assertThat(new Choice(0.5, 9).of(scores)).containsExactly(1, 4, 3);
    assertThat(new Choice(0.95, 9).of(scores)).isEmpty();
    assertThatThrownBy(() -> new Choice(1.5, 1)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> new Choice(0, 0)).hasMessageContaining("at most 0");
  }

  @Test
  void aBatchFindsWhatEachPhotographAloneGives() throws IOException {
    Photograph[] three = {
      photograph(80, 60, 1), photograph(80, 60, 2), photograph(80, 60, 3),
    };
    try (DetrDetector detector = DetrDetector.load(weights, ALL, 4)) {
      List<Observation> together = look(detector, three);
      assertThat(together).hasSize(3);
      for (int i = 0; i < 3; i++) {
        assertThat(together.get(i).detections()).hasSize(QUERIES);
        assertClose(together.get(i), look(detector, three[i]).get(0));
      }
      assertThat(together.get(0)).isNotEqualTo(together.get(1));
    }
  }

  @Test
  void photographsOfMixedSizesKeepTheirOrder() throws IOException {
    Photograph[] mixed = new Photograph[7];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = i % 3 == 0 ? photograph(60, 90, i) : photograph(80, 60 + i % 2, i);
    }
    try (DetrDetector detector = DetrDetector.load(weights, ALL, 2)) {
      List<Observation> together = look(detector, mixed);
      assertThat(together).hasSize(mixed.length);
      for (int i = 0; i < mixed.length; i++) {
        assertThat(together.get(i).photograph()).isEqualTo(mixed[i].size());
        assertClose(together.get(i), look(detector, mixed[i]).get(0));
      }
      assertThat(detector.detect(List.of())).isEmpty();
    }
  }

  /** Boxes are in pixels of photographs of up to 100. */
  private static void assertClose(Observation actual, Observation expected) {
    assertThat(actual.detections()).hasSameSizeAs(expected.detections());
    for (int i = 0; i < expected.detections().size(); i++) {
      Detection one = actual.detections().get(i);
      Detection other = expected.detections().get(i);
      assertThat(one.score()).isCloseTo(other.score(), within(1e-5f));
      assertThat(one.box().x0()).isCloseTo(other.box().x0(), within(1e-3f));
      assertThat(one.box().y0()).isCloseTo(other.box().y0(), within(1e-3f));
      assertThat(one.box().x1()).isCloseTo(other.box().x1(), within(1e-3f));
      assertThat(one.box().y1()).isCloseTo(other.box().y1(), within(1e-3f));
    }
  }

  @Test
  void theLeastScoreAndTheMostBoxesDecideWhatIsKept() throws IOException {
    Photograph photograph = photograph(80, 60, 1);
    List<Detection> all;
    try (DetrDetector detector = DetrDetector.load(weights, ALL, 1)) {
      all = look(detector, photograph).get(0).detections();
    }
    float second = all.get(1).score();
    try (DetrDetector two = DetrDetector.load(weights, new Choice(second, QUERIES), 1);
        DetrDetector one = DetrDetector.load(weights, new Choice(0, 1), 1);
        DetrDetector none = DetrDetector.load(weights, new Choice(1, 1), 1)) {
      assertThat(look(two, photograph).get(0).detections())
          .containsExactlyElementsOf(all.subList(0, 2));
      assertThat(look(one, photograph).get(0).detections()).containsExactly(all.get(0));
      assertThat(look(none, photograph).get(0).detections()).isEmpty();
    }
  }

  @Test
  void queriesWhoseBoxesAreNoNumbersFindNothing() throws IOException {
    Map<String, StoredTensor> large = TinyDetr.weights();
    // 3e38, then infinity, then 0 times that.
    large.put("bbox_predictor.layers.0.weight", TinyDetr.filled(0, 16, 16));
    large.put("bbox_predictor.layers.0.bias", TinyDetr.filled(3e38f, 16));
    large.put("bbox_predictor.layers.1.weight", TinyDetr.filled(3e38f, 16, 16));
    large.put("bbox_predictor.layers.2.weight", TinyDetr.filled(0, 4, 16));
    Path file = TinyDetr.write(folder.resolve("large.safetensors"), large);
    try (DetrDetector detector = DetrDetector.load(file, Choice.REFERENCE, 1)) {
      assertThat(look(detector, photograph(80, 60, 1)).get(0).detections()).isEmpty();
    }
  }

  @Test
  void theDescriptionBesideTheWeightsSaysHowLargePicturesAre() throws IOException {
    new DetectorFile(TinyDetr.OPTIONS, 32, 40).write(folder);
    Path copy = Files.copy(weights, folder.resolve("tiny.safetensors"));
    try (DetrDetector detector = DetrDetector.load(copy, ALL, 1);
        DetrDetector.Preparation preparation = detector.preparation();
        PreparedPicture picture = (PreparedPicture) preparation.prepare(photograph(80, 60, 1))) {
      assertThat(picture.size()).isEqualTo(new Size(40, 30));
      assertThat(preparation.memoryFor(photograph(80, 60, 1)))
          .isGreaterThanOrEqualTo(3 * (80 * 60 + 40 * 30) + 12 * 40 * 30);
    }
  }

  @Test
  void aDescriptionOfAnotherDetectorIsRefused() throws IOException {
    Path copy = Files.copy(weights, folder.resolve("tiny.safetensors"));
    new DetectorFile(DetrOptions.REFERENCE, 48, 64).write(folder);
    assertThatThrownBy(() -> DetrDetector.load(copy, ALL, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(folder.resolve("detector.json") + " is not of tiny.safetensors")
        .hasMessageContaining("queries=100")
        .hasMessageContaining("queries=4");
  }

  @Test
  void aDetectorOfManyKindsOfThingsIsRefusedWithWhatToDo() throws IOException {
    Path file = TinyDetr.write(folder.resolve("coco.safetensors"), TinyDetr.weightsOfLabels(91));
    assertThatThrownBy(() -> DetrDetector.load(file, ALL, 1))
        .isInstanceOf(InputException.class)
        .hasMessage(
            file
                + " tells 91 kinds of things, none of which is known to be an insect; train it for"
                + " one: instar crop train --weights coco.safetensors");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"'' | is empty", "'<!doctype html><html>404</html>' | is a web page", "PK | "})
  void whatIsNoFileOfWeightsIsNamed(String content, String sentence) throws IOException {
    Path file = Files.writeString(folder.resolve("weights.pth"), content);
    assertThatThrownBy(() -> DetrDetector.load(file, ALL, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(sentence == null ? "" : sentence);
    Path missing = folder.resolve("missing.pth");
    assertThatThrownBy(() -> DetrDetector.load(missing, ALL, 1))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void lookingAndLoadingLeaveNothingBehind() throws IOException {
    long buffers = NativeBuffer.allocatedBytes();
    try (DetrDetector detector = DetrDetector.load(weights, ALL, 2)) {
      look(detector, 50);
      long before = Pointer.physicalBytes();
      look(detector, 200);
      // One forward pass of two pictures takes 2 MB.
      assertThat(Pointer.physicalBytes() - before).isLessThan(64L << 20);
    }
    load(5);
    long before = Pointer.physicalBytes();
    load(40);
    // The weights take 3 MB.
    assertThat(Pointer.physicalBytes() - before).isLessThan(48L << 20);
    assertThat(NativeBuffer.allocatedBytes()).isEqualTo(buffers);
  }

  private static void look(DetrDetector detector, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      look(detector, photograph(80, 60, i), photograph(80, 60, i + 1));
    }
  }

  private static void load(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      DetrDetector.load(weights, ALL, 1).close();
    }
  }
}
