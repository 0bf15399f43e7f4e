package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.image.BatchFormat.Layout;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Memory outside the heap does not grow with the number of pictures. Each test asks a process whose
 * heap is too small to hide a leak, or to look like one.
 */
@Tag("slow")
final class LeakTest {
  private static final long PAGE_BYTES = 4096;
  private static final long ALLOWED_BYTES = 24L << 20;

  @ParameterizedTest
  @EnumSource
  void hundredThousandPicturesLeaveMemoryFlat(Codecs codecs) throws Exception {
    if (codecs == Codecs.CORE) {
      NativeCoreAssumption.check();
    }
    String output =
        ChildProcess.run(
            Worker.class,
            "-Xmx16m",
            "-XX:+UseSerialGC",
            "-Dorg.bytedeco.javacpp.nopointergc=true",
            "-Dinstar.codec=" + codecs.name());
    assertThat(output).contains("pictures 100000 ");
    long growth = Long.parseLong(output.replaceAll("(?s).*growth (-?\\d+) bytes.*", "$1"));
    assertThat(growth).as(output).isLessThan(ALLOWED_BYTES);
  }

  /**
   * Converts pictures, whole and damaged ones, and says how much the process grew after a warm-up.
   */
  static final class Worker {
    private static final BatchFormat SAMPLES =
        new BatchFormat(new Size(16, 16), Layout.NCHW, PixelType.FLOAT32, Normalisation.IMAGENET);

    private final Bytes whole;
    private final Bytes damaged;

    private Worker(Bytes whole, Bytes damaged) {
      this.whole = whole;
      this.damaged = damaged;
    }

    public static void main(String[] arguments) throws Exception {
      try (PixelBuffer picture = TestPictures.photograph(48, 40, 1)) {
        byte[] cut = TestPictures.Kind.PROGRESSIVE_420.of(picture).toArray();
        // Another start of picture in the middle of a scan.
        cut[cut.length * 2 / 3] = (byte) 0xff;
        cut[cut.length * 2 / 3 + 1] = (byte) 0xd8;
        Worker worker = new Worker(TestPictures.Kind.S420.of(picture), Bytes.copyOf(cut));
        worker.convert(10_000);
        long before = residentBytes();
        long buffersBefore = NativeBuffer.allocatedBytes();
        worker.convert(100_000);
        if (NativeBuffer.allocatedBytes() != buffersBefore) {
          throw new AssertionError("a buffer was not closed");
        }
        System.out.println("pictures 100000 growth " + (residentBytes() - before) + " bytes");
      }
    }

    private void convert(int times) throws Exception {
      try (JpegCodec codec = JpegCodec.best();
          Resampler resampler = Resampler.best();
          PixelBuffer decoded = new PixelBuffer();
          PixelBuffer resized = new PixelBuffer(new Size(21, 17));
          NativeBuffer encoded = NativeBuffer.allocate(0);
          SampleConverter converter = SampleConverter.best(SAMPLES);
          NativeBuffer sample = NativeBuffer.allocate(SAMPLES.sampleBytes())) {
        SamplePlan plan = new SamplePlan();
        ImageHeader header = ImageHeader.read(whole);
        for (int i = 0; i < times; i++) {
          try (JpegIndex index = codec.newIndex()) {
            codec.decode(whole, header, Region.of(header.size()), 8, index, decoded);
            codec.decode(whole, header, Region.of(header.size()), 1 << i % 2, index, decoded);
          }
          Filter filter = Filter.values()[i % Filter.values().length];
          resampler.resize(decoded, Box.of(decoded.size()), resized, filter);
          codec.encode(resized, header.jpegSettings(), encoded);
          plan.reset(48, 40).crop(i % 9, 3, 20 + i % 19, 30).resize(18, 17).rotate(i % 5, 0);
          converter.jpeg(whole, plan.colour(1, 1.1, 1, 0), sample.address());
          try {
            if (i % 2 == 0) {
              converter.jpeg(damaged, plan, sample.address());
            }
            codec.decode(damaged, header, Region.of(header.size()), 1, decoded);
          } catch (CorruptImageException expected) {
            continue;
          }
          throw new AssertionError("the damaged picture was decoded");
        }
      }
    }

    private static long residentBytes() throws IOException {
      String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
      return Long.parseLong(pages[1]) * PAGE_BYTES;
    }
  }
}
