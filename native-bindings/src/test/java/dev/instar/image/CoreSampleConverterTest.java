package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import dev.instar.image.BatchFormat.Layout;
import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.testing.SharedData;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CoreSampleConverterTest extends SampleConverterContract {
  @BeforeEach
  void needsTheCore() {
    NativeCoreAssumption.check();
  }

  @Override
  SampleConverter newConverter(BatchFormat format) {
    return Codecs.CORE.newSampleConverter(format);
  }

  @Override
  Codecs codecs() {
    return Codecs.CORE;
  }

  @Test
  void makesTheGoldenTransformsOfJpegs() throws Exception {
    Path folder = SharedData.path("golden/transforms");
    Converter converter = new Converter(bytesOf(new Size(224, 224)));
    for (JsonNode golden : photos(folder)) {
      Bytes file = TestPictures.file(folder.resolve(golden.get("jpg").asText()));
      Size size = ImageHeader.read(file).size();
      for (String output : List.of("resize256_center224", "resize224x224")) {
        SamplePlan plan = goldenPlan(size, output);
        assertThat(plan.denominator()).isEqualTo(1);
        assertThat(TestPictures.sha256(converter.jpeg(file, plan)))
            .as("%s of %s", output, golden.get("name").asText())
            .isEqualTo(golden.get("outputs").get("jpg_" + output).get("rgb_sha256").asText());
      }
    }
  }

  /** A plan of everything, again and again, once the memory that is kept has been taken. */
  @Test
  void makesNoObjects() throws Exception {
    BatchFormat format =
        new BatchFormat(new Size(32, 32), Layout.NCHW, PixelType.FLOAT32, Normalisation.IMAGENET);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    try (PixelBuffer picture = TestPictures.photograph(90, 70, 1);
        NativeBuffer slot = NativeBuffer.allocate(format.sampleBytes());
        SampleConverter converter = newConverter(format)) {
      Bytes jpeg = TestPictures.Kind.S420.of(picture);
      SamplePlan plan = new SamplePlan();
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 5; round++) {
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < 200; i++) {
          plan.reset(90, 70).crop(i % 20, 3, 60, 50).resize(36, 35).window(2, i % 3);
          plan.turn(Turn.of(i % 2 == 0, i)).rotate(i, 0).colour(1.1, 0.9, 1.2, 0.1);
          plan.erase(i % 9, 3, 5, 6);
          converter.jpeg(jpeg, plan, slot.address());
          converter.pixels(picture.address(), plan, slot.address());
        }
        least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
      }
      // What the compilers' hand-overs leave on a thread is a few objects, not 400.
      assertThat(least).isLessThan(2000);
    }
  }

  /** Thousands of damaged files: each gives a sample or a refusal, and the next one is whole. */
  @Test
  void survivesDamagedFiles() throws Exception {
    Damage damage = new Damage(7);
    Converter converter = new Converter(bytesOf(new Size(16, 16)));
    SamplePlan plan = new SamplePlan();
    int samples = 0;
    int refusals = 0;
    try (PixelBuffer picture = TestPictures.photograph(57, 43, 8)) {
      for (TestPictures.Kind kind : TestPictures.Kind.values()) {
        byte[] whole = kind.of(picture).toArray();
        byte[] sample = converter.jpeg(Bytes.copyOf(whole), cut(plan, 0));
        for (int i = 0; i < 600; i++) {
          try {
            converter.jpeg(Bytes.copyOf(damage.of(whole)), cut(plan, i));
            samples++;
          } catch (CorruptImageException refusal) {
            assertThat(refusal).hasMessageMatching("(?s)decoding the JPEG: .{5,}");
            refusals++;
          }
        }
        assertThat(converter.jpeg(Bytes.copyOf(whole), cut(plan, 0))).isEqualTo(sample);
      }
    }
    assertThat(samples).isGreaterThan(500);
    assertThat(refusals).isGreaterThan(500);
  }

  private static SamplePlan cut(SamplePlan plan, int i) {
    plan.reset(57, 43);
    return i % 2 == 0
        ? plan.window(i % 40, i % 27).turn(Turn.of(i % 4 == 0, 0))
        : plan.crop(i % 20, i % 10, 37 - i % 9, 33 - i % 7).resize(17, 18).window(1, 2);
  }

  /** A file without Huffman tables of its own gets the standard's, whatever file came before it. */
  @Test
  void lendsNoFileTheTablesOfTheOneBefore() throws Exception {
    Converter converter = new Converter(bytesOf(new Size(16, 16)));
    SamplePlan plan = new SamplePlan().reset(57, 43).window(10, 10);
    try (PixelBuffer picture = TestPictures.photograph(57, 43, 8);
        JpegCodec codec = Codecs.CORE.newJpegCodec();
        NativeBuffer into = NativeBuffer.allocate(0)) {
      int bytes = codec.encode(picture, new JpegSettings(80, Subsampling.S420), into);
      byte[] standard = into.bytes(0, bytes).toArray();
      byte[] sample = converter.jpeg(Bytes.copyOf(standard), plan);
      converter.jpeg(TestPictures.Kind.PROGRESSIVE_420.of(picture), plan);
      assertThat(converter.jpeg(Bytes.copyOf(withoutHuffmanTables(standard)), plan))
          .isEqualTo(sample);
    }
  }

  private static byte[] withoutHuffmanTables(byte[] jpeg) {
    byte[] rest = new byte[jpeg.length];
    int length = 2;
    System.arraycopy(jpeg, 0, rest, 0, 2);
    int at = 2;
    while ((jpeg[at + 1] & 0xff) != 0xda) {
      int segment = 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
      if ((jpeg[at + 1] & 0xff) != 0xc4) {
        System.arraycopy(jpeg, at, rest, length, segment);
        length += segment;
      }
      at += segment;
    }
    System.arraycopy(jpeg, at, rest, length, jpeg.length - at);
    return Arrays.copyOf(rest, length + jpeg.length - at);
  }
}
