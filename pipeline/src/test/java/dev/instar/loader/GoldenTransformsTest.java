package dev.instar.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.image.BatchFormat;
import dev.instar.image.BatchFormat.Layout;
import dev.instar.image.Normalisation;
import dev.instar.image.PixelType;
import dev.instar.image.Size;
import dev.instar.loader.Augmentation.Cropping;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import dev.instar.testing.SharedData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole samples against what torchvision 0.14.1 made of the same files. */
final class GoldenTransformsTest {
  private static final BatchFormat BYTES =
      new BatchFormat(
          new Size(224, 224), Layout.CHANNELS_LAST, PixelType.UINT8, Normalisation.NONE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "landscape_1000x700",
        "portrait_431x643",
        "small_97x131",
        "square_512",
        "odd_601x257",
        "wide_800x90"
      })
  void evaluationCutsTheMiddleOutAsTheReferenceDoes(String photo) throws Exception {
    check(photo, "_resize256_center224", Augmentation.evaluation(256, 224));
  }

  @ParameterizedTest
  @ValueSource(strings = {"portrait_431x643", "small_97x131"})
  void squashingResizesBothSidesAsTheReferenceDoes(String photo) throws Exception {
    Augmentation middle = Augmentation.evaluation(256, 224);
    check(
        photo,
        "_resize224x224",
        new Augmentation(
            Cropping.SQUASH,
            middle.resize(),
            middle.crop(),
            middle.scale(),
            middle.ratio(),
            0,
            0,
            false,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0));
  }

  private static void check(String photo, String what, Augmentation augmentation)
      throws IOException, InterruptedException {
    Path picture = SharedData.path("golden/transforms/" + photo + ".png");
    Path expected = SharedData.path("golden/transforms/" + photo + what + ".png");
    PlanOf plan = new PlanOf().augmentation(augmentation).format(BYTES);
    try (ImageSource source = Sources.open(List.of(picture.toString()), Limits.DEFAULT);
        BatchLoader loader = BatchLoader.open(Samples.unlabelled(source), plan.plan())) {
      byte[] sample = Copied.epoch(loader, 0, 0).get(0).images();
      BufferedImage golden = ImageIO.read(expected.toFile());
      int largest = 0;
      for (int at = 0; at < sample.length; at++) {
        int pixel = at / 3;
        int rgb = golden.getRGB(pixel % 224, pixel / 224);
        int level = rgb >> (16 - 8 * (at % 3)) & 0xff;
        largest = Math.max(largest, Math.abs(level - (sample[at] & 0xff)));
      }
      assertThat(largest).isLessThanOrEqualTo(1);
    }
  }
}
