package dev.instar.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.instar.convert.Conversion.Execution;
import dev.instar.convert.Geometry.Side;
import dev.instar.convert.JpegPolicy.Chroma;
import dev.instar.crop.BoundingBox;
import dev.instar.crop.CropRule;
import dev.instar.crop.Photograph;
import dev.instar.crop.Quality;
import dev.instar.image.Filter;
import dev.instar.image.InputException;
import dev.instar.image.JpegCodec;
import dev.instar.image.JpegSettings;
import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.Encoding;
import dev.instar.testing.ExifJpeg;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversion that looks for the insect itself, with a detector whose answers are known. */
final class DetectedCropTest {
  private static final Set<Quality> NONE = EnumSet.noneOf(Quality.class);

  @TempDir Path folder;
  private final MemorySource source = new MemorySource();
  private final AtomicInteger looks = new AtomicInteger();

  @BeforeEach
  void draw() throws IOException {
    source.with("small.jpg", jpeg(420, 300, new Region(150, 40, 90, 140), Subsampling.S420));
    source.with("fine.jpg", jpeg(1300, 900, new Region(420, 333, 61, 97), Subsampling.S444));
    source.with("large.jpg", jpeg(1700, 1203, new Region(90, 11, 900, 1150), Subsampling.S420));
    source.with("edge.jpg", jpeg(901, 1203, new Region(0, 900, 250, 303), Subsampling.S422));
    for (int orientation = 2; orientation <= 8; orientation++) {
      byte[] jpeg = jpeg(840, 611, new Region(300, 57, 120, 131), Subsampling.S420);
      source.with("turned" + orientation + ".jpg", ExifJpeg.oriented(jpeg, orientation));
    }
    source.with("drawn.png", png(600, 500, new Region(211, 102, 80, 130)));
    try (PixelBuffer pixels = pixels(330, 250, new Region(100, 60, 51, 70))) {
      source.with("raw", new Content.Pixels(Bytes.copyOf(pixels.bytes().toArray()), pixels.size()));
    }
    source.with("blurry.jpg", jpeg(500, 400, new Region(100, 100, 200, 60), Subsampling.S420));
    source.with("empty.jpg", jpeg(500, 400, new Region(0, 0, 0, 0), Subsampling.S420));
  }

  private RunResult<Counts> run(Cropping cropping, MemorySink sink, int threads, Stop stop)
      throws IOException, InterruptedException {
    Path output = folder.resolve("out.h5");
    ConversionPlan plan =
        new ConversionPlan(
            new Geometry(64, Side.SHORTER, false),
            cropping,
            0xf0f0f0,
            Filter.AREA,
            Encoding.JPEG,
            new JpegPolicy(80, Chroma.S420),
            10_000_000);
    Execution execution =
        new Execution(threads, ShardPlan.WHOLE, false, false, stop, Progress.silent());
    try (Quarantine quarantine = Quarantine.open(output);
        Skipped skipped = Skipped.open(output)) {
      return new Conversion(source, sink, quarantine, skipped, plan, execution).run();
    }
  }

