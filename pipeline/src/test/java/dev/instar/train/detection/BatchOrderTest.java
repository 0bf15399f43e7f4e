package dev.instar.train.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.crop.BoundingBox;
import dev.instar.image.Normalisation;
import dev.instar.image.Size;
import dev.instar.train.detection.BatchOrder.Planned;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchOrderTest {
  private static final BoundingBox INSECT = new BoundingBox(10, 5, 20, 25);
  private static final Size WIDE = new Size(80, 60);
  private static final Size NEARLY_AS_WIDE = new Size(80, 61);
  private static final Size HIGH = new Size(60, 80);

  @TempDir private Path folder;
  private DetectionSamples samples;

  @BeforeEach
  void list() throws IOException {
    DrawnPhotographs photographs = new DrawnPhotographs();
    for (int i = 0; i < 30; i++) {
      photographs.jpeg(i + ".jpg", i % 3 == 0 ? HIGH : i % 3 == 1 ? WIDE : NEARLY_AS_WIDE, INSECT);
    }
    samples = DetectionSamples.of(photographs, photographs.boxes(folder), (location, reason) -> {});
  }

  private static DetectionPlan plan(boolean shuffled, Integer... sides) {
    return new DetectionPlan(
        4,
        shuffled,
        1,
        2,
        9,
        Arrays.asList(sides),
        64,
        DetectionAugmentation.NONE,
        Normalisation.NONE);
  }

  @Test
  void takesEverySampleOnceAndShapesTogether() {
    BatchOrder order = new BatchOrder(samples, plan(true, 24, 32, 40));
    Set<Size> sizes = new HashSet<>();
    for (int epoch = 0; epoch < 5; epoch++) {
      List<Planned> batches = order.of(epoch);
      assertThat(batches).hasSize(3 + 5);
      assertThat(batches.stream().flatMapToInt(batch -> Arrays.stream(batch.samples())))
          .hasSize(30)
          .doesNotHaveDuplicates();
      for (Planned batch : batches) {
        assertThat(batch).isEqualTo(batches.get(batch.number()));
        boolean high = batch.size().height() > batch.size().width();
        assertThat(Arrays.stream(batch.samples())).allMatch(sample -> (sample % 3 == 0) == high);
        sizes.add(batch.size());
      }
    }
    // Three scales of each shape, where that of a batch is its first photograph's.
    assertThat(sizes)
        .contains(new Size(32, 24), new Size(53, 40), new Size(24, 32), new Size(40, 53));
  }

  @Test
  void isAFunctionOfSeedAndEpoch() {
    BatchOrder order = new BatchOrder(samples, plan(true, 24, 32, 40));
    assertThat(flat(order.of(3)))
        .isEqualTo(flat(new BatchOrder(samples, plan(true, 24, 32, 40)).of(3)))
        .isNotEqualTo(flat(order.of(4)));
  }

  private static List<String> flat(List<Planned> batches) {
    return batches.stream().map(b -> b.size() + " " + Arrays.toString(b.samples())).toList();
  }

  @Test
  void measuresInTheOrderOfTheSourceAtEachPhotographsOwnSize() {
    List<Planned> batches = new BatchOrder(samples, plan(false, 24, 40)).of(0);
    for (Planned batch : batches) {
      assertThat(batch.samples()).isSorted();
      for (int sample : batch.samples()) {
        Size own = sample % 3 == 0 ? new Size(40, 53) : new Size(sample % 3 == 1 ? 53 : 52, 40);
        assertThat(batch.size()).isEqualTo(own);
      }
    }
    assertThat(flat(new BatchOrder(samples, plan(false, 24, 40)).of(1))).isEqualTo(flat(batches));
  }

  @Test
  void sizesAreThoseOfTheOriginal() {
    DetectionPlan plan =
        new DetectionPlan(
            1,
            true,
            1,
            2,
            0,
            List.of(800),
            1333,
            DetectionAugmentation.NONE,
            Normalisation.IMAGENET);
    assertThat(plan.sizeOf(new Size(2880, 2160), 800)).isEqualTo(new Size(1066, 800));
    assertThat(plan.sizeOf(new Size(2160, 2880), 800)).isEqualTo(new Size(800, 1066));
    assertThat(plan.sizeOf(new Size(300, 300), 800)).isEqualTo(new Size(800, 800));
    assertThat(plan.sizeOf(new Size(1000, 100), 800)).isEqualTo(new Size(1330, 133));
    assertThat(plan.sizeOf(new Size(60000, 2), 800)).isEqualTo(new Size(1333, 1));
  }

  @Test
  void refusesPlansThatCannotBe() {
    assertThatThrownBy(() -> plan(true)).hasMessageContaining("at least one is needed");
    assertThatThrownBy(() -> plan(true, 24, 65))
        .hasMessageContaining("pictures with a shorter side of 65 and a longest of 64 pixels");
    assertThatThrownBy(
            () ->
                new DetectionPlan(
                    600,
                    true,
                    1,
                    2,
                    0,
                    List.of(800),
                    1333,
                    DetectionAugmentation.NONE,
                    Normalisation.NONE))
        .hasMessageContaining("600 pictures of 800x1333");
  }
}
