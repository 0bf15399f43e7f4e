package dev.instar.synth;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxRecord;
import dev.instar.crop.BoxWriter;
import dev.instar.crop.Detection;
import dev.instar.image.JpegCodec;
import dev.instar.image.JpegSettings;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import dev.instar.memory.NativeBuffer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A made-up collection on disk: {@code part{n}/NAME.jpg}, {@code metadata.tsv}, and {@code
 * boxes.csv} and {@code boxes.json} (COCO). The bytes depend on the plan and the JPEG codec alone,
 * not on the number of threads.
 */
public final class SampleFolder {
  /** What the original photographs have. */
  private static final JpegSettings SETTINGS = new JpegSettings(75, JpegSettings.Subsampling.S420);

  private final SynthPlan plan;
  private final Path folder;
  private final Fauna fauna = new Fauna();
  private final Region[] boxes;

  private SampleFolder(SynthPlan plan, Path folder) {
    this.plan = plan;
    this.folder = folder;
    boxes = new Region[plan.records()];
  }

  /** Names and labels of the whole collection in its order, without pictures. */
  public static List<Sample> samples(SynthPlan plan) {
    Fauna fauna = new Fauna();
    List<Sample> samples = new ArrayList<>(plan.records());
    for (int i = 0; i < plan.records(); i++) {
      samples.add(Sample.of(plan, fauna, i));
    }
    return List.copyOf(samples);
  }

  /**
   * Paints the whole collection into {@code folder}, which is made where it is missing; files of
   * the same names are replaced. The tables are written last, so a folder that has them is
   * complete.
   *
   * @param threads that paint, at least 1
   * @param progress is told the number of photographs written so far, by any of the threads
   * @throws IOException if a file cannot be written; the other threads then stop too
   * @throws InterruptedException if the calling thread is interrupted; the painting threads have
   *     then ended
   */
  public static void write(SynthPlan plan, Path folder, int threads, IntConsumer progress)
      throws IOException, InterruptedException {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads, it takes at least 1");
    }
    SampleFolder target = new SampleFolder(plan, folder);
    target.createParts();
    target.paintAll(threads, progress);
    target.writeTables();
  }

  private void createParts() throws IOException {
    for (int i = 0; i < plan.records(); i += Sample.PART) {
      Files.createDirectories(folder.resolve(sample(i).path()).getParent());
    }
  }

  private void paintAll(int threads, IntConsumer progress)
      throws IOException, InterruptedException {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Void>> ends = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        ends.add(
            workers.submit(
                () -> {
                  boolean success = false;
                  try {
                    paint(next, done, stop, progress);
                    success = true;
                    return null;
                  } finally {
                    if (!success) {
                      stop.set(true);
                    }
                  }
                }));
      }
      for (Future<Void> end : ends) {
        end.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(
          "painting failed: " + e.getCause().getMessage(), e.getCause());
    } finally {
      stop.set(true);
      workers.shutdown();
      // A photograph is done within a second, and a worker looks at the flag before the next one.
      workers.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  private void paint(
      AtomicInteger next, AtomicInteger done, AtomicBoolean stop, IntConsumer progress)
      throws IOException {
    SamplePainter painter = new SamplePainter(plan);
    try (JpegCodec codec = JpegCodec.best();
        PixelBuffer pixels = new PixelBuffer();
        NativeBuffer jpeg = NativeBuffer.allocate(1 << 18)) {
      for (int i = next.getAndIncrement();
          i < plan.records() && !stop.get();
          i = next.getAndIncrement()) {
        Sample sample = sample(i);
        Optional<Region> box = painter.paint(sample, pixels);
        boxes[i] = box.orElse(null);
        int bytes = codec.encode(pixels, SETTINGS, jpeg);
        write(jpeg, bytes, folder.resolve(sample.path()));
        progress.accept(done.incrementAndGet());
      }
    }
  }

  private static void write(NativeBuffer jpeg, int bytes, Path path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      var content = jpeg.bytes(0, bytes).buffer();
      while (content.hasRemaining()) {
        channel.write(content);
      }
    }
  }

  private void writeTables() throws IOException {
    SampleMetadata metadata = new SampleMetadata(plan.seed());
    try (BufferedWriter rows = Files.newBufferedWriter(folder.resolve("metadata.tsv"))) {
      rows.write(SampleMetadata.header() + "\n");
      for (int i = 0; i < plan.records(); i++) {
        rows.write(metadata.row(sample(i)) + "\n");
      }
    }
    writeBoxes("boxes.json");
    writeBoxes("boxes.csv");
  }

  private void writeBoxes(String name) throws IOException {
    try (BoxWriter table = BoxWriter.open(folder.resolve(name))) {
      for (int i = 0; i < plan.records(); i++) {
        List<Detection> drawn =
            Optional.ofNullable(boxes[i]).map(box -> new Detection(corners(box), 1)).stream()
                .toList();
        table.write(
            new BoxRecord(
                sample(i).path(),
                Optional.of(plan.size()),
                drawn,
                false,
                Optional.empty(),
                Optional.empty()));
      }
      table.finish();
    }
  }

  private static BoundingBox corners(Region box) {
    return new BoundingBox(box.x(), box.y(), box.right(), box.bottom());
  }

  private Sample sample(int index) {
    return Sample.of(plan, fauna, index);
  }
}