  private Cropping looking(boolean wholeWithoutBox) {
    return Cropping.of(() -> new DarkSpotDetector(looks), 0, CropRule.REFERENCE, wholeWithoutBox);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void everyCropEqualsTheOneThatTheSameBoxOfAFileGives(int threads) throws Exception {
    MemorySink found = new MemorySink();
    RunResult<Counts> result = run(looking(false), found, threads, Stop.NEVER);
    assertThat(result.counts().written()).isEqualTo(14);

    Map<String, BoundingBox> boxes = new ConcurrentHashMap<>();
    MemorySink again = new MemorySink();
    Cropping listed =
        new Cropping(
            () -> (name, photograph) -> sighting(boxes, name, photograph),
            "",
            Optional.of(CropRule.REFERENCE),
            false,
            NONE);
    run(listed, again, 1, Stop.NEVER);

    assertThat(found.kept.keySet()).containsExactlyElementsOf(again.kept.keySet());
    for (Map.Entry<String, MemorySink.Kept> kept : again.kept.entrySet()) {
      MemorySink.Kept crop = found.kept.get(kept.getKey());
      assertThat(crop.bytes()).as(kept.getKey()).isEqualTo(kept.getValue().bytes());
      assertThat(crop.record()).isEqualTo(kept.getValue().record());
      assertThat(crop.record().box())
          .isEqualTo(CropRule.REFERENCE.cropOf(boxes.get(kept.getKey()), crop.record().original()));
    }
  }

  /** What a box file would say: found by a detector of its own. */
  private static Sighting sighting(
      Map<String, BoundingBox> boxes, String name, Photograph photograph) throws InputException {
    try (DarkSpotDetector detector = new DarkSpotDetector(new AtomicInteger())) {
      Optional<BoundingBox> box = detector.detect(photograph).best().map(best -> best.box());
      box.ifPresent(found -> boxes.put(name, found));
      return new Sighting(box, Optional.empty());
    }
  }

  @Test
  void boxesAreWhereTheSpotsAre() throws Exception {
    MemorySink sink = new MemorySink();
    run(looking(false), sink, 2, Stop.NEVER);

    Region kept = sink.kept.get("fine.jpg").record().box();
    assertThat(kept.x()).isBetween(380, 420);
    assertThat(kept.right()).isBetween(481, 520);
    Region turned = sink.kept.get("turned3.jpg").record().box();
    assertThat(turned.x()).as("half a turn").isBetween(840 - 420 - 60, 840 - 420);
    assertThat(sink.kept.get("turned6.jpg").record().original()).isEqualTo(new Size(611, 840));
  }

  @Test
  void aPhotographWithoutAnInsectIsQuarantinedOrKeptWhole() throws Exception {
    MemorySink strict = new MemorySink();
    RunResult<Counts> refused = run(looking(false), strict, 2, Stop.NEVER);
    assertThat(refused.counts().reasons()).containsExactly(Map.entry("no-box", 1L));
    try (Quarantine quarantine = Quarantine.open(folder.resolve("out.h5"))) {
      assertThat(quarantine.entries())
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.name()).isEqualTo("empty.jpg");
                assertThat(entry.message())
                    .isEqualTo(
                        "no insect was found in it (--without-box whole keeps it uncropped)");
              });
    }
    MemorySink lenient = new MemorySink();
    folder = folder.resolve("lenient");
    Files.createDirectory(folder);
    run(looking(true), lenient, 2, Stop.NEVER);
    assertThat(lenient.kept.get("empty.jpg").record().box()).isEqualTo(new Region(0, 0, 500, 400));
  }

  @Test
  void boxesOfLowScoresDoNotCount() throws Exception {
    MemorySink sink = new MemorySink();
    Cropping sure = Cropping.of(() -> new DarkSpotDetector(looks), 0.9, CropRule.REFERENCE, false);
    RunResult<Counts> result = run(sure, sink, 2, Stop.NEVER);
    assertThat(result.counts().written()).isZero();
    assertThat(result.counts().reasons()).containsExactly(Map.entry("no-box", 15L));
  }

  @Test
  void unwantedQualitiesAreLeftOutListedAndNotLookedAtAgain() throws Exception {
    MemorySink sink = new MemorySink();
    Cropping cropping = looking(false).skipping(EnumSet.of(Quality.EMPTY, Quality.BLURRY));
    RunResult<Counts> result = run(cropping, sink, 3, Stop.NEVER);

    assertThat(result.finished()).isTrue();
    assertThat(result.counts().written()).isEqualTo(13);
    assertThat(result.counts().quarantined()).isZero();
    assertThat(result.counts().skipped()).isEqualTo(2);
    assertThat(result.counts().read()).isEqualTo(15);
    assertThat(result.counts().verdicts()).isEqualTo(Map.of("blurry", 1L, "empty", 1L));
    assertThat(sink.kept).doesNotContainKeys("empty.jpg", "blurry.jpg");
    try (Skipped skipped = Skipped.open(folder.resolve("out.h5"))) {
      assertThat(skipped.entries())
          .extracting(Skipped.Entry::name, Skipped.Entry::quality)
          .containsExactly(tuple("blurry.jpg", "blurry"), tuple("empty.jpg", "empty"));
    }

    looks.set(0);
    RunResult<Counts> again = run(cropping, sink, 3, Stop.NEVER);
    assertThat(looks.get()).isZero();
    assertThat(again.counts().alreadyThere()).isEqualTo(13);
    assertThat(again.counts().verdicts()).isEqualTo(Map.of("blurry", 1L, "empty", 1L));
    assertThat(again.counts().read()).isEqualTo(15);
  }

  @Test
  void judgingAloneKeepsPhotographsWhole() throws Exception {
    MemorySink sink = new MemorySink();
    Cropping judged =
        Cropping.judgedBy(() -> new DarkSpotDetector(looks)).skipping(EnumSet.of(Quality.BLURRY));
    RunResult<Counts> result = run(judged, sink, 2, Stop.NEVER);

    assertThat(result.counts().written()).isEqualTo(14);
    assertThat(result.counts().verdicts()).isEqualTo(Map.of("blurry", 1L));
    assertThat(sink.kept.values())
        .allSatisfy(
            kept -> assertThat(kept.record().box()).isEqualTo(Region.of(kept.record().original())));
  }

  @Test
  void aRunThatWasStoppedEndsAsOneThatWasNot() throws Exception {
    Cropping cropping = looking(false).skipping(EnumSet.of(Quality.EMPTY));
    MemorySink calm = new MemorySink();
    run(cropping, calm, 2, Stop.NEVER);
    folder = folder.resolve("again");
    Files.createDirectory(folder);

    MemorySink sink = new MemorySink();
    RunResult<Counts> result = null;
    for (int i = 0; i < 20 && (result == null || !result.finished()); i++) {
      AtomicInteger asked = new AtomicInteger();
      result = run(cropping, sink, 2, () -> asked.incrementAndGet() > 2);
    }
    assertThat(result.finished()).isTrue();
    assertThat(result.counts().skipped()).isEqualTo(1);
    assertThat(sink.kept.keySet()).containsExactlyElementsOf(calm.kept.keySet());
    sink.kept.forEach(
        (name, kept) -> assertThat(kept.bytes()).as(name).isEqualTo(calm.kept.get(name).bytes()));
  }

  private static byte[] jpeg(int width, int height, Region spot, Subsampling subsampling) {
    try (PixelBuffer pixels = pixels(width, height, spot);
        NativeBuffer into = NativeBuffer.allocate(0);
        JpegCodec codec = JpegCodec.best()) {
      int length = codec.encode(pixels, new JpegSettings(85, subsampling), into);
      return into.bytes(0, length).toArray();
    }
  }

  private static byte[] png(int width, int height, Region spot) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int level = level(x, y, spot);
        image.setRGB(x, y, level << 16 | level << 8 | level);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static PixelBuffer pixels(int width, int height, Region spot) {
    PixelBuffer pixels = new PixelBuffer(new Size(width, height));
    ByteBuffer bytes = pixels.asByteBuffer();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int level = level(x, y, spot);
        bytes.put((byte) (level - x % 16)).put((byte) level).put((byte) (level - y % 9));
      }
    }
    return pixels;
  }

  /** A dark spot with a texture, on bright ground with another one. */
  private static int level(int x, int y, Region spot) {
    boolean inside = x >= spot.x() && x < spot.right() && y >= spot.y() && y < spot.bottom();
    return (inside ? 30 : 200) + (x * 7 + y * 5) % 23;
  }
}
