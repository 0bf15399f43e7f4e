package dev.instar.synth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import dev.instar.image.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SamplePainterTest {
  @Test
  void whatWasPaintedBeforeLeavesNoTrace() {
    SynthPlan plan = new SynthPlan(12, new Size(200, 150), 3, SynthPlan.Mix.EVEN);
    List<Sample> samples = SampleFolder.samples(plan);
    try (PixelBuffer fresh = new PixelBuffer();
        PixelBuffer reused = new PixelBuffer()) {
      SamplePainter painter = new SamplePainter(plan);
      samples.forEach(sample -> painter.paint(sample, reused));
      for (Sample sample : samples) {
        Optional<Region> box = new SamplePainter(plan).paint(sample, fresh);
        assertThat(painter.paint(sample, reused)).isEqualTo(box);
        assertThat(reused.bytes().toArray()).isEqualTo(fresh.bytes().toArray());
      }
    }
  }

  @Test
  void theBoxHoldsWhatIsDark() {
    SynthPlan plan = new SynthPlan(60, new Size(320, 240), 11, SynthPlan.Mix.EVEN);
    SamplePainter painter = new SamplePainter(plan);
    List<Double> inside = new ArrayList<>();
    List<Double> outside = new ArrayList<>();
    try (PixelBuffer pixels = new PixelBuffer()) {
      for (Sample sample : SampleFolder.samples(plan)) {
        painter
            .paint(sample, pixels)
            .ifPresent(
                box -> {
                  assertThat(box.within(plan.size())).isTrue();
                  assertThat(box.isEmpty()).isFalse();
                  inside.add(darkShare(pixels, box, true));
                  outside.add(darkShare(pixels, box, false));
                });
      }
    }
    double darkInside = inside.stream().mapToDouble(share -> share).average().orElseThrow();
    double darkOutside = outside.stream().mapToDouble(share -> share).average().orElseThrow();
    assertThat(darkInside).isGreaterThan(0.1);
    assertThat(darkOutside).isLessThan(0.01);
  }

  @Test
  void someWellsAreEmptyAndMostAreNot() {
    SynthPlan plan = new SynthPlan(400, new Size(64, 64), 2, SynthPlan.Mix.NATURAL);
    SamplePainter painter = new SamplePainter(plan);
    try (PixelBuffer pixels = new PixelBuffer()) {
      long empty =
          SampleFolder.samples(plan).stream()
              .filter(sample -> painter.paint(sample, pixels).isEmpty())
              .count();
      assertThat(empty).isBetween(1L, 40L);
    }
  }

  @Test
  void everyFamilyHasABody() {
    SynthPlan plan = new SynthPlan(4000, new Size(64, 64), 4, SynthPlan.Mix.EVEN);
    assertThat(SampleFolder.samples(plan))
        .allSatisfy(sample -> assertThat(BodyPlan.of(sample.lineage())).isNotNull());
  }

  private static double darkShare(PixelBuffer pixels, Region box, boolean within) {
    int dark = 0;
    int all = 0;
    for (int y = 0; y < pixels.height(); y++) {
      for (int x = 0; x < pixels.width(); x++) {
        boolean in = x >= box.x() && x < box.right() && y >= box.y() && y < box.bottom();
        if (in == within) {
          all++;
          int at = y * pixels.stride() + x * PixelBuffer.CHANNELS;
          dark += pixels.bytes().get(at + 1) < 120 ? 1 : 0;
        }
      }
    }
    return all == 0 ? 0 : (double) dark / all;
  }
}
