package dev.instar.bench;

import dev.instar.image.CorruptImageException;
import dev.instar.image.ImageHeader;
import dev.instar.memory.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Can every picture's header be read before its decoder sees it, at no cost that one notices?
 *
 * <p>{@code bench/jmh Header -p photos=DIR -rf json -rff out.json}. Figures are microseconds a
 * picture, on one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeaderBenchmark {
  private final List<byte[]> files = new ArrayList<>();
  private ImageReader reader;

  @Setup
  public void open(Photographs photographs) {
    photographs.bytes().forEach(file -> files.add(file.toArray()));
    reader = ImageIO.getImageReadersByFormatName("jpeg").next();
  }

  @TearDown
  public void close() {
    reader.dispose();
  }

  @Benchmark
  @OperationsPerInvocation(Photographs.COUNT)
  public void read(Photographs photographs, Blackhole sink) throws CorruptImageException {
    for (Bytes file : photographs.bytes()) {
      sink.consume(ImageHeader.read(file));
    }
  }

  /** The alternative: the JDK's own reader, asked for width and height. */
  @Benchmark
  @OperationsPerInvocation(Photographs.COUNT)
  public void readThroughImageIo(Blackhole sink) throws IOException {
    for (byte[] file : files) {
      try (ImageInputStream stream =
          new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
        reader.setInput(stream, true, true);
        sink.consume(reader.getWidth(0));
        sink.consume(reader.getHeight(0));
      }
    }
  }
}
