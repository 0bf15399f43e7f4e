package dev.instar.crop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.crop.AveragePrecision.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class AveragePrecisionTest {
  /**
   * The values are those of pycocotools' COCOeval: its evaluateImg, accumulate and summarize
   * (cocodataset/cocoapi 03ed8bda, cocoeval.py) run in NumPy 1.24 on one category without crowds.
   * The collections were drawn at random, some with equal scores, one with more than 100 boxes.
   */
  @Test
  void agreesWithCocoEvaluation() throws IOException {
    JsonNode cases;
    try (InputStream resource = getClass().getResourceAsStream("average-precision.json")) {
      cases = new ObjectMapper().readTree(resource);
    }
    assertThat(cases).hasSize(9);
    for (JsonNode each : cases) {
      List<Double> expected = new ArrayList<>();
      each.get("expected").forEach(value -> expected.add(value.asDouble()));
      double[] values = values(AveragePrecision.of(pictures(each.get("pictures"))));
      for (int i = 0; i < values.length; i++) {
        assertThat(values[i]).as("value " + i).isCloseTo(expected.get(i), within(1e-12));
      }
    }
  }

  private static double[] values(AveragePrecision of) {
    return new double[] {
      of.ap(), of.ap50(), of.ap75(), of.apSmall(), of.apMedium(), of.apLarge(),
      of.ar1(), of.ar10(), of.ar100(), of.arSmall(), of.arMedium(), of.arLarge()
    };
  }

  private static List<Picture> pictures(JsonNode json) {
    List<Picture> pictures = new ArrayList<>();
    for (JsonNode picture : json) {
      List<BoundingBox> truth = new ArrayList<>();
      picture.get("truth").forEach(numbers -> truth.add(box(numbers)));
      List<Detection> found = new ArrayList<>();
      picture
          .get("found")
          .forEach(
              numbers -> found.add(new Detection(box(numbers), (float) numbers.get(4).asDouble())));
      pictures.add(new Picture(found, truth));
    }
    return pictures;
  }

  private static BoundingBox box(JsonNode numbers) {
    double x = numbers.get(0).asDouble();
    double y = numbers.get(1).asDouble();
    return new BoundingBox(
        (float) x,
        (float) y,
        (float) (x + numbers.get(2).asDouble()),
        (float) (y + numbers.get(3).asDouble()));
  }

  @Property(tries = 60)
  void findingEveryBoxIsPerfectWhateverTheScores(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int most) {
    Random random = new Random(seed);
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      List<Detection> found = new ArrayList<>();
      for (int b = random.nextInt(most) + (i == 0 ? 1 : 0); b > 0; b--) {
        found.add(new Detection(box(random), random.nextInt(4) / 3f));
      }
      pictures.add(new Picture(found, found.stream().map(Detection::box).toList()));
    }
    AveragePrecision measured = AveragePrecision.of(pictures);
    assertThat(measured.ap()).isCloseTo(1, within(1e-12));
    assertThat(measured.ar100()).isEqualTo(1);
  }

  @Property(tries = 60)
  void theOrderDoesNotMatterWhereScoresDiffer(@ForAll long seed) {
    Random random = new Random(seed);
    List<Picture> pictures = new ArrayList<>();
    int score = 0;
    for (int i = 0; i < 6; i++) {
      List<Detection> found = new ArrayList<>();
      List<BoundingBox> truth = new ArrayList<>();
      for (int b = random.nextInt(4); b > 0; b--) {
        BoundingBox box = box(random);
        truth.add(box);
        score++;
        found.add(new Detection(shifted(box, random.nextInt(9)), (score * 7919 % 101) / 101f));
      }
      pictures.add(new Picture(found, truth));
    }
    double[] before = values(AveragePrecision.of(pictures));
    Collections.shuffle(pictures, random);
    pictures.replaceAll(
        picture -> {
          List<Detection> shuffled = new ArrayList<>(picture.found());
          Collections.shuffle(shuffled, random);
          return new Picture(shuffled, picture.truth());
        });
    assertThat(values(AveragePrecision.of(pictures))).containsExactly(before, within(1e-12));
  }

  @Property(tries = 60)
  void aWorseBoxMoreNeverRaisesPrecisionNorLowersRecall(@ForAll long seed) {
    Random random = new Random(seed);
    List<Picture> pictures = new ArrayList<>();
    List<Picture> more = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      BoundingBox box = box(random);
      List<Detection> found =
          new ArrayList<>(
              List.of(
                  new Detection(shifted(box, random.nextInt(9)), .5f + random.nextInt(40) / 100f)));
      pictures.add(new Picture(List.copyOf(found), List.of(box)));
      found.add(new Detection(new BoundingBox(900, 900, 950, 950), .95f));
      more.add(new Picture(found, List.of(box)));
    }
    AveragePrecision few = AveragePrecision.of(pictures);
    AveragePrecision many = AveragePrecision.of(more);
    assertThat(many.ap()).isLessThanOrEqualTo(few.ap());
    assertThat(many.ar100()).isEqualTo(few.ar100());
  }

  @Test
  void iouIsTheSharedPartOfWhatBothHave() {
    BoundingBox box = new BoundingBox(0, 0, 4, 2);
    assertThat(box.iou(box)).isEqualTo(1);
    assertThat(box.iou(new BoundingBox(2, 0, 6, 2))).isEqualTo(1 / 3.0);
    assertThat(box.iou(new BoundingBox(4, 0, 6, 2))).isZero();
    assertThat(box.iou(new BoundingBox(1, 1, 1, 1))).isZero();
    assertThat(new BoundingBox(1, 1, 1, 1).iou(new BoundingBox(1, 1, 1, 1))).isZero();
  }

  private static BoundingBox box(Random random) {
    float x = random.nextInt(300);
    float y = random.nextInt(300);
    return new BoundingBox(x, y, x + 5 + random.nextInt(150), y + 5 + random.nextInt(150));
  }

  private static BoundingBox shifted(BoundingBox box, int by) {
    return new BoundingBox(box.x0() + by, box.y0(), box.x1() + by, box.y1());
  }
}
