package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.testing.SharedData;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TurboJpegCodecTest extends JpegCodecContract {
  @BeforeEach
  void needsTheCore() {
    NativeCoreAssumption.check();
  }

  @Override
  JpegCodec newCodec() {
    return Codecs.CORE.newJpegCodec();
  }

  @Override
  void assertGolden(GoldenPicture golden, Bytes file, PixelBuffer decoded) {
    assertThat(decoded.size()).isEqualTo(golden.size());
    assertThat(TestPictures.sha256(TestPictures.pixels(decoded)))
        .as(golden.name())
        .isEqualTo(golden.rgbSha256());
  }

  @Test
  void decodesThePublishedPicturesAsPillowDoes() throws Exception {
    PixelBuffer into = buffer();
    for (GoldenPicture golden : GoldenPicture.ordinary()) {
      Bytes file = TestPictures.file(SharedData.path("golden/hdf5/jpeg").resolve(golden.name()));
      decodeWhole(codec(), file, into);
      assertGolden(golden, file, into);
    }
  }

  @Test
  void decodesTheGoldenPhotographsAsPillowDoes() throws Exception {
    Path folder = SharedData.path("golden/transforms");
    JsonNode expected =
        new ObjectMapper().readTree(folder.resolve("photos_expected.json").toFile());
    PixelBuffer into = buffer();
    int checked = 0;
    for (JsonNode photo : expected.get("photos")) {
      decodeWhole(codec(), TestPictures.file(folder.resolve(photo.get("jpg").asText())), into);
      assertThat(TestPictures.sha256(TestPictures.pixels(into)))
          .as(photo.get("name").asText())
          .isEqualTo(photo.get("jpg_rgb_sha256").asText());
      checked++;
    }
    assertThat(checked).isPositive();
  }

  /**
   * Thousands of damaged files: each gives a picture or a {@link CorruptImageException}, and the
   * process lives.
   */
  @Test
  void survivesDamagedFiles() throws Exception {
    SplittableRandom random = new SplittableRandom(42);
    Damage damage = new Damage(42);
    JpegCodec codec = codec();
    PixelBuffer into = buffer();
    int pictures = 0;
    int refusals = 0;
    for (byte[] original : originals()) {
      for (int i = 0; i < 1500; i++) {
        byte[] damaged = damage.of(original);
        try {
          Bytes file = Bytes.copyOf(damaged);
          ImageHeader header = ImageHeader.read(file);
          if (header.size().pixels() > 4_000_000) {
            continue;
          }
          Region region = Region.of(header.size());
          if (random.nextBoolean()) {
            region =
                new Region(
                    header.size().width() / 3,
                    header.size().height() / 3,
                    header.size().width() / 3 + 1,
                    header.size().height() / 3 + 1);
          }
          Region decoded = codec.decode(file, header, region, 1 << random.nextInt(4), into);
          assertThat(into.size()).isEqualTo(decoded.size());
          pictures++;
        } catch (CorruptImageException refusal) {
          assertThat(refusal).hasMessageMatching("(?s).{10,}");
          refusals++;
        }
      }
    }
    assertThat(pictures).isGreaterThan(500);
    assertThat(refusals).isGreaterThan(500);
  }

  @Test
  void refusesAPictureWhoseColoursHaveNoScan() {
    Bytes file = Bytes.copyOf(greyScansOfAColourPicture(1));
    assertThatThrownBy(() -> decodeWhole(codec(), file, buffer()))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("colour component 2 has no scan");
  }

  @Test
  void refusesAPictureOfTooManyScans() {
    Bytes file = Bytes.copyOf(greyScansOfAColourPicture(501));
    assertThatThrownBy(() -> decodeWhole(codec(), file, buffer()))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("more than 500 scans");
  }

  /** A picture that promises three components and sends the first one, some number of times. */
  private static byte[] greyScansOfAColourPicture(int scans) {
    try (PixelBuffer picture = TestPictures.photograph(16, 16, 9)) {
      byte[] grey = TestPictures.Kind.GREY.of(picture).toArray();
      int frame = indexOfMarker(grey, 0xc0);
      int scan = indexOfMarker(grey, 0xda);
      int afterFrame = frame + 2 + 11;
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.write(grey, 0, frame);
      file.writeBytes(new byte[] {(byte) 0xff, (byte) 0xc0, 0, 17});
      file.write(grey, frame + 4, 5);
      file.writeBytes(new byte[] {3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0});
      file.write(grey, afterFrame, scan - afterFrame);
      for (int i = 0; i < scans; i++) {
        file.write(grey, scan, grey.length - 2 - scan);
      }
      file.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
      return file.toByteArray();
    }
  }

  private static int indexOfMarker(byte[] jpeg, int marker) {
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == marker) {
        return i;
      }
    }
    throw new AssertionError("no marker " + Integer.toHexString(marker));
  }

  private static List<byte[]> originals() {
    List<byte[]> originals = new ArrayList<>();
    try (PixelBuffer picture = TestPictures.photograph(57, 43, 8);
        JpegCodec codec = Codecs.CORE.newJpegCodec();
        NativeBuffer into = NativeBuffer.allocate(0)) {
      for (Subsampling subsampling : Subsampling.values()) {
        int bytes = codec.encode(picture, new JpegSettings(60, subsampling), into);
        originals.add(into.bytes(0, bytes).toArray());
      }
      originals.add(TestPictures.Kind.PROGRESSIVE_420.of(picture).toArray());
      originals.add(TestPictures.Kind.RESTARTS_420.of(picture).toArray());
      originals.add(TestPictures.Kind.GREY.of(picture).toArray());
    }
    return originals;
  }
}
