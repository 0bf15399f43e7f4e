package dev.instar.crop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.testing.SharedData;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

final class CropRuleTest {
  @Test
  void cropsEveryGoldenCaseAsTheReferenceDoes() throws Exception {
    JsonNode cases =
        new ObjectMapper()
            .readTree(SharedData.path("golden/transforms/crop_expected.json").toFile())
            .get("cases");
    assertThat(cases).hasSize(112);
    int empty = 0;
    SoftAssertions softly = new SoftAssertions();
    for (JsonNode golden : cases) {
      Size size =
          new Size(golden.at("/image_size/0").intValue(), golden.at("/image_size/1").intValue());
      BoundingBox box = centred(golden.get("pred_box_cxcywh"), size);
      assertThat(corners(box.rounded())).isEqualTo(doubles(golden.get("rounded_box")));
      CropRule rule =
          new CropRule(
              golden.get("ratio").doubleValue(), golden.get("equal_extend").booleanValue());
      if (golden.get("output_rgb_sha256").isNull()) {
        empty++;
        softly
            .assertThatThrownBy(() -> rule.cropOf(box, size))
            .isInstanceOfSatisfying(
                InputException.class, e -> assertThat(e.fault()).isEqualTo(Fault.EMPTY_BOX));
        continue;
      }
      Region crop = rule.cropOf(box, size);
      double[] scaled = {crop.x(), crop.y(), crop.right(), crop.bottom()};
      softly.assertThat(scaled).as(golden.toString()).isEqualTo(doubles(golden.get("scaled_box")));
      softly
          .assertThat(sha256OfCrop(crop, size))
          .as(golden.toString())
          .isEqualTo(golden.get("output_rgb_sha256").textValue());
    }
    softly.assertAll();
    assertThat(empty).isEqualTo(3);
  }

  @Test
  void roundsHalvesToTheEvenPixelAndTruncatesTowardZero() throws InputException {
    BoundingBox box = new BoundingBox(0.5f, 1.5f, 10.5f, 11.5f);
    assertThat(box.rounded()).isEqualTo(new BoundingBox(0, 2, 10, 12));
    // 10 x 10 at 0, 2 grows by 0.5 * 0.3 * 10 = 1.5 a side: -1.5, 0.5, 11.5, 13.5.
    CropRule rule = new CropRule(1.3, true);
    assertThat(rule.cropOf(box, new Size(20, 20))).isEqualTo(new Region(-1, 0, 12, 13));
  }

  @Test
  void refusesACropThatSharesNoPixelWithThePhotograph() {
    Size size = new Size(100, 80);
    assertThatThrownBy(() -> CropRule.REFERENCE.cropOf(new BoundingBox(130, 10, 150, 30), size))
        .isInstanceOfSatisfying(
            InputException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BOX_OUTSIDE))
        .hasMessageContaining("130")
        .hasMessageContaining("100x80");
  }

  @Test
  void keepsACropOfABoxOutsideIfItsMarginReachesIn() throws InputException {
    Region crop = CropRule.REFERENCE.cropOf(new BoundingBox(102, 10, 122, 30), new Size(100, 80));
    assertThat(crop).isEqualTo(new Region(98, 6, 28, 28));
  }

  @Test
  void refusesBoxesSoFarAwayThatSumsWouldOverflow() {
    BoundingBox huge = new BoundingBox(-3e38f, -3e38f, 3e38f, 3e38f);
    assertThatThrownBy(() -> CropRule.REFERENCE.cropOf(huge, new Size(10, 10)))
        .isInstanceOfSatisfying(
            InputException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BOX_OUTSIDE));
  }

  @Test
  void refusesRatiosThatMeanNothing() {
    assertThatThrownBy(() -> new CropRule(0, true)).hasMessageContaining("ratio");
    assertThatThrownBy(() -> new CropRule(Double.NaN, true)).hasMessageContaining("ratio");
    assertThatThrownBy(() -> new CropRule(Double.POSITIVE_INFINITY, true))
        .hasMessageContaining("ratio");
  }

  @Test
  void refusesBoxesThatAreNoRectangle() {
    assertThatThrownBy(() -> new BoundingBox(0, Float.NaN, 1, 1)).hasMessageContaining("finite");
    assertThatThrownBy(() -> new BoundingBox(0, 0, Float.POSITIVE_INFINITY, 1))
        .hasMessageContaining("finite");
    assertThatThrownBy(() -> new BoundingBox(3, 0, 2, 1)).hasMessageContaining("negative");
  }

  private static String sha256OfCrop(Region crop, Size size) throws Exception {
    try (PixelBuffer photograph = new PixelBuffer(size);
        PixelBuffer cut = new PixelBuffer(crop.size())) {
      ByteBuffer pixels = photograph.asByteBuffer();
      for (int y = 0; y < size.height(); y++) {
        for (int x = 0; x < size.width(); x++) {
          pixels.put((byte) ((x + y) % 235));
          pixels.put((byte) ((x + y) * 2 % 235));
          pixels.put((byte) ((x + y) * 3 % 235));
        }
      }
      Canvas.lay(photograph, Region.of(size), cut, crop, 0xf0f0f0);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(cut.asByteBuffer());
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  private static BoundingBox centred(JsonNode box, Size size) {
    return BoundingBox.ofCentre(
        (float) box.get(0).doubleValue(),
        (float) box.get(1).doubleValue(),
        (float) box.get(2).doubleValue(),
        (float) box.get(3).doubleValue(),
        size);
  }

  private static double[] corners(BoundingBox box) {
    return new double[] {box.x0(), box.y0(), box.x1(), box.y1()};
  }

  private static double[] doubles(JsonNode list) {
    double[] values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i).doubleValue();
    }
    return values;
  }
}
