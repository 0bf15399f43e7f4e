package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.testing.SharedData;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every resampler does. */
abstract class ResamplerContract {
  private Resampler resampler;

  /** A new resampler; the test closes it. */
  abstract Resampler newResampler();

  @BeforeEach
  void open() {
    resampler = newResampler();
  }

  @AfterEach
  void close() {
    if (resampler != null) {
      resampler.close();
    }
  }

  @Test
  void resizesTheGoldenPhotographsAsPillowDoes() throws Exception {
    Path folder = SharedData.path("golden/transforms");
    JsonNode expected =
        new ObjectMapper().readTree(folder.resolve("photos_expected.json").toFile());
    int checked = 0;
    try (RasterDecoder decoder = new RasterDecoder();
        PixelBuffer photo = new PixelBuffer();
        PixelBuffer resized = new PixelBuffer()) {
      for (JsonNode golden : expected.get("photos")) {
        var file = TestPictures.file(folder.resolve(golden.get("png").asText()));
        decoder.decode(file, ImageHeader.read(file), photo);
        for (String output : new String[] {"png_resize256", "png_resize224x224"}) {
          JsonNode size = golden.get("outputs").get(output).get("size");
          resized.reshape(new Size(size.get(0).asInt(), size.get(1).asInt()));
          resampler.resize(photo, Box.of(photo.size()), resized, Filter.BILINEAR);
          assertThat(TestPictures.sha256(TestPictures.pixels(resized)))
              .as("%s of %s", output, golden.get("name").asText())
              .isEqualTo(golden.get("outputs").get(output).get("rgb_sha256").asText());
          checked++;
        }
      }
    }
    assertThat(checked).isPositive();
  }

  /**
   * ImageMagick shrinks with its own Lanczos, in 16 bits: the golden values' README allows 8
   * levels, 1 in the mean.
   */
  @Test
  void resizesWithLanczosAsImageMagickDoes() throws Exception {
    Path folder = SharedData.path("golden/transforms");
    JsonNode expected =
        new ObjectMapper().readTree(folder.resolve("photos_expected.json").toFile());
    int checked = 0;
    try (RasterDecoder decoder = new RasterDecoder();
        PixelBuffer photo = new PixelBuffer();
        PixelBuffer golden = new PixelBuffer();
        PixelBuffer resized = new PixelBuffer()) {
      for (JsonNode entry : expected.get("photos")) {
        JsonNode output = entry.get("outputs").path("imagemagick_x256");
        var file = TestPictures.file(folder.resolve(entry.get("png").asText()));
        decoder.decode(file, ImageHeader.read(file), photo);
        if (output.isMissingNode() || photo.height() <= 256) {
          continue;
        }
        var goldenFile = TestPictures.file(folder.resolve(output.get("file").asText()));
        decoder.decode(goldenFile, ImageHeader.read(goldenFile), golden);
        resized.reshape(golden.size());
        resampler.resize(photo, Box.of(photo.size()), resized, Filter.LANCZOS);
        byte[] ours = TestPictures.pixels(resized);
        byte[] theirs = TestPictures.pixels(golden);
        assertThat(TestPictures.largestDifference(ours, theirs)).isLessThanOrEqualTo(8);
        assertThat(TestPictures.meanDifference(ours, theirs)).isLessThan(1);
        checked++;
      }
    }
    assertThat(checked).isPositive();
  }

