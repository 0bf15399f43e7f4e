package dev.instar.train.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.crop.BoundingBox;
import dev.instar.image.BatchFormat;
import dev.instar.image.CorruptImageException;
import dev.instar.image.Normalisation;
import dev.instar.image.PixelType;
import dev.instar.image.SampleConverter;
import dev.instar.image.SamplePlan;
import dev.instar.image.Size;
import dev.instar.memory.NativeBuffer;
import dev.instar.train.detection.SetCriterion.Target;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class DetectionDrawTest {
  private static final DetectionAugmentation ALL =
      new DetectionAugmentation(0.5, 0.5, 0.8, 0.2, 1.5, 0, 0, 0, 0);

  /** Halfway between the well and an insect, as values from 0 to 1. */
  private static final float INSECT = 0.58f;

  @Property(tries = 300)
  void theBoxGoesWhereThePixelsGo(
      @ForAll @IntRange(min = 12, max = 90) int width,
      @ForAll @IntRange(min = 12, max = 90) int height,
      @ForAll @IntRange(min = 12, max = 70) int across,
      @ForAll @IntRange(min = 12, max = 70) int along,
      @ForAll long seed)
      throws CorruptImageException {
    Size photograph = new Size(width, height);
    Size picture = new Size(across, along);
    BoundingBox insect = wholePixels(new SplittableRandom(seed), photograph, 6);
    SamplePlan plan = new SamplePlan();
    Target target =
        new DetectionDraw(ALL, seed).into(plan, 3, 5, photograph, List.of(insect), picture);
    assertThat(target.things()).isEqualTo(1);
    float[] box = target.boxes();
    double left = (box[0] - box[2] / 2.0) * across;
    double right = (box[0] + box[2] / 2.0) * across;
    double top = (box[1] - box[3] / 2.0) * along;
    double bottom = (box[1] + box[3] / 2.0) * along;
    // The filter blurs an edge by up to a pixel; of an enlarged corner it takes a part away.
    double enlarged = Math.max(box[2] * across / insect.width(), box[3] * along / insect.height());
    double blurred = Math.max(1.1, enlarged);
    boolean[] insectAt = thresholded(photograph, insect, plan, picture);
    for (int y = 0; y < along; y++) {
      for (int x = 0; x < across; x++) {
        // A pixel's centre decides.
        double inside =
            Math.min(
                Math.min(x + 0.5 - left, right - x - 0.5),
                Math.min(y + 0.5 - top, bottom - y - 0.5));
        if (Math.abs(inside) > blurred) {
          assertThat(insectAt[y * across + x])
              .as("pixel %d, %d of %s", x, y, target)
              .isEqualTo(inside > 0);
        }
      }
    }
  }

  /** Where the converted picture shows the insect. */
  private static boolean[] thresholded(
      Size photograph, BoundingBox insect, SamplePlan plan, Size picture) {
    BatchFormat format =
        new BatchFormat(picture, BatchFormat.Layout.NCHW, PixelType.FLOAT32, Normalisation.NONE);
    try (SampleConverter converter = SampleConverter.best(format);
        NativeBuffer slot = NativeBuffer.allocate(format.sampleBytes())) {
      var pixels = DrawnPhotographs.pixels(photograph, insect);
      converter.pixels(pixels.bytes().address(), plan, slot.address());
      FloatBuffer values = slot.asByteBuffer().asFloatBuffer();
      boolean[] above = new boolean[picture.width() * picture.height()];
      for (int i = 0; i < above.length; i++) {
        above[i] = values.get(i) > INSECT;
      }
      return above;
    }
  }

  @Property(tries = 300)
  void aPartKeepsTheCentreOfOneOfManyAndBoxesStayInside(
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll @IntRange(min = 1, max = 300) int height,
      @ForAll @IntRange(min = 1, max = 6) int things,
      @ForAll long seed)
      throws CorruptImageException {
    Size photograph = new Size(width, height);
    SplittableRandom random = new SplittableRandom(seed);
    List<BoundingBox> boxes = new ArrayList<>();
    for (int i = 0; i < things; i++) {
      boxes.add(wholePixels(random, photograph, 1));
    }
    DetectionAugmentation tight = new DetectionAugmentation(0.5, 0.5, 1, 0.01, 2, 0, 0, 0, 0);
    Target target =
        new DetectionDraw(tight, seed)
            .into(new SamplePlan(), 0, 0, photograph, boxes, new Size(32, 32));
    assertThat(target.things()).isBetween(1, things);
    for (int i = 0; i < target.things(); i++) {
      for (int axis = 0; axis < 2; axis++) {
        float centre = target.boxes()[4 * i + axis];
        float size = target.boxes()[4 * i + 2 + axis];
        assertThat(centre - size / 2).isGreaterThanOrEqualTo(-1e-6f);
        assertThat(centre + size / 2).isLessThanOrEqualTo(1 + 1e-6f);
      }
    }
  }

  private static BoundingBox wholePixels(SplittableRandom random, Size size, int least) {
    int width = random.nextInt(least, size.width() + 1);
    int height = random.nextInt(least, size.height() + 1);
    int x = random.nextInt(size.width() - width + 1);
    int y = random.nextInt(size.height() - height + 1);
    return new BoundingBox(x, y, x + width, y + height);
  }

  @Test
  void isTheSameForTheSameSeedEpochAndRecordAlone() throws CorruptImageException {
    BoundingBox insect = new BoundingBox(30, 20, 70, 50);
    Set<String> drawn = new HashSet<>();
    for (long seed : new long[] {1, 2}) {
      for (int epoch = 0; epoch < 3; epoch++) {
        for (int record = 0; record < 3; record++) {
          DetectionDraw draw = new DetectionDraw(ALL, seed);
          float[] first = target(draw, epoch, record, insect).boxes();
          target(draw, epoch + 1, record, insect);
          assertThat(target(draw, epoch, record, insect).boxes()).containsExactly(first);
          drawn.add(List.of(first[0], first[1], first[2], first[3]).toString());
        }
      }
    }
    assertThat(drawn).hasSizeGreaterThan(9);
  }

  private static Target target(DetectionDraw draw, int epoch, int record, BoundingBox insect)
      throws CorruptImageException {
    return draw.into(
        new SamplePlan(), epoch, record, new Size(100, 80), List.of(insect), new Size(50, 40));
  }

  @Test
  void changesNothingWhereNothingIsLeftToChance() throws CorruptImageException {
    DetectionDraw draw = new DetectionDraw(DetectionAugmentation.NONE, 4);
    assertThat(target(draw, 7, 7, new BoundingBox(20, 20, 60, 60)).boxes())
        .containsExactly(0.4f, 0.5f, 0.4f, 0.5f);
  }

  @Test
  void emptyWellsAreCroppedAnywhere() throws CorruptImageException {
    DetectionDraw draw = new DetectionDraw(ALL, 4);
    for (int epoch = 0; epoch < 50; epoch++) {
      Target target =
          draw.into(new SamplePlan(), epoch, 1, new Size(9, 7), List.of(), new Size(16, 16));
      assertThat(target.things()).isZero();
    }
  }

  @Test
  void refusesAPhotographThatIsTooLong() {
    Size longest = new Size(SamplePlan.LONGEST_SIDE + 1, 2);
    DetectionDraw draw = new DetectionDraw(DetectionAugmentation.NONE, 4);
    assertThatThrownBy(
            () -> draw.into(new SamplePlan(), 0, 0, longest, List.of(), new Size(16, 16)))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("65536x2");
  }

  @Test
  void refusesChancesThatAreNone() {
    assertThatThrownBy(() -> new DetectionAugmentation(1.5, 0, 0, 1, 1, 0, 0, 0, 0))
        .hasMessageContaining("flip is 1.5");
    assertThatThrownBy(() -> new DetectionAugmentation(0, 0, 1, 0, 1, 0, 0, 0, 0))
        .hasMessageContaining("area is 0.0");
    assertThatThrownBy(() -> new DetectionAugmentation(0, 0, 0, 1, 1, 0, 0, Double.NaN, 0))
        .hasMessageContaining("saturation is NaN");
  }
}
