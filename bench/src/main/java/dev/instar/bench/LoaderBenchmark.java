package dev.instar.bench;

import dev.instar.image.BatchFormat;
import dev.instar.image.BatchFormat.Layout;
import dev.instar.image.CorruptImageException;
import dev.instar.image.ImageHeader;
import dev.instar.image.JpegCodec;
import dev.instar.image.Normalisation;
import dev.instar.image.PixelBuffer;
import dev.instar.image.PixelType;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.loader.Augmentation;
import dev.instar.loader.BadRecords;
import dev.instar.loader.Batch;
import dev.instar.loader.BatchLoader;
import dev.instar.loader.Epoch;
import dev.instar.loader.LoaderPlan;
import dev.instar.loader.Sampling;
import dev.instar.loader.Shard;
import dev.instar.memory.Bytes;
import dev.instar.pack.Encoding;
import dev.instar.pack.Pack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
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
 * How much of the decoder's own speed is left in batches that a network can take, and what do two
 * threads make of it?
 *
 * <p>{@code bench/jmh LoaderBenchmark -p photos=DIR -rf json -rff out.json}. Figures are records
 * per second. The decoder alone, on one thread, is the limit; loaders are whole: order, workers,
 * queue and reader, over a pack in the page cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LoaderBenchmark {
  private static final int BATCH = 32;
  private static final int SIDE = 224;

  /** How many threads decode; the reader only hands batches back. */
  @State(Scope.Benchmark)
  public static class Workers {
    @Param({"1", "2"})
    int threads;

    private final List<BatchLoader> open = new ArrayList<>();
    private int epoch;
    private BatchLoader paper;
    private BatchLoader resized;
    private BatchLoader raw;

    @Setup
    public void open(StoredPictures stored) {
      Augmentation reference = Augmentation.reference();
      paper = loader(stored, Encoding.JPEG, reference, Normalisation.NONE);
      resized = loader(stored, Encoding.JPEG, LoadingRun.randomResized(), Normalisation.IMAGENET);
      raw = loader(stored, Encoding.RAW, reference, Normalisation.NONE);
    }

    private BatchLoader loader(
        StoredPictures stored,
        Encoding encoding,
        Augmentation augmentation,
        Normalisation normalisation) {
      BatchFormat format =
          new BatchFormat(new Size(SIDE, SIDE), Layout.NCHW, PixelType.FLOAT32, normalisation);
      LoaderPlan plan =
          new LoaderPlan(
              BATCH,
              false,
              threads,
              threads + 2,
              1,
              Sampling.SHUFFLED,
              augmentation,
              format,
              BadRecords.FAIL,
              Shard.WHOLE);
      BatchLoader loader = BatchLoader.open(stored.samples(encoding), plan);
      open.add(loader);
      return loader;
    }

    void drain(BatchLoader loader, Blackhole sink) throws IOException, InterruptedException {
      try (Epoch batches = loader.epoch(epoch++, 0)) {
        for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
          try (Batch batch = next.get()) {
            sink.consume(batch.images());
          }
        }
      }
    }

    @TearDown
    public void close() {
      open.forEach(BatchLoader::close);
    }
  }

  private final List<Bytes> records = new ArrayList<>();
  private final List<ImageHeader> headers = new ArrayList<>();
  private JpegCodec codec;
  private PixelBuffer pixels;

  @Setup
  public void open(StoredPictures stored) throws CorruptImageException {
    codec = JpegCodec.best();
    pixels = new PixelBuffer();
    Pack pack = stored.jpegs();
    for (int i = 0; i < pack.size(); i++) {
      records.add(pack.bytes(i));
      headers.add(ImageHeader.read(records.get(i)));
    }
  }

  @TearDown
  public void close() {
    codec.close();
    pixels.close();
  }

  /** The limit of recipe {@code paper}: just the decoding of random windows. */
  @Benchmark
  @OperationsPerInvocation(StoredPictures.COUNT)
  public void decodeWindows(Blackhole sink) throws CorruptImageException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < records.size(); i++) {
      Size size = headers.get(i).size();
      Region window =
          new Region(
              random.nextInt(size.width() - SIDE + 1),
              random.nextInt(size.height() - SIDE + 1),
              SIDE,
              SIDE);
      sink.consume(codec.decode(records.get(i), headers.get(i), window, 1, pixels));
    }
  }

  /** The decoding of whole records. */
  @Benchmark
  @OperationsPerInvocation(StoredPictures.COUNT)
  public void decodeWhole(Blackhole sink) throws CorruptImageException {
    for (int i = 0; i < records.size(); i++) {
      Region whole = Region.of(headers.get(i).size());
      sink.consume(codec.decode(records.get(i), headers.get(i), whole, 1, pixels));
    }
  }

  /** Random windows, flipped or not, as float planes from 0 to 1: the reference's transforms. */
  @Benchmark
  @OperationsPerInvocation(StoredPictures.COUNT)
  public void paper(Workers workers, Blackhole sink) throws IOException, InterruptedException {
    workers.drain(workers.paper, sink);
  }

  /** Parts of random area and shape, resized and normalised. */
  @Benchmark
  @OperationsPerInvocation(StoredPictures.COUNT)
  public void randomResized(Workers workers, Blackhole sink)
      throws IOException, InterruptedException {
    workers.drain(workers.resized, sink);
  }

  /** As {@link #paper}, of raw pixels. */
  @Benchmark
  @OperationsPerInvocation(StoredPictures.COUNT)
  public void paperOfRawPixels(Workers workers, Blackhole sink)
      throws IOException, InterruptedException {
    workers.drain(workers.raw, sink);
  }
}
