package dev.instar.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.image.BatchFormat.Layout;
import dev.instar.image.PixelBuffer;
import dev.instar.image.PixelType;
import dev.instar.image.Size;
import dev.instar.pack.Encoding;
import dev.instar.pack.FolderSource;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.testing.ExifJpeg;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples of folders: any format, upright. */
final class PictureReaderTest {
  private static final int SIDE = TestCollection.CROP;

  @TempDir private Path folder;

  /** The picture's own pixels, whatever its name. */
  private static PlanOf bytes() {
    return new PlanOf()
        .batch(1)
        .sampling(Sampling.SEQUENTIAL)
        .augmentation(Augmentation.evaluation(SIDE, SIDE))
        .format(TestCollection.format(Layout.CHANNELS_LAST, PixelType.UINT8));
  }

  private List<Copied> load(PlanOf plan) throws IOException, InterruptedException {
    try (ImageSource source = FolderSource.open(folder, Limits.DEFAULT);
        BatchLoader loader = BatchLoader.open(Samples.unlabelled(source), plan.plan())) {
      return Copied.epoch(loader, 0, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void decodesPicturesOfOtherFormatsExactly(String format) throws Exception {
    Size size = new Size(SIDE + 4, SIDE);
    BufferedImage image =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] expected = new byte[SIDE * SIDE * 3];
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        int rgb = (x * 9) << 16 | (y * 7) << 8 | (x ^ y) * 3;
        image.setRGB(x, y, rgb);
        if (x >= 2 && x < 2 + SIDE) {
          int at = (y * SIDE + x - 2) * 3;
          expected[at] = (byte) (rgb >> 16);
          expected[at + 1] = (byte) (rgb >> 8);
          expected[at + 2] = (byte) rgb;
        }
      }
    }
    // The name lies about the format; the first bytes count.
    ImageIO.write(image, format, folder.resolve("a.tif").toFile());
    assertThat(load(bytes()).get(0).images()).isEqualTo(expected);
  }

  @Test
  void turnsJpegsUprightAsTheirExifBlockSays() throws Exception {
    // A square picture of one colour per quarter: compression leaves the middles of them alone.
    try (PixelBuffer pixels = new PixelBuffer(new Size(SIDE, SIDE))) {
      var into = pixels.asByteBuffer();
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          int grey = 40 + (x < SIDE / 2 ? 0 : 60) + (y < SIDE / 2 ? 0 : 120);
          into.put((byte) grey).put((byte) grey).put((byte) grey);
        }
      }
      byte[] jpeg = TestCollection.jpeg(pixels);
      for (int orientation = 1; orientation <= 8; orientation++) {
        Files.write(folder.resolve(orientation + ".jpg"), ExifJpeg.oriented(jpeg, orientation));
      }
    }
    List<Copied> samples = load(bytes());
    for (int orientation = 1; orientation <= 8; orientation++) {
      byte[] sample = samples.get(orientation - 1).images();
      for (int y = 3; y < SIDE; y += 8) {
        for (int x = 3; x < SIDE; x += 8) {
          int grey = 40 + (x < SIDE / 2 ? 0 : 60) + (y < SIDE / 2 ? 0 : 120);
          int[] at = ExifJpeg.upright(orientation, x, y, SIDE, SIDE);
          assertThat(sample[(at[1] * SIDE + at[0]) * 3] & 0xff)
              .as("orientation " + orientation)
              .isBetween(grey - 3, grey + 3);
        }
      }
    }
  }

  @Test
  void aFolderOfJpegsGivesTheSamplesOfAPackOfThem() throws Exception {
    PlanOf plan = new PlanOf().sampling(Sampling.SEQUENTIAL);
    Path elsewhere = Files.createDirectory(folder.resolve("pack"));
    List<Copied> packed;
    try (var pack = TestCollection.pack(elsewhere, Encoding.JPEG, 9);
        BatchLoader loader = BatchLoader.open(Samples.unlabelled(pack), plan.plan())) {
      packed = Copied.epoch(loader, 0, 0);
      for (int i = 0; i < pack.size(); i++) {
        Files.write(folder.resolve(pack.name(i)), pack.bytes(i).toArray());
      }
    }
    assertThat(load(plan)).isEqualTo(packed);
  }

  @Test
  void refusesAPictureBombByItsHeader() throws Exception {
    Files.write(folder.resolve("a.png"), bomb());
    BufferedImage small = new BufferedImage(20, 20, BufferedImage.TYPE_3BYTE_BGR);
    ImageIO.write(small, "png", folder.resolve("b.png").toFile());
    List<Copied> samples = load(bytes().skip());
    assertThat(samples).extracting(Copied::samples).containsExactly(List.of(1));
  }

  /** The start of a PNG of 20,000 by 20,000 pixels. */
  private static byte[] bomb() {
    var header = ByteBuffer.allocate(33);
    header.putLong(0x89504e470d0a1a0aL).putInt(13).putInt(0x49484452);
    header.putInt(20_000).putInt(20_000).put(new byte[] {8, 2, 0, 0, 0});
    var crc = new CRC32();
    crc.update(header.array(), 12, 17);
    return header.putInt((int) crc.getValue()).array();
  }
}
