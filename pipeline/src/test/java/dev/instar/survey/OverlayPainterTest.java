package dev.instar.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.Detection;
import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.crop.QualityScores;
import dev.instar.image.ImageHeader;
import dev.instar.image.JpegCodec;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.UnsafeNameException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OverlayPainterTest {
  private static final Optional<QualityScores> BLURRY =
      Optional.of(new QualityScores(0.1f, 0, 0.9f, 0, 1));

  private static Photograph photograph(int width, int height) throws Exception {
    Size size = new Size(width, height);
    byte[] grey = new byte[(int) PixelBuffer.bytesOf(size)];
    Arrays.fill(grey, (byte) 180);
    return Photograph.of(new Content.Pixels(Bytes.copyOf(grey), size), Long.MAX_VALUE);
  }

  /** The picture that is drawn of a photograph, as a reader of its JPEG sees it. */
  private static PixelBuffer drawn(Photograph photograph, int side, Observation observation)
      throws Exception {
    try (OverlayPainter painter = new OverlayPainter(side);
        NativeBuffer jpeg = NativeBuffer.allocate(0);
        JpegCodec codec = JpegCodec.best()) {
      int length = painter.paint(painter.show(photograph), observation, jpeg);
      ImageHeader header = ImageHeader.read(jpeg.bytes(0, length));
      PixelBuffer picture = new PixelBuffer();
      codec.decode(jpeg.bytes(0, length), header, Region.of(header.size()), 1, picture);
      return picture;
    }
  }

  @Test
  void drawsTheBoxTheCropAndTheWordsAndNothingElse() throws Exception {
    Photograph photograph = photograph(800, 600);
    BoundingBox box = new BoundingBox(300, 200, 500, 300);
    Observation observation =
        new Observation(photograph.size(), List.of(new Detection(box, 0.875f)), BLURRY);
    try (PixelBuffer picture = drawn(photograph, 400, observation)) {
      assertThat(picture.size()).isEqualTo(new Size(400, 300));
      // The box is 150,100 to 250,150 here, its crop 130,80 to 270,170; the score stands above.
      Region frame = new Region(150, 100, 100, 50);
      Region crop = new Region(130, 80, 140, 90);
      Region score = new Region(150, 100 - 11, 40, 11);
      Region verdict = new Region(0, 0, 50, 11);
      boolean[] near = new boolean[400 * 300];
      for (Region label : new Region[] {score, verdict}) {
        mark(near, label, 3); // what JPEG makes of edges
      }
      markFrame(near, frame);
      markFrame(near, crop);
      Set<Integer> colours = new HashSet<>();
      ByteBuffer pixels = picture.asByteBuffer();
      for (int i = 0; i < near.length; i++) {
        int red = pixels.get(3 * i) & 255;
        int blue = pixels.get(3 * i + 2) & 255;
        if (Math.abs(red - 180) > 40 || Math.abs(blue - 180) > 40) {
          assertThat(near[i]).as("pixel %d,%d", i % 400, i / 400).isTrue();
          colours.add(red > blue + 60 ? 1 : blue > red + 60 ? 2 : 3);
        }
      }
      assertThat(colours).containsExactlyInAnyOrder(1, 2, 3);
      assertThat(pixels.get(3 * (125 * 400 + 200)) & 255).isBetween(170, 190);
    }
  }

  private static void markFrame(boolean[] near, Region frame) {
    mark(near, new Region(frame.x(), frame.y(), frame.width(), 0), 4);
    mark(near, new Region(frame.x(), frame.bottom(), frame.width(), 0), 4);
    mark(near, new Region(frame.x(), frame.y(), 0, frame.height()), 4);
    mark(near, new Region(frame.right(), frame.y(), 0, frame.height()), 4);
  }

  private static void mark(boolean[] near, Region region, int margin) {
    for (int y = region.y() - margin; y < region.bottom() + margin; y++) {
      for (int x = region.x() - margin; x < region.right() + margin; x++) {
        if (x >= 0 && y >= 0 && x < 400 && y < 300) {
          near[y * 400 + x] = true;
        }
      }
    }
  }

  @Test
  void smallPhotographsAreNotEnlargedAndBoxesReachOutsideThemFreely() throws Exception {
    Photograph photograph = photograph(90, 70);
    Observation observation =
        new Observation(
            photograph.size(),
            List.of(
                new Detection(new BoundingBox(-40, -20, 300, 200), 0.5f),
                new Detection(new BoundingBox(10, 10, 10, 10), 0.25f),
                new Detection(new BoundingBox(200, 200, 210, 210), 1)),
            BLURRY);
    try (PixelBuffer picture = drawn(photograph, 1024, observation)) {
      assertThat(picture.size()).isEqualTo(photograph.size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a.jpg", "/tmp/a.jpg", "a/../../b.jpg", "a\\b.jpg", "", "a//b.jpg"})
  void namesThatLeadElsewhereAreRefused(String name, @TempDir Path folder) throws Exception {
    Path pictures = folder.resolve("review");
    OverlayFolder overlays = new OverlayFolder(pictures, 100);
    assertThatExceptionOfType(UnsafeNameException.class)
        .isThrownBy(() -> overlays.write(name, Bytes.copyOf(new byte[] {1})));
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void everyLetterHasAFormOfItsOwn() {
    Set<Set<Integer>> forms = new HashSet<>();
    String letters = "abcdefghijklmnopqrstuvwxyz0123456789.";
    for (char letter : letters.toCharArray()) {
      Set<Integer> dots = new HashSet<>();
      Lettering.dots(String.valueOf(letter), (column, row) -> dots.add(100 * row + column));
      assertThat(dots).as("%s", letter).isNotEmpty();
      forms.add(dots);
    }
    assertThat(forms).hasSize(letters.length());
  }
}
