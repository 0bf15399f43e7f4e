package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every JPEG codec does. */
abstract class JpegCodecContract {
  private final List<AutoCloseable> toClose = new ArrayList<>();

  /** A new codec; the test closes it. */
  abstract JpegCodec newCodec();

  final JpegCodec codec() {
    JpegCodec codec = newCodec();
    toClose.add(codec);
    return codec;
  }

  final PixelBuffer buffer() {
    PixelBuffer buffer = new PixelBuffer();
    toClose.add(buffer);
    return buffer;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : toClose) {
      resource.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void decodesARegionAsAFullDecodeThenCropWould(TestPictures.Kind kind) throws Exception {
    SplittableRandom random = new SplittableRandom(kind.ordinal());
    JpegCodec codec = codec();
    PixelBuffer whole = buffer();
    PixelBuffer part = buffer();
    for (Size size :
        List.of(new Size(241, 163), new Size(64, 96), new Size(17, 9), new Size(2, 3))) {
      try (PixelBuffer picture = TestPictures.photograph(size.width(), size.height(), 1)) {
        Bytes jpeg = kind.of(picture);
        ImageHeader header = ImageHeader.read(jpeg);
        for (int denominator = 1; denominator <= 8; denominator *= 2) {
          codec.decode(jpeg, header, Region.of(size), denominator, whole);
          assertThat(whole.size()).isEqualTo(reduced(size, denominator));
          for (int i = 0; i < 60; i++) {
            Region region = region(random, size);
            Region decoded = codec.decode(jpeg, header, region, denominator, part);
            assertThat(decoded).isEqualTo(JpegCodec.reduced(header, region, denominator));
            assertThat(part.size()).isEqualTo(decoded.size());
            assertThat(TestPictures.pixels(part))
                .as("1/%d of %s in %s", denominator, region, size)
                .isEqualTo(TestPictures.crop(whole, decoded));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void encodesWhatItDecodesAgain(Subsampling subsampling) throws Exception {
    JpegCodec codec = codec();
    PixelBuffer decoded = buffer();
    try (PixelBuffer picture = TestPictures.photograph(123, 77, 2);
        NativeBuffer into = NativeBuffer.allocate(0)) {
      JpegSettings settings = new JpegSettings(92, subsampling);
      Bytes jpeg = into.bytes(0, codec.encode(picture, settings, into));
      ImageHeader header = ImageHeader.read(jpeg);
      assertThat(header)
          .isEqualTo(
              new ImageHeader(
                  ImageFormat.JPEG, picture.size(), 3, 8, false, Orientation.UPRIGHT, settings));
      codec.decode(jpeg, header, Region.of(picture.size()), 1, decoded);
      assertThat(TestPictures.psnr(TestPictures.pixels(decoded), TestPictures.pixels(picture)))
          .isGreaterThan(28);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 25, 49, 50, 51, 75, 85, 95, 99, 100})
  void writesTheQualityThatTheHeaderTells(int quality) throws Exception {
    try (PixelBuffer picture = TestPictures.photograph(16, 16, 3);
        NativeBuffer into = NativeBuffer.allocate(0)) {
      JpegSettings settings = new JpegSettings(quality, Subsampling.S420);
      Bytes jpeg = into.bytes(0, codec().encode(picture, settings, into));
      assertThat(ImageHeader.read(jpeg).jpegSettings()).isEqualTo(settings);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryFileThatWasCutShort(TestPictures.Kind kind) throws Exception {
    JpegCodec codec = codec();
    PixelBuffer into = buffer();
    try (PixelBuffer picture = TestPictures.photograph(64, 48, 4)) {
      Bytes jpeg = kind.of(picture);
      ImageHeader header = ImageHeader.read(jpeg);
      for (int length = 0; length < jpeg.size(); length += 1 + length / 40) {
        Bytes cut = jpeg.slice(0, length);
        CorruptImageException refusal =
            catchThrowableOfType(
                CorruptImageException.class,
                () -> codec.decode(cut, header, new Region(0, 0, 8, 8), 1, into));
        assertThat(refusal).as("cut after %d bytes", length).isNotNull();
        assertThat(refusal.fault()).as("cut after %d bytes", length).isEqualTo(Fault.TRUNCATED);
      }
    }
  }

  @Test
  void readsAFileWithBytesAfterItsEnd() throws Exception {
    JpegCodec codec = codec();
    PixelBuffer plain = buffer();
    PixelBuffer padded = buffer();
    try (PixelBuffer picture = TestPictures.photograph(40, 30, 5)) {
      byte[] jpeg = TestPictures.Kind.S420.of(picture).toArray();
      Bytes longer = Bytes.copyOf(Arrays.copyOf(jpeg, jpeg.length + 1000));
      ImageHeader header = ImageHeader.read(longer);
      codec.decode(longer, header, Region.of(header.size()), 1, padded);
      codec.decode(Bytes.copyOf(jpeg), header, Region.of(header.size()), 1, plain);
      assertThat(TestPictures.pixels(padded)).isEqualTo(TestPictures.pixels(plain));
    }
  }

  @Test
  void refusesRegionsOutsideThePicture() throws Exception {
    JpegCodec codec = codec();
    PixelBuffer into = buffer();
    try (PixelBuffer picture = TestPictures.photograph(32, 32, 6)) {
      Bytes jpeg = TestPictures.Kind.S420.of(picture);
      ImageHeader header = ImageHeader.read(jpeg);
      for (Region region :
          List.of(
              new Region(0, 0, 33, 32),
              new Region(-1, 0, 4, 4),
              new Region(0, 30, 4, 4),
              new Region(3, 3, 0, 4))) {
        assertThatThrownBy(() -> codec.decode(jpeg, header, region, 1, into))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("is not a part of 32x32");
      }
      assertThatThrownBy(() -> codec.decode(jpeg, header, Region.of(header.size()), 3, into))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesAHeaderThatIsNotTheFilesOwn() throws Exception {
    JpegCodec codec = codec();
    try (PixelBuffer picture = TestPictures.photograph(32, 32, 6);
        PixelBuffer larger = TestPictures.photograph(320, 320, 6)) {
      ImageHeader other = ImageHeader.read(TestPictures.Kind.S420.of(larger));
      Bytes jpeg = TestPictures.Kind.S420.of(picture);
      assertThatThrownBy(() -> codec.decode(jpeg, other, Region.of(other.size()), 1, buffer()))
          .isInstanceOf(CorruptImageException.class);
    }
  }

  @Test
  void refusesAPictureThatDoesNotFitInMemory() throws Exception {
    try (PixelBuffer picture = TestPictures.photograph(32, 32, 6)) {
      byte[] jpeg = TestPictures.Kind.S420.of(picture).toArray();
      for (int i = 0; i + 9 < jpeg.length; i++) {
        if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
          Arrays.fill(jpeg, i + 5, i + 9, (byte) 0xfe);
        }
      }
      Bytes bomb = Bytes.copyOf(jpeg);
      assertThat(ImageHeader.read(bomb).size()).isEqualTo(new Size(0xfefe, 0xfefe));
      CorruptImageException refusal =
          catchThrowableOfType(
              CorruptImageException.class, () -> decodeWhole(codec(), bomb, buffer()));
      assertThat(refusal.fault()).isIn(Fault.TOO_MANY_PIXELS, Fault.CORRUPT);
    }
  }

  @Test
  void decodesOrRefusesTheGoldenAwkwardFiles() throws Exception {
    JpegCodec codec = codec();
    for (GoldenPicture golden : GoldenPicture.awkward()) {
      if (golden.name().endsWith(".jpg")) {
        PixelBuffer into = buffer();
        Bytes file =
            TestPictures.file(SharedData.path("golden/hdf5/awkward").resolve(golden.name()));
        switch (golden.verdict()) {
          case "load" -> {
            decodeWhole(codec, file, into);
            assertGolden(golden, file, into);
          }
          case "refuse" ->
              assertThatThrownBy(() -> decodeWithin100MegaPixels(codec, file, into))
                  .as(golden.name())
                  .isInstanceOf(CorruptImageException.class);
          default -> {
            CorruptImageException refusal =
                catchThrowableOfType(
                    CorruptImageException.class, () -> decodeWhole(codec, file, into));
            if (refusal == null) {
              assertThat(into.size()).isEqualTo(golden.size());
            }
          }
        }
      }
    }
  }

  /** How near the pixels have to come to Pillow's. */
  abstract void assertGolden(GoldenPicture golden, Bytes file, PixelBuffer decoded)
      throws Exception;

  @Test
  void givesTheSamePixelsInEightThreads() throws Exception {
    try (PixelBuffer picture = TestPictures.photograph(200, 150, 7)) {
      Bytes jpeg = TestPictures.Kind.S420.of(picture);
      ImageHeader header = ImageHeader.read(jpeg);
      Callable<String> task =
          () -> {
            StringBuilder hashes = new StringBuilder();
            try (JpegCodec own = newCodec();
                PixelBuffer into = new PixelBuffer();
                NativeBuffer again = NativeBuffer.allocate(0)) {
              for (int i = 0; i < 30; i++) {
                own.decode(jpeg, header, new Region(3 * i, i, 100, 90), 1 << i % 4, into);
                hashes.append(TestPictures.sha256(TestPictures.pixels(into)));
                int bytes = own.encode(into, header.jpegSettings(), again);
                hashes.append(TestPictures.sha256(again.bytes(0, bytes).toArray()));
              }
            }
            return hashes.toString();
          };
      String alone = task.call();
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        for (Future<String> result : threads.invokeAll(Collections.nCopies(16, task))) {
          assertThat(result.get()).isEqualTo(alone);
        }
      } finally {
        threads.shutdown();
      }
    }
  }

  static void decodeWhole(JpegCodec codec, Bytes file, PixelBuffer into) throws IOException {
    ImageHeader header = ImageHeader.read(file);
    codec.decode(file, header, Region.of(header.size()), 1, into);
  }

  private static void decodeWithin100MegaPixels(JpegCodec codec, Bytes file, PixelBuffer into)
      throws IOException {
    ImageHeader header = ImageHeader.read(file);
    if (header.size().pixels() > 100_000_000) {
      throw new CorruptImageException(Fault.TOO_MANY_PIXELS, header.size() + " pixels");
    }
    codec.decode(file, header, Region.of(header.size()), 1, into);
  }

  private static Size reduced(Size size, int denominator) {
    return new Size(
        (size.width() + denominator - 1) / denominator,
        (size.height() + denominator - 1) / denominator);
  }

  private static Region region(SplittableRandom random, Size size) {
    int x = random.nextInt(size.width());
    int y = random.nextInt(size.height());
    // Half of them small, since those meet the edges of blocks in the most ways.
    int most = random.nextBoolean() ? 5 : Integer.MAX_VALUE;
    return new Region(
        x,
        y,
        1 + random.nextInt(Math.min(most, size.width() - x)),
        1 + random.nextInt(Math.min(most, size.height() - y)));
  }
}
