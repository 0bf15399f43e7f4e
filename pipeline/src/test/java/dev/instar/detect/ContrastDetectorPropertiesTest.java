package dev.instar.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.Detection;
import dev.instar.image.InputException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class ContrastDetectorPropertiesTest {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;

  @Property(tries = 40)
  void aMirroredPictureHasAboutTheMirroredBox(
      @ForAll @IntRange(min = 120, max = 360) int x,
      @ForAll @IntRange(min = 100, max = 260) int y,
      @ForAll @IntRange(min = 20, max = 70) int across,
      @ForAll @IntRange(min = 20, max = 60) int down)
      throws InputException {
    Drawing drawing =
        Drawing.ground(WIDTH, HEIGHT, Drawing.BRIGHT)
            .ellipse(x, y, across, down, Drawing.BROWN)
            .ellipse(x + across, y - down / 2.0, across / 3.0, down / 3.0, 0x907050);
    try (ContrastDetector detector = new ContrastDetector()) {
      List<Detection> seen = detector.detect(drawing.photograph()).detections();
      List<Detection> mirrored = detector.detect(drawing.mirrored().photograph()).detections();
      assertThat(seen).isNotEmpty();
      assertThat(mirrored).hasSameSizeAs(seen);
      BoundingBox box = seen.get(0).box();
      BoundingBox expected =
          new BoundingBox(WIDTH - box.x1(), box.y0(), WIDTH - box.x0(), box.y1());
      assertThat(mirrored.get(0).box().iou(expected)).isGreaterThan(0.85);
    }
  }
}
