package dev.instar.bench;

import dev.instar.crop.Photograph;
import dev.instar.crop.PhotographReader;
import dev.instar.detect.ContrastDetector;
import dev.instar.detect.QualityFilter;
import dev.instar.image.InputException;
import dev.instar.image.PixelBuffer;
import dev.instar.memory.Bytes;
import dev.instar.pack.Content;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does finding the insect cost beside the small decode that it looks at?
 *
 * <p>{@code bench/jmh Contrast -p photos=DIR -rf json -rff out.json}. Figures are milliseconds a
 * photograph, on one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ContrastBenchmark {
  private final PhotographReader reader = new PhotographReader();
  private final ContrastDetector detector = new ContrastDetector();
  private final List<Photograph> files = new ArrayList<>();
  private final List<Photograph> decoded = new ArrayList<>();

  @Setup
  public void open(Photographs photographs) throws InputException {
    for (Bytes file : photographs.bytes()) {
      Photograph photograph = Photograph.of(new Content.Encoded(file), Long.MAX_VALUE);
      files.add(photograph);
      PixelBuffer small = reader.reduced(photograph, QualityFilter.SHORTER_SIDE);
      byte[] rgb = new byte[(int) PixelBuffer.bytesOf(small.size())];
      small.asByteBuffer().get(rgb);
      decoded.add(
          Photograph.of(new Content.Pixels(Bytes.copyOf(rgb), small.size()), Long.MAX_VALUE));
    }
  }

  @TearDown
  public void close() {
    detector.close();
    reader.close();
  }

  /** The limit: decoding at 1/8. */
  @Benchmark
  @OperationsPerInvocation(Photographs.COUNT)
  public void decodeSmall(Blackhole sink) throws InputException {
    for (Photograph file : files) {
      sink.consume(reader.reduced(file, QualityFilter.SHORTER_SIDE));
    }
  }

  /** What is looked at is decoded already. */
  @Benchmark
  @OperationsPerInvocation(Photographs.COUNT)
  public void detect(Blackhole sink) throws InputException {
    for (Photograph picture : decoded) {
      sink.consume(detector.detect(picture));
    }
  }

  @Benchmark
  @OperationsPerInvocation(Photographs.COUNT)
  public void decodeAndDetect(Blackhole sink) throws InputException {
    for (Photograph file : files) {
      sink.consume(detector.detect(file));
    }
  }
}
