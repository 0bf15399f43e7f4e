package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.testing.SharedData;
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
    JpegCodec codec = codec();
    PixelBuffer into = buffer();
    int pictures = 0;
    int refusals = 0;
    for (byte[] original : originals()) {
      for (int i = 0; i < 1500; i++) {
        byte[] damaged = damaged(original, random);
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
  void refusesAPictureWithoutOneOfItsColourScans() throws Exception {
    try (PixelBuffer picture = TestPictures.photograph(48, 48, 9)) {
      byte[] jpeg = TestPictures.Kind.PROGRESSIVE_444.of(picture).toArray();
      // Ends the file after its first scan, which has the coarse values of all colours, and before
      // it.
      List<Integer> scans = new ArrayList<>();
      for (int i = 0; i + 1 < jpeg.length; i++) {
        if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xda) {
          scans.add(i);
        }
      }
      assertThat(scans).hasSizeGreaterThan(3);
      byte[] none = java.util.Arrays.copyOf(jpeg, scans.get(0) + 2);
      none[none.length - 1] = (byte) 0xd9;
      assertThatThrownBy(() -> decodeWhole(codec(), Bytes.copyOf(none), buffer()))
          .isInstanceOf(CorruptImageException.class);
    }
  }

  @Test
  void refusesAPictureOfTooManyScans() throws Exception {
    try (PixelBuffer picture = TestPictures.photograph(16, 16, 9)) {
      byte[] jpeg = TestPictures.Kind.PROGRESSIVE_444.of(picture).toArray();
      Bytes bomb = Bytes.copyOf(withRepeatedLastScan(jpeg, 600));
      assertThatThrownBy(() -> decodeWhole(codec(), bomb, buffer()))
          .isInstanceOf(CorruptImageException.class);
    }
  }

  private static byte[] withRepeatedLastScan(byte[] jpeg, int times) {
    int last = 0;
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xda) {
        last = i;
      }
    }
    int length = jpeg.length - 2 - last;
    byte[] longer = new byte[last + times * length + 2];
    System.arraycopy(jpeg, 0, longer, 0, last);
    for (int i = 0; i < times; i++) {
      System.arraycopy(jpeg, last, longer, last + i * length, length);
    }
    longer[longer.length - 2] = (byte) 0xff;
    longer[longer.length - 1] = (byte) 0xd9;
    return longer;
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

  private static byte[] damaged(byte[] original, SplittableRandom random) {
    byte[] damaged = original.clone();
    int changes = random.nextInt(5);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(damaged.length);
      damaged[at] =
          (byte)
              (random.nextBoolean() ? random.nextInt(256) : damaged[at] ^ 1 << random.nextInt(8));
    }
    if (random.nextInt(3) == 0) {
      int length = 2 + random.nextInt(damaged.length - 2);
      damaged = java.util.Arrays.copyOf(damaged, length);
      if (random.nextBoolean()) {
        damaged[length - 2] = (byte) 0xff;
        damaged[length - 1] = (byte) 0xd9;
      }
    }
    return damaged;
  }
}
