package dev.instar.bench;

import dev.instar.image.BatchFormat;
import dev.instar.image.BatchFormat.Layout;
import dev.instar.image.Box;
import dev.instar.image.CorruptImageException;
import dev.instar.image.Filter;
import dev.instar.image.ImageHeader;
import dev.instar.image.JpegCodec;
import dev.instar.image.JpegSettings;
import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.image.Normalisation;
import dev.instar.image.PixelBuffer;
import dev.instar.image.PixelType;
import dev.instar.image.Region;
import dev.instar.image.Resampler;
import dev.instar.image.SampleConverter;
import dev.instar.image.SamplePlan;
import dev.instar.image.Size;
import dev.instar.image.Turn;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How much of the decoder's own speed is left when a record has become a sample of a batch?
 *
 * <p>{@code bench/jmh Sample -p photos=DIR -rf json -rff out.json}. Figures are samples a second,
 * on one thread: records of 341x256 pixels at quality 75, samples of 224x224 in a batch of 32,
 * whose slots are taken in turn. Every method draws the same crops in the same order.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class SampleBenchmark {
  private static final Size RECORD = new Size(341, 256);
  private static final Size SQUARE = new Size(256, 256);
  private static final Size SAMPLE = new Size(224, 224);
  private static final int BATCH = 32;
  private static final int DRAWS = 1024;

  private final List<Bytes> records = new ArrayList<>();
  private final List<ImageHeader> headers = new ArrayList<>();
  private final List<PixelBuffer> squares = new ArrayList<>();
  private final Region[] windows = new Region[DRAWS];
  private final Region[] stretches = new Region[DRAWS];
  private final SamplePlan plan = new SamplePlan();
  private JpegCodec codec;
  private PixelBuffer pixels;
  private NativeBuffer batch;
  private SampleConverter floats;
  private SampleConverter normalised;
  private SampleConverter halves;
  private SampleConverter bytes;
  private int turn;

  @Setup
  public void open(Photographs photographs) throws IOException {
    codec = JpegCodec.best();
    pixels = new PixelBuffer();
    try (Resampler resampler = Resampler.best();
        PixelBuffer small = new PixelBuffer(RECORD);
        NativeBuffer jpeg = NativeBuffer.allocate(0)) {
      for (Bytes photograph : photographs.bytes()) {
        ImageHeader header = ImageHeader.read(photograph);
        codec.decode(photograph, header, Region.of(header.size()), 4, pixels);
        resampler.resize(pixels, Box.of(pixels.size()), small, Filter.AREA);
        int length = codec.encode(small, new JpegSettings(75, Subsampling.S420), jpeg);
        records.add(Bytes.copyOf(jpeg.bytes(0, length).toArray()));
        headers.add(ImageHeader.read(records.get(records.size() - 1)));
        PixelBuffer square = new PixelBuffer(SQUARE);
        resampler.resize(small, Box.of(RECORD), square, Filter.AREA);
        squares.add(square);
      }
    }
    draw();
    BatchFormat format =
        new BatchFormat(SAMPLE, Layout.NCHW, PixelType.FLOAT32, Normalisation.NONE);
    floats = SampleConverter.best(format);
    normalised =
        SampleConverter.best(
            new BatchFormat(SAMPLE, Layout.NCHW, PixelType.FLOAT32, Normalisation.IMAGENET));
    halves =
        SampleConverter.best(
            new BatchFormat(
                SAMPLE, Layout.CHANNELS_LAST, PixelType.BFLOAT16, Normalisation.IMAGENET));
    bytes =
        SampleConverter.best(
            new BatchFormat(SAMPLE, Layout.NCHW, PixelType.UINT8, Normalisation.NONE));
    batch = NativeBuffer.allocate(BATCH * format.sampleBytes());
  }

  /**
   * Crops of 224x224, and those of torchvision's RandomResizedCrop: scale 0.08 to 1, ratio 3/4 to
   * 4/3.
   */
  private void draw() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < DRAWS; i++) {
      windows[i] = new Region(random.nextInt(118), random.nextInt(33), 224, 224);
      int width;
      int height;
      do {
        double area = RECORD.pixels() * random.nextDouble(0.08, 1);
        double ratio = Math.exp(random.nextDouble(Math.log(0.75), Math.log(4.0 / 3)));
        width = (int) Math.round(Math.sqrt(area * ratio));
        height = (int) Math.round(Math.sqrt(area / ratio));
      } while (width > RECORD.width() || height > RECORD.height());
      stretches[i] =
          new Region(
              random.nextInt(RECORD.width() - width + 1),
              random.nextInt(RECORD.height() - height + 1),
              width,
              height);
    }
  }

  @TearDown
  public void close() {
    squares.forEach(PixelBuffer::close);
    floats.close();
    normalised.close();
    halves.close();
    bytes.close();
    batch.close();
    pixels.close();
    codec.close();
  }

  /** The limit of {@link #paper}: libjpeg-turbo's pixels of the same crops. */
  @Benchmark
  public void partialDecodeOnly() throws CorruptImageException {
    int i = next();
    codec.decode(record(i), header(i), windows[i % DRAWS], 1, pixels);
  }

  /** The recipe of the paper: crop, flip, float32 in [0, 1], channel by channel. */
  @Benchmark
  public void paper() throws CorruptImageException {
    int i = next();
    floats.jpeg(record(i), window(RECORD, i), slot(i));
  }

  /** The same in bytes: what writing 602 KB of floats costs. */
  @Benchmark
  public void paperInBytes() throws CorruptImageException {
    int i = next();
    bytes.jpeg(record(i), window(RECORD, i), slot(i));
  }

  @Benchmark
  public void paperInBfloat16ChannelsLast() throws CorruptImageException {
    int i = next();
    halves.jpeg(record(i), window(RECORD, i), slot(i));
  }

  /** The limit that {@link #randomResizedNormalised} is measured against. */
  @Benchmark
  public void fullDecodeOnly() throws CorruptImageException {
    int i = next();
    codec.decode(record(i), header(i), Region.of(RECORD), 1, pixels);
  }

  @Benchmark
  public void randomResizedNormalised() throws CorruptImageException {
    int i = next();
    Region part = stretches[i % DRAWS];
    plan.reset(RECORD.width(), RECORD.height())
        .crop(part.x(), part.y(), part.width(), part.height())
        .resize(SAMPLE.width(), SAMPLE.height())
        .turn(Turn.of(i % 2 == 0, 0));
    normalised.jpeg(record(i), plan, slot(i));
  }

  /** Records of 256x256 pixels that are not encoded. */
  @Benchmark
  public void raw() {
    int i = next();
    PixelBuffer square = squares.get(i % squares.size());
    floats.pixels(square.address(), window(SQUARE, i), slot(i));
  }

  private int next() {
    return turn = turn + 1 & Integer.MAX_VALUE;
  }

  private Bytes record(int i) {
    return records.get(i % records.size());
  }

  private ImageHeader header(int i) {
    return headers.get(i % headers.size());
  }

  private long slot(int i) {
    return batch.address() + (long) (i % BATCH) * (batch.capacity() / BATCH);
  }

  private SamplePlan window(Size size, int i) {
    Region window = windows[i % DRAWS];
    int x = Math.min(window.x(), size.width() - SAMPLE.width());
    return plan.reset(size.width(), size.height())
        .window(x, window.y())
        .turn(Turn.of(i % 2 == 0, 0));
  }
}
