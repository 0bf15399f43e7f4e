package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.image.Size;
import dev.instar.pack.Pack;
import dev.instar.testing.ExifJpeg;
import dev.instar.testing.SharedData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes, filters and orientation, by what the stored pictures show. */
final class ConvertPictureTest {
  private static final int WIDTH = 210;
  private static final int HEIGHT = 140;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "landscape_1000x700",
        "odd_601x257",
        "portrait_431x643",
        "small_97x131",
        "square_512",
        "wide_800x90"
      })
  void bilinearPicturesAreWithinALevelOfPillows(String photo) throws Exception {
    byte[] pixels = raw(golden(photo + ".png"), "--filter", "bilinear", "--upscale");
    byte[] expected = Photographs.rgb(ImageIO.read(golden(photo + "_resize256.png").toFile()));

    assertThat(pixels).hasSameSizeAs(expected);
    assertThat(farthest(pixels, expected)).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "landscape_1000x700, 366, 256",
    "odd_601x257, 599, 256",
    "portrait_431x643, 172, 256",
    "square_512, 256, 256",
    "small_97x131, 97, 131"
  })
  void theHeightIsFixedAsInThePublishedFiles(String photo, int width, int height) throws Exception {
    Path target = folder.resolve("out.h5");
    CommandRun run =
        CommandRun.of("convert", golden(photo + ".jpg"), "-o", target, "--side", "height");

    assertThat(run.err()).isEmpty();
    try (Pack pack = Pack.open(target)) {
      assertThat(pack.record(0).size()).isEqualTo(new Size(width, height));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void turnedPhotographsGiveThePictureOfTheUprightOne(int orientation) throws Exception {
    byte[] upright = raw(upright(), "--size", "35");
    byte[] turned = raw(turned(orientation), "--size", "35");

    assertThat(turned).hasSameSizeAs(upright);
    assertThat(farthest(turned, upright)).isLessThanOrEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void boxesOfTurnedPhotographsAreInUprightCoordinates(int orientation) throws Exception {
    Path boxes =
        Files.writeString(
            folder.resolve("boxes.csv"),
            "file,x,y,w,h\nupright.jpg,150,10,50,40\nturned%d.jpg,150,10,50,40\n"
                .formatted(orientation));
    byte[] upright = raw(upright(), "--size", "keep", "--crop", boxes);
    byte[] turned = raw(turned(orientation), "--size", "keep", "--crop", boxes);

    assertThat(turned).hasSize(70 * 60 * 3);
    assertThat(farthest(turned, upright)).isLessThanOrEqualTo(8);
  }

  @Test
  void longAndNarrowPicturesThatWouldBecomeTooLargeAreQuarantined() throws Exception {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Photographs.png(photos.resolve("a.png"), Photographs.picture(1, 30_000, (x, y) -> y));
    Photographs.png(photos.resolve("b.png"), Photographs.picture(66_000, 2, (x, y) -> x));
    Photographs.png(photos.resolve("c.png"), Photographs.picture(20, 20, (x, y) -> x));
    CommandRun small = CommandRun.of("convert", photos, "-o", folder.resolve("small.h5"));
    CommandRun large =
        CommandRun.of(
            "convert", photos, "-o", folder.resolve("large.h5"), "--upscale", "--size", 4000);

    assertThat(small.status()).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(Photographs.records(folder.resolve("small.h5")))
        .containsOnlyKeys("0 a.png", "0 c.png");
    assertThat(large.status()).isEqualTo(ExitStatus.QUARANTINED);
    assertThat(Photographs.records(folder.resolve("large.h5"))).containsOnlyKeys("0 c.png");
  }

  private Path upright() throws IOException {
    return Files.write(folder.resolve("upright.jpg"), Photographs.jpeg(scene(1), 0.98f, false));
  }

  private Path turned(int orientation) throws IOException {
    byte[] jpeg = Photographs.jpeg(scene(orientation), 0.98f, false);
    return Files.write(
        folder.resolve("turned" + orientation + ".jpg"), ExifJpeg.oriented(jpeg, orientation));
  }

  /** A picture without any symmetry, as it is stored for an orientation. */
  private static BufferedImage scene(int orientation) {
    boolean transposed = ExifJpeg.transposes(orientation);
    return Photographs.picture(
        transposed ? HEIGHT : WIDTH,
        transposed ? WIDTH : HEIGHT,
        (x, y) -> {
          int[] at = ExifJpeg.upright(orientation, x, y, WIDTH, HEIGHT);
          int red = at[0] * 255 / WIDTH;
          int green = at[1] * 255 / HEIGHT;
          int blue = (at[0] + 2 * at[1]) * 255 / (WIDTH + 2 * HEIGHT);
          return red << 16 | green << 8 | blue;
        });
  }

  private byte[] raw(Path photo, Object... options) throws IOException {
    Path target = folder.resolve(photo.getFileName() + ".h5");
    Object[] command = new Object[options.length + 6];
    Object[] fixed = {"convert", photo, "-o", target, "--encoding", "raw"};
    System.arraycopy(fixed, 0, command, 0, fixed.length);
    System.arraycopy(options, 0, command, fixed.length, options.length);
    CommandRun run = CommandRun.of(command);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    return Photographs.record(target, photo.getFileName().toString());
  }

  private static int farthest(byte[] a, byte[] b) {
    int farthest = 0;
    for (int i = 0; i < a.length; i++) {
      farthest = Math.max(farthest, Math.abs((a[i] & 0xff) - (b[i] & 0xff)));
    }
    return farthest;
  }

  private static Path golden(String file) {
    return SharedData.path("golden/transforms/" + file);
  }
}
