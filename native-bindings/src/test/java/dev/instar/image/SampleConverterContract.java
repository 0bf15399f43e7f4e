package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.image.BatchFormat.Layout;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every sample converter does. Values that Pillow, torchvision and PyTorch computed are in
 * {@code sample_oracle.json}, which {@code sample_oracle.py} wrote.
 */
abstract class SampleConverterContract {
  /** The sample that the oracle cuts out of its picture. */
  private static final Size ORACLE_SAMPLE = new Size(24, 24);

  private static final byte GUARD = 0x5a;
  private static final int GUARD_BYTES = 64;

  private final List<AutoCloseable> toClose = new ArrayList<>();

  /** A new converter; the test closes it. */
  abstract SampleConverter newConverter(BatchFormat format);

  /** The set whose codec decodes as the converter does. */
  abstract Codecs codecs();

  final <T extends AutoCloseable> T closing(T resource) {
    toClose.add(resource);
    return resource;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : toClose) {
      resource.close();
    }
    toClose.clear();
  }

  @ParameterizedTest
  @EnumSource
  void cutsAndFlipsAJpegAsAFullDecodeWould(TestPictures.Kind kind) throws Exception {
    SplittableRandom random = new SplittableRandom(kind.ordinal());
    Size sample = new Size(24, 16);
    Converter converter = new Converter(bytesOf(sample));
    PixelBuffer whole = closing(new PixelBuffer());
    JpegCodec codec = closing(codecs().newJpegCodec());
    SamplePlan plan = new SamplePlan();
    for (Size size : List.of(new Size(241, 163), new Size(64, 96), new Size(25, 17))) {
      try (PixelBuffer picture = TestPictures.photograph(size.width(), size.height(), 1)) {
        Bytes jpeg = kind.of(picture);
        JpegCodecContract.decodeWhole(codec, jpeg, whole);
        for (int i = 0; i < 40; i++) {
          int x = random.nextInt(size.width() - sample.width() + 1);
          int y = random.nextInt(size.height() - sample.height() + 1);
          Turn turn = Turn.of(i % 2 == 1, 0);
          plan.reset(size.width(), size.height()).window(x, y).turn(turn);
          byte[] cut = TestPictures.crop(whole, new Region(x, y, sample.width(), sample.height()));
          assertThat(converter.jpeg(jpeg, plan))
              .as("%s at %d, %d of %s", turn, x, y, size)
              .isEqualTo(turned(cut, sample, turn));
        }
      }
    }
  }

  @Test
  void resizesAPartAsPillowDoes() throws Exception {
    Converter converter = new Converter(bytesOf(ORACLE_SAMPLE));
    try (PixelBuffer picture = oraclePicture()) {
      for (JsonNode resize : oracle("resizes")) {
        int[] crop = integers(resize.get("crop"));
        int[] size = integers(resize.get("size"));
        int[] window = integers(resize.get("window"));
        SamplePlan plan =
            new SamplePlan()
                .reset(picture.width(), picture.height())
                .crop(crop[0], crop[1], crop[2], crop[3])
                .resize(size[0], size[1])
                .window(window[0], window[1]);
        assertThat(converter.pixels(picture, plan))
            .as(resize.get("crop") + " to " + resize.get("size"))
            .isEqualTo(rgb(resize));
      }
    }
  }

  @Test
  void recoloursAsTorchvisionDoes() throws Exception {
    Converter converter = new Converter(bytesOf(ORACLE_SAMPLE));
    try (PixelBuffer picture = oraclePicture()) {
      for (JsonNode entry : oracle("colours")) {
        JsonNode colour = entry.get("colour");
        SamplePlan plan =
            oracleSample(picture)
                .colour(
                    colour.get(0).asDouble(),
                    colour.get(1).asDouble(),
                    colour.get(2).asDouble(),
                    colour.get(3).asDouble());
        assertThat(converter.pixels(picture, plan)).as(colour.toString()).isEqualTo(rgb(entry));
      }
    }
  }

  @Test
  void rotatesAsPillowDoes() throws Exception {
    Converter converter = new Converter(bytesOf(ORACLE_SAMPLE));
    try (PixelBuffer picture = oraclePicture()) {
      for (JsonNode entry : oracle("rotations")) {
        double degrees = entry.get("degrees").asDouble();
        SamplePlan plan = oracleSample(picture).rotate(degrees, entry.get("fill").asInt());
        assertThat(converter.pixels(picture, plan)).as("%s degrees", degrees).isEqualTo(rgb(entry));
      }
    }
  }

  /** Each of the 256 levels in each channel, to the bit; rows of 5 are too short for vectors. */
  @Test
  void normalisesAsPyTorchDoes() throws Exception {
    for (JsonNode entry : oracle("normalisations")) {
      Normalisation normalisation =
          new Normalisation(decimals(entry, "mean"), decimals(entry, "std"));
      for (PixelType type : List.of(PixelType.FLOAT32, PixelType.BFLOAT16)) {
        ByteBuffer expected =
            ByteBuffer.wrap(
                    Base64.getDecoder()
                        .decode(
                            entry.get(type == PixelType.FLOAT32 ? "float32" : "bfloat16").asText()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (Layout layout : Layout.values()) {
          for (Size sample : List.of(new Size(256, 1), new Size(27, 11), new Size(5, 52))) {
            BatchFormat format = new BatchFormat(sample, layout, type, normalisation);
            assertLevels(format, expected);
          }
        }
      }
    }
  }

  private void assertLevels(BatchFormat format, ByteBuffer expected) {
    Size sample = format.size();
    try (PixelBuffer picture = new PixelBuffer(sample)) {
      ByteBuffer pixels = picture.asByteBuffer();
      for (int i = 0; pixels.hasRemaining(); i++) {
        pixels.put((byte) (i / 3));
      }
      SamplePlan plan = new SamplePlan().reset(sample.width(), sample.height());
      ByteBuffer made =
          ByteBuffer.wrap(new Converter(format).pixels(picture, plan))
              .order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < sample.pixels(); i++) {
        for (int c = 0; c < 3; c++) {
          int at = format.layout() == Layout.NCHW ? (int) (c * sample.pixels()) + i : 3 * i + c;
          int from = c * 256 + (i & 0xff);
          boolean same =
              format.type() == PixelType.FLOAT32
                  ? made.getInt(4 * at) == expected.getInt(4 * from)
                  : made.getShort(2 * at) == expected.getShort(2 * from);
          assertThat(same).as("level %d of channel %d in %s", i & 0xff, c, format).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void laysASampleInEachWay(Turn turn) throws Exception {
    for (Size sample : List.of(new Size(19, 19), new Size(40, 40), new Size(33, 18))) {
      boolean exchanges = turn.ordinal() % 2 == 1;
      if (exchanges && sample.width() != sample.height()) {
        continue;
      }
      try (PixelBuffer picture = TestPictures.noise(50, 50, turn.ordinal())) {
        SamplePlan plan = new SamplePlan().reset(50, 50).window(7, 3).turn(turn);
        byte[] cut = TestPictures.crop(picture, new Region(7, 3, sample.width(), sample.height()));
        assertThat(new Converter(bytesOf(sample)).pixels(picture, plan))
            .as("%s of %s", turn, sample)
            .isEqualTo(turned(cut, sample, turn));
      }
    }
  }

  @Test
  void erasesAPart() throws Exception {
    Size sample = new Size(20, 18);
    for (BatchFormat format : formats(sample, Normalisation.IMAGENET)) {
      try (PixelBuffer picture = TestPictures.noise(20, 18, 3)) {
        SamplePlan plan = new SamplePlan().reset(20, 18);
        Converter converter = new Converter(format);
        byte[] whole = converter.pixels(picture, plan);
        byte[] erased = converter.pixels(picture, plan.erase(3, 5, 9, 4));
        int bytes = format.type().bytes();
        byte[] mean = {124, 116, 104};
        for (int i = 0; i < whole.length; i++) {
          int value = i / bytes;
          boolean nchw = format.layout() == Layout.NCHW;
          int pixel = nchw ? value % 360 : value / 3;
          int channel = nchw ? value / 360 : value % 3;
          boolean inside = pixel % 20 >= 3 && pixel % 20 < 12 && pixel / 20 >= 5 && pixel / 20 < 9;
          byte nothing = format.type() == PixelType.UINT8 ? mean[channel] : 0;
          assertThat(erased[i])
              .as("byte %d of %s", i, format)
              .isEqualTo(inside ? nothing : whole[i]);
        }
      }
    }
  }

  @Test
  void makesTheGoldenTransformsOfPictures() throws Exception {
    Path folder = SharedData.path("golden/transforms");
    try (RasterDecoder decoder = new RasterDecoder();
        PixelBuffer photo = new PixelBuffer()) {
      for (JsonNode golden : photos(folder)) {
        Bytes file = TestPictures.file(folder.resolve(golden.get("png").asText()));
        decoder.decode(file, ImageHeader.read(file), photo);
        for (String output : List.of("resize256_center224", "resize224x224")) {
          SamplePlan plan = goldenPlan(photo.size(), output);
          assertThat(
                  TestPictures.sha256(
                      new Converter(bytesOf(new Size(224, 224))).pixels(photo, plan)))
              .as("%s of %s", output, golden.get("name").asText())
              .isEqualTo(golden.get("outputs").get("png_" + output).get("rgb_sha256").asText());
        }
      }
    }
  }

  /** Every plan, format and kind of file, against one step after the other in Java. */
  @ParameterizedTest
  @EnumSource
  void makesOfAnyPlanWhatPlainJavaMakes(TestPictures.Kind kind) throws Exception {
    SplittableRandom random = new SplittableRandom(100 + kind.ordinal());
    SamplePlan plan = new SamplePlan();
    for (Size sample : List.of(new Size(32, 32), new Size(23, 14), new Size(7, 7))) {
      for (BatchFormat format : formats(sample, Normalisation.IMAGENET)) {
        Converter converter = new Converter(format);
        Converter plain =
            new Converter(
                new PlainSampleConverter(format, codecs().newJpegCodec(), new JavaResampler()),
                format);
        for (int i = 0; i < 12; i++) {
          Size size = new Size(40 + random.nextInt(120), 40 + random.nextInt(120));
          any(plan, size, sample, random);
          try (PixelBuffer picture = TestPictures.photograph(size.width(), size.height(), i)) {
            Bytes jpeg = kind.of(picture);
            assertThat(converter.jpeg(jpeg, plan))
                .as("plan %d of %s in %s", i, size, format)
                .isEqualTo(plain.jpeg(jpeg, plan));
            assertThat(converter.pixels(picture, plan)).isEqualTo(plain.pixels(picture, plan));
          }
        }
      }
    }
  }

  @Test
  void refusesAJpegOfAnotherSize() throws Exception {
    try (PixelBuffer picture = TestPictures.photograph(40, 30, 1)) {
      Bytes jpeg = TestPictures.Kind.S420.of(picture);
      Converter converter = new Converter(bytesOf(new Size(8, 8)));
      SamplePlan plan = new SamplePlan();
      for (Size promised : List.of(new Size(41, 30), new Size(40, 29), new Size(30, 40))) {
        plan.reset(promised.width(), promised.height());
        assertThatThrownBy(() -> converter.jpeg(jpeg, plan))
            .isInstanceOf(CorruptImageException.class)
            .hasMessageContaining("40x30 pixels, " + promised + " were promised");
      }
      assertThat(converter.jpeg(jpeg, plan.reset(40, 30))).hasSize(192);
    }
  }

  @Test
  void refusesEveryFileThatWasCutShort() throws Exception {
    try (PixelBuffer picture = TestPictures.photograph(64, 48, 4)) {
      Converter converter = new Converter(bytesOf(new Size(8, 8)));
      SamplePlan plan = new SamplePlan().reset(64, 48);
      for (TestPictures.Kind kind : TestPictures.Kind.values()) {
        byte[] jpeg = kind.of(picture).toArray();
        for (int length = 2; length < jpeg.length; length += 1 + length / 10) {
          Bytes cut = Bytes.copyOf(Arrays.copyOf(jpeg, length));
          CorruptImageException refusal =
              catchThrowableOfType(CorruptImageException.class, () -> converter.jpeg(cut, plan));
          assertThat(refusal).as("%s cut after %d bytes", kind, length).isNotNull();
          assertThat(refusal.fault()).isEqualTo(Fault.TRUNCATED);
        }
      }
    }
  }

  @Test
  void refusesPlansThatMakeNoSample() {
    Converter converter = new Converter(bytesOf(new Size(16, 12)));
    SamplePlan plan = new SamplePlan();
    try (PixelBuffer picture = TestPictures.noise(30, 30, 1)) {
      plan.reset(30, 30).window(15, 0);
      assertThatThrownBy(() -> converter.pixels(picture, plan))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a sample of 16x12 pixels at 15, 0 leaves");
      plan.reset(30, 30).resize(16, 11);
      assertThatThrownBy(() -> converter.pixels(picture, plan))
          .isInstanceOf(IllegalArgumentException.class);
      plan.reset(30, 30).turn(Turn.MIRRORED_90);
      assertThatThrownBy(() -> converter.pixels(picture, plan))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not square");
      plan.reset(30, 30).erase(10, 0, 7, 1);
      assertThatThrownBy(() -> converter.pixels(picture, plan))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("erasing");
    }
  }

  private static byte[] turned(byte[] pixels, Size size, Turn turn) {
    byte[] laid = pixels;
    int width = size.width();
    int height = size.height();
    if (turn.ordinal() >= 4) {
      byte[] mirrored = new byte[laid.length];
      for (int i = 0; i < width * height; i++) {
        int to = i / width * width + width - 1 - i % width;
        System.arraycopy(laid, 3 * i, mirrored, 3 * to, 3);
      }
      laid = mirrored;
    }
    for (int quarter = 0; quarter < turn.ordinal() % 4; quarter++) {
      byte[] turned = new byte[laid.length];
      for (int i = 0; i < width * height; i++) {
        // Row y becomes column height - 1 - y.
        int to = i % width * height + height - 1 - i / width;
        System.arraycopy(laid, 3 * i, turned, 3 * to, 3);
      }
      laid = turned;
      int side = width;
      width = height;
      height = side;
    }
    return laid;
  }

  private static void any(SamplePlan plan, Size size, Size sample, SplittableRandom random) {
    int width = 1 + random.nextInt(size.width());
    int height = 1 + random.nextInt(size.height());
    plan.reset(size.width(), size.height());
    if (random.nextInt(4) != 0) {
      plan.crop(
              random.nextInt(size.width() - width + 1),
              random.nextInt(size.height() - height + 1),
              width,
              height)
          .resize(sample.width() + random.nextInt(9), sample.height() + random.nextInt(9));
    }
    plan.window(
        random.nextInt(plan.resizedWidth - sample.width() + 1),
        random.nextInt(plan.resizedHeight - sample.height() + 1));
    boolean square = sample.width() == sample.height();
    plan.turn(Turn.of(random.nextBoolean(), square ? random.nextInt(4) : 2 * random.nextInt(2)));
    if (random.nextInt(3) == 0) {
      plan.rotate(random.nextDouble(-400, 400), random.nextInt(256));
    }
    if (random.nextInt(3) == 0) {
      plan.colour(
          random.nextDouble(2),
          random.nextDouble(2),
          random.nextDouble(2),
          random.nextDouble(-0.5, 0.5));
    }
    if (random.nextInt(3) == 0) {
      int x = random.nextInt(sample.width());
      int y = random.nextInt(sample.height());
      plan.erase(
          x, y, random.nextInt(sample.width() - x + 1), random.nextInt(sample.height() - y + 1));
    }
  }

  static BatchFormat bytesOf(Size sample) {
    return new BatchFormat(sample, Layout.CHANNELS_LAST, PixelType.UINT8, Normalisation.NONE);
  }

  private static List<BatchFormat> formats(Size sample, Normalisation normalisation) {
    List<BatchFormat> formats = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      for (PixelType type : PixelType.values()) {
        formats.add(new BatchFormat(sample, layout, type, normalisation));
      }
    }
    return formats;
  }

  /** The reference's transforms of a picture, by their name in the golden values. */
  static SamplePlan goldenPlan(Size size, String output) {
    SamplePlan plan = new SamplePlan().reset(size.width(), size.height());
    if (output.endsWith("224x224")) {
      return plan.resize(224, 224);
    }
    // torchvision's Resize(256) cuts the longer side off to whole pixels; CenterCrop rounds half to
    // even.
    int shorter = Math.min(size.width(), size.height());
    int width = 256 * size.width() / shorter;
    int height = 256 * size.height() / shorter;
    return plan.resize(width, height)
        .window((int) Math.rint((width - 224) / 2.0), (int) Math.rint((height - 224) / 2.0));
  }

  static Iterable<JsonNode> photos(Path folder) throws IOException {
    return new ObjectMapper()
        .readTree(folder.resolve("photos_expected.json").toFile())
        .get("photos");
  }

  private static JsonNode oracle(String what) throws IOException {
    try (InputStream json =
        SampleConverterContract.class.getResourceAsStream("sample_oracle.json")) {
      return new ObjectMapper().readTree(json).get(what);
    }
  }

  /** The picture of {@code sample_oracle.py}. */
  private static PixelBuffer oraclePicture() {
    PixelBuffer picture = new PixelBuffer(new Size(37, 29));
    ByteBuffer pixels = picture.asByteBuffer();
    for (int y = 0; y < 29; y++) {
      for (int x = 0; x < 37; x++) {
        for (int c = 0; c < 3; c++) {
          int wave = Math.floorMod(x * (5 + 3 * c) + y * (11 - 4 * c), 256);
          int noise = (x * x * 3 + y * y * 7 + x * y * (c + 1) * 5 + c * 91) % 64;
          boolean grey = (x / 6 + y / 5) % 4 == 0;
          pixels.put((byte) (grey ? x * 9 + y * 4 : wave + noise));
        }
      }
    }
    return picture;
  }

  private static SamplePlan oracleSample(PixelBuffer picture) {
    return new SamplePlan().reset(picture.width(), picture.height()).window(4, 2);
  }

  private static byte[] rgb(JsonNode entry) {
    return Base64.getDecoder().decode(entry.get("rgb").asText());
  }

  private static int[] integers(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  private static List<Double> decimals(JsonNode entry, String name) {
    return StreamSupport.stream(entry.get(name).spliterator(), false)
        .map(JsonNode::asDouble)
        .toList();
  }

  /** A converter with a slot between guards: whoever writes outside it is found out. */
  final class Converter {
    private final SampleConverter converter;
    private final NativeBuffer memory;
    private final int bytes;

    Converter(BatchFormat format) {
      this(newConverter(format), format);
    }

    Converter(SampleConverter converter, BatchFormat format) {
      this.converter = closing(converter);
      bytes = format.sampleBytes();
      memory = closing(NativeBuffer.allocate(bytes + 2 * GUARD_BYTES));
    }

    byte[] jpeg(Bytes jpeg, SamplePlan plan) throws CorruptImageException {
      guard();
      try {
        converter.jpeg(jpeg, plan, memory.address() + GUARD_BYTES);
      } finally {
        assertGuarded();
      }
      return memory.bytes(GUARD_BYTES, bytes).toArray();
    }

    byte[] pixels(PixelBuffer picture, SamplePlan plan) {
      guard();
      converter.pixels(picture.address(), plan, memory.address() + GUARD_BYTES);
      assertGuarded();
      return memory.bytes(GUARD_BYTES, bytes).toArray();
    }

    private void guard() {
      ByteBuffer whole = memory.asByteBuffer();
      while (whole.hasRemaining()) {
        whole.put(GUARD);
      }
    }

    private void assertGuarded() {
      assertThat(memory.bytes(0, GUARD_BYTES).toArray()).containsOnly(GUARD);
      assertThat(memory.bytes(GUARD_BYTES + bytes, GUARD_BYTES).toArray()).containsOnly(GUARD);
    }
  }
}