  @Test
  void areaIsTheMeanOfWhatEachPixelCovers() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 60; i++) {
      int width = 1 + random.nextInt(90);
      int height = 1 + random.nextInt(90);
      Box box = i % 3 == 0 ? Box.of(new Size(width, height)) : box(random, width, height);
      Size target =
          new Size(
              1 + random.nextInt((int) Math.ceil(box.width())),
              1 + random.nextInt((int) Math.ceil(box.height())));
      try (PixelBuffer source = TestPictures.noise(width, height, i);
          PixelBuffer resized = new PixelBuffer(target)) {
        resampler.resize(source, box, resized, Filter.AREA);
        double[] exact = exactArea(source, box, target);
        byte[] actual = TestPictures.pixels(resized);
        for (int k = 0; k < exact.length; k++) {
          assertThat((double) (actual[k] & 0xff))
              .as("byte %d of %s, %s to %s", k, source.size(), box, target)
              .isCloseTo(exact[k], within(0.6));
        }
      }
    }
  }

  @Test
  void areaIsWithinOneLevelOfOpenCv() {
    int[][] cases = {
      {720, 540, 341, 256},
      {1000, 700, 365, 256},
      {97, 131, 31, 17},
      {640, 480, 160, 120},
      {300, 200, 299, 199}
    };
    for (int[] sides : cases) {
      try (PixelBuffer source = TestPictures.noise(sides[0], sides[1], 5);
          PixelBuffer ours = new PixelBuffer(new Size(sides[2], sides[3]));
          PixelBuffer theirs = new PixelBuffer(ours.size());
          Mat from = OpenCv.of(source);
          Mat to = OpenCv.of(theirs);
          var size = new org.bytedeco.opencv.opencv_core.Size(sides[2], sides[3])) {
        resampler.resize(source, Box.of(source.size()), ours, Filter.AREA);
        opencv_imgproc.resize(from, to, size, 0, 0, opencv_imgproc.INTER_AREA);
        assertThat(
                TestPictures.largestDifference(
                    TestPictures.pixels(ours), TestPictures.pixels(theirs)))
            .as("%s to %s", source.size(), ours.size())
            .isLessThanOrEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesAPictureOfTheSameSizeAsItIs(Filter filter) {
    try (PixelBuffer source = TestPictures.noise(67, 41, 1);
        PixelBuffer resized = new PixelBuffer(source.size())) {
      resampler.resize(source, Box.of(source.size()), resized, filter);
      assertThat(TestPictures.pixels(resized)).isEqualTo(TestPictures.pixels(source));
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsAnEvenColour(Filter filter) {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 40; i++) {
      Size size = new Size(1 + random.nextInt(70), 1 + random.nextInt(70));
      byte level = (byte) random.nextInt(256);
      try (PixelBuffer source = new PixelBuffer(size);
          PixelBuffer resized =
              new PixelBuffer(new Size(1 + random.nextInt(50), 1 + random.nextInt(50)))) {
        var bytes = source.asByteBuffer();
        while (bytes.hasRemaining()) {
          bytes.put(level);
        }
        resampler.resize(source, box(random, size.width(), size.height()), resized, filter);
        assertThat(TestPictures.pixels(resized))
            .as("%s to %s", size, resized.size())
            .containsOnly(level);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesTheBytesThatJavaGives(Filter filter) {
    SplittableRandom random = new SplittableRandom(filter.ordinal());
    try (Resampler java = new JavaResampler()) {
      for (int i = 0; i < 120; i++) {
        Size size = new Size(1 + random.nextInt(120), 1 + random.nextInt(120));
        Size target = new Size(1 + random.nextInt(80), 1 + random.nextInt(80));
        Box box = i % 2 == 0 ? Box.of(size) : box(random, size.width(), size.height());
        try (PixelBuffer source = TestPictures.noise(size.width(), size.height(), i);
            PixelBuffer ours = new PixelBuffer(target);
            PixelBuffer plain = new PixelBuffer(target)) {
          resampler.resize(source, box, ours, filter);
          java.resize(source, box, plain, filter);
          assertThat(TestPictures.pixels(ours))
              .as("%s %s to %s", size, box, target)
              .isEqualTo(TestPictures.pixels(plain));
        }
      }
    }
  }

  @Test
  void refusesABoxThatLeavesTheSource() {
    try (PixelBuffer source = TestPictures.noise(10, 10, 1);
        PixelBuffer target = new PixelBuffer(new Size(3, 3))) {
      for (Box box :
          new Box[] {
            new Box(-0.1, 0, 5, 5),
            new Box(0, 0, 10.5, 5),
            new Box(0, 0, 5, Double.POSITIVE_INFINITY)
          }) {
        assertThatThrownBy(() -> resampler.resize(source, box, target, Filter.AREA))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("leaves the source of 10x10");
      }
    }
  }

  private static Box box(SplittableRandom random, int width, int height) {
    double left = random.nextDouble() * width * 0.7;
    double top = random.nextDouble() * height * 0.7;
    return new Box(
        left,
        top,
        left + (width - left) * (0.05 + 0.95 * random.nextDouble()),
        top + (height - top) * (0.05 + 0.95 * random.nextDouble()));
  }

  /** The definition, in double precision, without regard for speed. */
  private static double[] exactArea(PixelBuffer source, Box box, Size target) {
    byte[] pixels = TestPictures.pixels(source);
    double[] mean = new double[target.width() * target.height() * 3];
    double across = box.width() / target.width();
    double down = box.height() / target.height();
    for (int i = 0; i < mean.length; i++) {
      double left = box.left() + i / 3 % target.width() * across;
      double top = box.top() + i / 3 / target.width() * down;
      for (int y = 0; y < source.height(); y++) {
        for (int x = 0; x < source.width(); x++) {
          double share = overlap(left, left + across, x) * overlap(top, top + down, y);
          mean[i] += share * (pixels[y * source.stride() + x * 3 + i % 3] & 0xff) / (across * down);
        }
      }
    }
    return mean;
  }

  private static double overlap(double from, double to, int pixel) {
    return Math.max(0, Math.min(to, pixel + 1) - Math.max(from, pixel));
  }
}
