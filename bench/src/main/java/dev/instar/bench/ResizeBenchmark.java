package dev.instar.bench;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.instar.device.NativeLibrary;
import dev.instar.image.Box;
import dev.instar.image.Codecs;
import dev.instar.image.Filter;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Resampler;
import dev.instar.image.Size;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does shrinking a decoded photograph to 341x256 cost, and what do the alternatives?
 *
 * <p>{@code bench/jmh Resize -rf json -rff out.json}. Figures are milliseconds a picture, on one
 * thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResizeBenchmark {
  /** A whole photograph, and the same decoded at a quarter. */
  @Param({"2880x2160", "720x540"})
  String size;

  private PixelBuffer source;
  private PixelBuffer target;
  private Resampler core;
  private Resampler java;
  private Mat sourceMat;
  private Mat targetMat;

  @Setup
  public void open() {
    String[] sides = size.split("x");
    source = new PixelBuffer(new Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[1])));
    target = new PixelBuffer(new Size(341, 256));
    byte[] noise = new byte[source.stride() * source.height()];
    new SplittableRandom(1).nextBytes(noise);
    source.asByteBuffer().put(noise);
    core = Codecs.CORE.newResampler();
    java = Codecs.OPENCV.newResampler();
    NativeLibrary.OPENCV.load();
    opencv_core.setNumThreads(1);
    sourceMat = matOf(source);
    targetMat = matOf(target);
  }

  @TearDown
  public void close() {
    sourceMat.close();
    targetMat.close();
    core.close();
    java.close();
    source.close();
    target.close();
  }

  @Benchmark
  public void area() {
    core.resize(source, Box.of(source.size()), target, Filter.AREA);
  }

  @Benchmark
  public void areaInJava() {
    java.resize(source, Box.of(source.size()), target, Filter.AREA);
  }

  @Benchmark
  public void areaInOpenCv() {
    resize(sourceMat, targetMat, targetMat.size(), 0, 0, INTER_AREA);
  }

  @Benchmark
  public void bilinear() {
    core.resize(source, Box.of(source.size()), target, Filter.BILINEAR);
  }

  @Benchmark
  public void lanczos() {
    core.resize(source, Box.of(source.size()), target, Filter.LANCZOS);
  }

  /** What the last call made. */
  PixelBuffer target() {
    return target;
  }

  private static Mat matOf(PixelBuffer pixels) {
    return new Mat(
        pixels.height(),
        pixels.width(),
        opencv_core.CV_8UC3,
        new BytePointer(pixels.asByteBuffer()));
  }
}
