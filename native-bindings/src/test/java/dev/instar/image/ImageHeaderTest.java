package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.memory.Bytes;
import dev.instar.testing.SharedData;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageHeaderTest {
  @ParameterizedTest
  @CsvSource({
    "S444, 3, false, S444",
    "S422, 3, false, S422",
    "S420, 3, false, S420",
    "S440, 3, false, S420",
    "S411, 3, false, S420",
    "GREY, 1, false, S420",
    "PROGRESSIVE_420, 3, true, S420",
    "RESTARTS_420, 3, false, S420"
  })
  void readsJpegs(
      TestPictures.Kind kind, int channels, boolean progressive, Subsampling subsampling)
      throws Exception {
    try (PixelBuffer picture = TestPictures.photograph(33, 21, 1)) {
      assertThat(ImageHeader.read(kind.of(picture)))
          .isEqualTo(
              new ImageHeader(
                  ImageFormat.JPEG,
                  picture.size(),
                  channels,
                  8,
                  progressive,
                  Orientation.UPRIGHT,
                  // 95 is what OpenCV writes unless told otherwise.
                  new JpegSettings(95, subsampling)));
    }
  }

  @Test
  void readsTheGoldenAwkwardFiles() throws Exception {
    Path folder = SharedData.path("golden/hdf5/awkward");
    assertThat(header(folder, "grey.jpg").channels()).isEqualTo(1);
    assertThat(header(folder, "cmyk.jpg").channels()).isEqualTo(4);
    assertThat(header(folder, "progressive.jpg").progressive()).isTrue();
    assertThat(header(folder, "sub444.jpg").jpegSettings().subsampling())
        .isEqualTo(Subsampling.S444);
    assertThat(header(folder, "sub420_odd.jpg").size())
        .isEqualTo(new dev.instar.image.Size(95, 63));
    assertThat(header(folder, "exif_rotated.jpg").orientation()).isEqualTo(Orientation.ROTATED_90);
    assertThat(header(folder, "exif_rotated.jpg").size())
        .isEqualTo(new dev.instar.image.Size(96, 64));
    assertThat(header(folder, "bomb_65500.jpg").size())
        .isEqualTo(new dev.instar.image.Size(65500, 65500));
    assertThat(header(folder, "sixteen_bit.png"))
        .isEqualTo(
            new ImageHeader(
                ImageFormat.PNG, new dev.instar.image.Size(40, 30), 1, 16, Orientation.UPRIGHT));
    assertThat(fault(TestPictures.file(folder.resolve("zero_height.jpg"))))
        .isEqualTo(Fault.CORRUPT);
    assertThat(fault(TestPictures.file(folder.resolve("soi_only.jpg")))).isEqualTo(Fault.TRUNCATED);
    assertThat(fault(TestPictures.file(folder.resolve("header_only.jpg"))))
        .isEqualTo(Fault.TRUNCATED);
    assertThat(fault(TestPictures.file(folder.resolve("not_an_image.jpg"))))
        .isEqualTo(Fault.NOT_AN_IMAGE);
  }

  @Test
  void tellsTheSettingsOfThePhotographs() throws Exception {
    Path folder = SharedData.path("data/photos");
    try (var files = Files.newDirectoryStream(folder, "*.jpg")) {
      for (Path file : files) {
        assertThat(ImageHeader.read(TestPictures.file(file)).jpegSettings())
            .as(file.toString())
            .isEqualTo(new JpegSettings(75, Subsampling.S420));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsTheOrientationOfAJpegInBothByteOrders(Orientation orientation) throws Exception {
    try (PixelBuffer picture = TestPictures.photograph(16, 8, 1)) {
      byte[] jpeg = TestPictures.Kind.S420.of(picture).toArray();
      for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
        Bytes file = withExif(jpeg, tiff(order, orientation.ordinal() + 1));
        assertThat(ImageHeader.read(file).orientation()).isEqualTo(orientation);
      }
    }
  }

  @Test
  void takesDamagedExifForUpright() throws Exception {
    try (PixelBuffer picture = TestPictures.photograph(16, 8, 1)) {
      byte[] jpeg = TestPictures.Kind.S420.of(picture).toArray();
      byte[] exif = tiff(ByteOrder.BIG_ENDIAN, 6);
      for (int length = 0; length < exif.length - 4; length++) {
        Bytes file = withExif(jpeg, Arrays.copyOf(exif, length));
        assertThat(ImageHeader.read(file).size()).isEqualTo(picture.size());
      }
    }
  }

  @Test
  void readsATiffInBothByteOrders() throws Exception {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      ImageHeader header = ImageHeader.read(Bytes.copyOf(tiff(order, 8)));
      assertThat(header)
          .isEqualTo(
              new ImageHeader(
                  ImageFormat.TIFF,
                  new dev.instar.image.Size(70000, 300),
                  1,
                  1,
                  Orientation.ROTATED_270));
    }
  }

  @Test
  void refusesWhatItDoesNotRead() {
    assertThat(fault(bytes())).isEqualTo(Fault.NOT_AN_IMAGE);
    assertThat(fault(Bytes.copyOf("image".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo(Fault.NOT_AN_IMAGE);
    assertThat(fault(bytes('I', 'I', 43, 0, 8, 0, 0, 0))).isEqualTo(Fault.UNSUPPORTED);
    assertThat(fault(bytes('B', 'M', 1, 2, 3))).isEqualTo(Fault.TRUNCATED);
    assertThat(fault(bytes(0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')))
        .isEqualTo(Fault.TRUNCATED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0xc3, 0xc5, 0xcb, 0xcf})
  void refusesLosslessAndHierarchicalJpegs(int marker) {
    assertThat(fault(jpegWithFrame(marker, 8, 3))).isEqualTo(Fault.UNSUPPORTED);
  }

  @Test
  void refusesJpegsOf12BitsOrTwoComponents() {
    assertThat(fault(jpegWithFrame(0xc1, 12, 3))).isEqualTo(Fault.UNSUPPORTED);
    assertThat(fault(jpegWithFrame(0xc0, 8, 2))).isEqualTo(Fault.UNSUPPORTED);
  }

  /**
   * Whatever stands after a signature, reading gives a header or a {@link CorruptImageException}.
   */
  @Property
  void readsOrRefusesAnyBytes(@ForAll Signature signature, @ForAll @Size(max = 80) byte[] rest) {
    byte[] file = new byte[signature.bytes.length + rest.length];
    System.arraycopy(signature.bytes, 0, file, 0, signature.bytes.length);
    System.arraycopy(rest, 0, file, signature.bytes.length, rest.length);
    try {
      assertThat(ImageHeader.read(Bytes.copyOf(file)).size().pixels()).isPositive();
    } catch (CorruptImageException refusal) {
      assertThat(refusal.fault()).isNotNull();
    }
  }

  enum Signature {
    NONE(),
    JPEG(0xff, 0xd8, 0xff),
    PNG(0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'),
    TIFF_LITTLE('I', 'I', 42, 0, 8, 0, 0, 0),
    TIFF_BIG('M', 'M', 0, 42, 0, 0, 0, 8),
    WEBP('R', 'I', 'F', 'F', 9, 0, 0, 0, 'W', 'E', 'B', 'P', 'V', 'P', '8', 'X'),
    WEBP_LOSSLESS('R', 'I', 'F', 'F', 9, 0, 0, 0, 'W', 'E', 'B', 'P', 'V', 'P', '8', 'L'),
    BMP('B', 'M', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0);

    private final byte[] bytes;

    Signature(int... values) {
      bytes = ImageHeaderTest.bytes(values).toArray();
    }
  }

  private static ImageHeader header(Path folder, String name) throws Exception {
    return ImageHeader.read(TestPictures.file(folder.resolve(name)));
  }

  private static Fault fault(Bytes file) {
    CorruptImageException refusal =
        catchThrowableOfType(CorruptImageException.class, () -> ImageHeader.read(file));
    assertThat(refusal).isNotNull();
    return refusal.fault();
  }

  private static Bytes bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Bytes.copyOf(bytes);
  }

  private static Bytes jpegWithFrame(int marker, int bits, int components) {
    ByteBuffer file = ByteBuffer.allocate(64);
    file.putShort((short) 0xffd8);
    file.putShort((short) (0xff00 | marker)).putShort((short) (8 + 3 * components));
    file.put((byte) bits).putShort((short) 5).putShort((short) 6).put((byte) components);
    for (int i = 0; i < components; i++) {
      file.put((byte) i).put((byte) 0x11).put((byte) 0);
    }
    file.putShort((short) 0xffda).putShort((short) 2);
    return Bytes.copyOf(Arrays.copyOf(file.array(), file.position()));
  }

  /**
   * A directory of three tags: a width of 70000 (a long), a height of 300 (a short), and an
   * orientation.
   */
  private static byte[] tiff(ByteOrder order, int orientation) {
    ByteBuffer tiff = ByteBuffer.allocate(50).order(order);
    tiff.putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4d4d : 0x4949));
    tiff.putShort((short) 42).putInt(8).putShort((short) 3);
    tiff.putShort((short) 256).putShort((short) 4).putInt(1).putInt(70000);
    tiff.putShort((short) 257)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) 300)
        .putShort((short) 0);
    tiff.putShort((short) 274).putShort((short) 3).putInt(1);
    tiff.putShort((short) orientation).putShort((short) 0);
    return tiff.array();
  }

  private static Bytes withExif(byte[] jpeg, byte[] exif) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(jpeg, 0, 2);
    int length = 2 + 6 + exif.length;
    file.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length});
    file.writeBytes(new byte[] {'E', 'x', 'i', 'f', 0, 0});
    file.writeBytes(exif);
    file.write(jpeg, 2, jpeg.length - 2);
    return Bytes.copyOf(file.toByteArray());
  }
}
