package dev.instar.bench;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.instar.convert.Conversion;
import dev.instar.convert.ConversionPlan;
import dev.instar.convert.Cropping;
import dev.instar.convert.Geometry;
import dev.instar.convert.JpegPolicy;
import dev.instar.convert.JpegPolicy.Chroma;
import dev.instar.convert.Progress;
import dev.instar.convert.Quarantine;
import dev.instar.convert.ShardPlan;
import dev.instar.convert.Sight;
import dev.instar.convert.Sighting;
import dev.instar.convert.Skipped;
import dev.instar.convert.Stop;
import dev.instar.crop.BoundingBox;
import dev.instar.crop.CropRule;
import dev.instar.device.NativeLibrary;
import dev.instar.image.CorruptImageException;
import dev.instar.image.Filter;
import dev.instar.image.ImageHeader;
import dev.instar.image.JpegCodec;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import dev.instar.memory.Bytes;
import dev.instar.pack.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
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
 * How much of the decoder's own speed is left after resize, encode and write?
 *
 * <p>{@code bench/jmh Conversion -p photos=DIR -rf json -rff out.json}. Figures are photographs per
 * second of one worker.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ConversionBenchmark {
  private JpegCodec codec;
  private PixelBuffer pixels;
  private Path folder;

  @Setup
  public void open() throws IOException {
    codec = JpegCodec.best();
    pixels = new PixelBuffer();
    folder = Files.createTempDirectory("instar-bench");
    NativeLibrary.OPENCV.load();
    opencv_core.setNumThreads(1);
  }

  @TearDown
  public void close() throws IOException {
    codec.close();
    pixels.close();
    Files.delete(folder);
  }

  /** The limit: nothing but the decode at a quarter of the size. */
  @Benchmark
  @OperationsPerInvocation(Photographs.COUNT)
  public void decodeOnly(Photographs source, Blackhole sink) throws CorruptImageException {
    for (Bytes jpeg : source.bytes()) {
      ImageHeader header = ImageHeader.read(jpeg);
      sink.consume(codec.decode(jpeg, header, Region.of(header.size()), 4, pixels));
    }
  }

  /** What users get, but for reading and writing files. */
  @Benchmark
  @OperationsPerInvocation(Photographs.COUNT)
  public void convert(Photographs source) throws IOException, InterruptedException {
    convert(source, Cropping.WHOLE);
  }

  /** What users get with a crop of 40% of each side in the middle. */
  @Benchmark
  @OperationsPerInvocation(Photographs.COUNT)
  public void convertRegion(Photographs source) throws IOException, InterruptedException {
    Sight middle =
        (name, photograph) -> {
          Region region = Photographs.middle(photograph.size());
          BoundingBox box =
              new BoundingBox(region.x(), region.y(), region.right(), region.bottom());
          return new Sighting(Optional.of(box), Optional.empty());
        };
    CropRule asItIs = new CropRule(1, true);
    convert(source, new Cropping(() -> middle, "", Optional.of(asItIs), false, Set.of()));
  }

  /** The alternative: OpenCV's reduced decode, its area filter, and its encoder. */
  @SuppressWarnings("try") // The scope is there to be closed.
  @Benchmark
  @OperationsPerInvocation(Photographs.COUNT)
  public void convertThroughOpenCv(Photographs source, Blackhole sink) {
    for (Bytes jpeg : source.bytes()) {
      try (PointerScope scope = new PointerScope();
          IntPointer settings = new IntPointer(IMWRITE_JPEG_QUALITY, 75);
          BytePointer out = new BytePointer()) {
        Mat file = new Mat(1, jpeg.size(), opencv_core.CV_8UC1, new BytePointer(jpeg.buffer()));
        Mat reduced = imdecode(file, IMREAD_REDUCED_COLOR_4);
        Mat small = new Mat();
        int width = (int) Math.round(reduced.cols() * 256.0 / reduced.rows());
        resize(reduced, small, new Size(width, 256), 0, 0, INTER_AREA);
        sink.consume(imencode(".jpg", small, out, settings));
      }
    }
  }

  private void convert(Photographs source, Cropping cropping)
      throws IOException, InterruptedException {
    ConversionPlan plan =
        new ConversionPlan(
            new Geometry(256, Geometry.Side.SHORTER, false),
            cropping,
            0xf0f0f0,
            Filter.AREA,
            Encoding.JPEG,
            new JpegPolicy(75, Chroma.S420),
            ConversionPlan.DEFAULT_MAX_PIXELS);
    Conversion.Execution execution =
        new Conversion.Execution(1, ShardPlan.WHOLE, true, false, Stop.NEVER, Progress.silent());
    try (Quarantine quarantine = Quarantine.open(folder.resolve("none"));
        Skipped skipped = Skipped.open(folder.resolve("none"))) {
      new Conversion(source, new DroppingSink(), quarantine, skipped, plan, execution).run();
    }
  }
}
