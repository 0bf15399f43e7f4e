package dev.instar.bench;

import dev.instar.image.Box;
import dev.instar.image.Codecs;
import dev.instar.image.CorruptImageException;
import dev.instar.image.Filter;
import dev.instar.image.ImageHeader;
import dev.instar.image.JpegCodec;
import dev.instar.image.JpegSettings;
import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import dev.instar.image.Resampler;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What do reducing in the DCT and decoding only a region save, and what does each codec take for
 * it?
 *
 * <p>{@code bench/jmh Codec -p photos=DIR -rf json -rff out.json}. Figures are milliseconds a
 * picture, on one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
  /** How far a picture is reduced while it is decoded. */
  @State(Scope.Benchmark)
  public static class Reduction {
    @Param({"1", "2", "4", "8"})
    int denominator;
  }

  /** The photographs with 256 rows, as they are encoded. */
  @State(Scope.Benchmark)
  public static class SmallPictures {
    private final List<PixelBuffer> pictures = new ArrayList<>();

    @Setup
    public void make(Photographs photographs) throws IOException {
      try (JpegCodec codec = JpegCodec.best();
          Resampler resampler = Resampler.best();
          PixelBuffer pixels = new PixelBuffer()) {
        for (Bytes jpeg : photographs.bytes()) {
          ImageHeader header = ImageHeader.read(jpeg);
          codec.decode(jpeg, header, Region.of(header.size()), 4, pixels);
          int width = Math.round(256f * header.size().width() / header.size().height());
          PixelBuffer small = new PixelBuffer(new Size(width, 256));
          resampler.resize(pixels, Box.of(pixels.size()), small, Filter.AREA);
          pictures.add(small);
        }
      }
    }

    @TearDown
    public void close() {
      pictures.forEach(PixelBuffer::close);
    }
  }

  @Param Codecs codecs;

  private JpegCodec codec;
  private PixelBuffer pixels;
  private NativeBuffer jpeg;

  @Setup
  public void open() {
    codec = codecs.newJpegCodec();
    pixels = new PixelBuffer();
    jpeg = NativeBuffer.allocate(1 << 16);
  }

  @TearDown
  public void close() {
    codec.close();
    pixels.close();
    jpeg.close();
  }

  @Benchmark
  @OperationsPerInvocation(Photographs.COUNT)
  public void decode(Photographs photographs, Reduction reduction, Blackhole sink)
      throws CorruptImageException {
    for (Bytes photograph : photographs.bytes()) {
      ImageHeader header = ImageHeader.read(photograph);
      Region whole = Region.of(header.size());
      sink.consume(codec.decode(photograph, header, whole, reduction.denominator, pixels));
    }
  }

  /**
   * The middle with 40% of each side: 16% of the pixels, though entropy decoding has to go on to
   * its last row, at 70%.
   */
  @Benchmark
  @OperationsPerInvocation(Photographs.COUNT)
  public void decodeRegion(Photographs photographs, Reduction reduction, Blackhole sink)
      throws CorruptImageException {
    for (Bytes photograph : photographs.bytes()) {
      ImageHeader header = ImageHeader.read(photograph);
      Region middle = Photographs.middle(header.size());
      sink.consume(codec.decode(photograph, header, middle, reduction.denominator, pixels));
    }
  }

  /** At quality 75 and 4:2:0, with 256 rows. */
  @Benchmark
  @OperationsPerInvocation(Photographs.COUNT)
  public void encode(SmallPictures small, Blackhole sink) {
    JpegSettings settings = new JpegSettings(75, Subsampling.S420);
    for (PixelBuffer picture : small.pictures) {
      sink.consume(codec.encode(picture, settings, jpeg));
    }
  }
}
