package dev.instar.convert;

import dev.instar.convert.PictureConverter.Draft;
import dev.instar.crop.Photograph;
import dev.instar.crop.Quality;
import dev.instar.image.InputException;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.ImageRecord;
import dev.instar.pack.ImageSink;
import dev.instar.pack.ImageSource;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Converts the records of a source into a sink: workers decode, resample and encode, one thread
 * writes in the order of the input.
 *
 * <p>A bad record goes to quarantine and never stops the run. Whatever is stored already is not
 * done again. Use once, from one thread.
 */
public final class Conversion {
  private final ImageSource source;
  private final ImageSink sink;
  private final Quarantine quarantine;
  private final Skipped skipped;
  private final ConversionPlan plan;
  private final Execution execution;

  private final Map<String, Long> verdicts = new TreeMap<>();
  private long written;
  private long bytesWritten;

  /**
   * How a run is carried out, which does not change what it stores.
   *
   * @param threads the number of workers, at least 1
   * @param shard the share of the input to do
   * @param failOnBadRecord whether the first bad record ends the run
   * @param retryQuarantined whether records that earlier runs refused are tried again
   * @param stop asked between records whether to end early
   * @param progress is told how far the run is
   */
  public record Execution(
      int threads,
      ShardPlan shard,
      boolean failOnBadRecord,
      boolean retryQuarantined,
      Stop stop,
      Progress progress) {}

  /**
   * What a run came to.
   *
   * @param finished whether all of the input was done and the output is complete
   * @param seconds of wall time
   * @param threads the number of workers
   * @param stageNanos of all threads together, in nanoseconds
   */
  public record Result(
      boolean finished, Counts counts, double seconds, int threads, Map<Stage, Long> stageNanos) {
    /** Records stored by this run for each second of wall time. */
    public double imagesPerSecond() {
      return seconds > 0 ? counts.written() / seconds : 0;
    }
  }

  public Conversion(
      ImageSource source,
      ImageSink sink,
      Quarantine quarantine,
      Skipped skipped,
      ConversionPlan plan,
      Execution execution) {
    this.source = source;
    this.sink = sink;
    this.quarantine = quarantine;
    this.skipped = skipped;
    this.plan = plan;
    this.execution = execution;
  }

  /**
   * Runs to the end of the input, or until it is told to stop.
   *
   * @throws BadRecordException if a record is bad and the run shall end at the first
   * @throws IOException if the output cannot be written; what was committed stays and can be
   *     continued
   */
  public Result run() throws IOException, InterruptedException {
    long started = System.nanoTime();
    WorkList list =
        WorkList.of(
            source,
            execution.shard(),
            name -> sink.contains(name) || skipped.contains(name),
            sink::keyOf,
            quarantine,
            execution.retryQuarantined());
    long skippedBefore = countSkipped(list);
    OrderedWork<Product> work = new OrderedWork<>(source, list, quarantine, execution);
    boolean finished = work.run(Converting::new, new Storing());
    if (finished) {
      sink.finish();
      quarantine.finish();
      skipped.finish();
    } else {
      sink.commit();
      quarantine.commit();
      skipped.commit();
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    return new Result(
        finished,
        counts(work, list, skippedBefore),
        seconds,
        execution.threads(),
        work.stageNanos());
  }

  /** Counts what earlier runs left out: how many records that is. */
  private long countSkipped(WorkList list) {
    for (int i = 0; i < source.size() && !skipped.entries().isEmpty(); i++) {
      if (list.isThere(i)) {
        skipped.qualityOf(source.name(i)).ifPresent(this::countSkipped);
      }
    }
    return verdicts.values().stream().mapToLong(Long::longValue).sum();
  }

  private void countSkipped(String quality) {
    verdicts.merge(quality, 1L, Long::sum);
  }

  /** What became of a photograph. */
  private sealed interface Product {
    /** A picture to store, whose {@code length} bytes lie in the memory of its turn. */
    record Picture(ImageRecord record, int length) implements Product {}

    /** Nothing: photographs of this quality were not wanted. */
    record Nothing(Quality quality) implements Product {}
  }

  /** One worker. */
  private final class Converting implements OrderedWork.Worker<Product> {
    private final PictureConverter converter = new PictureConverter(plan);
    private final Sight sight = plan.cropping().sights().get();

    @Override
    public Product work(OrderedWork.Turn turn, Content content)
        throws InputException, InterruptedException {
      String name = source.name(turn.index());
      Photograph photograph = sight.prepared(Photograph.of(content, plan.maxPixels()));
      Sighting sighting = look(turn, name, photograph);
      Optional<Quality> unwanted = plan.cropping().skips(sighting);
      if (unwanted.isPresent()) {
        return new Product.Nothing(unwanted.get());
      }
      Draft draft = converter.draft(photograph, sighting);
      long memory = converter.memoryFor(draft);
      turn.times().lap(Stage.DECODE);
      turn.take(memory);
      int length = converter.convert(draft, turn.bytes(), turn.times());
      turn.give(memory - length);
      return new Product.Picture(
          PictureConverter.recordOf(name, source.part(turn.index()), draft), length);
    }

    private Sighting look(OrderedWork.Turn turn, String name, Photograph photograph)
        throws InputException, InterruptedException {
      long memory = sight.memoryFor(photograph);
      turn.times().lap(Stage.DECODE);
      turn.take(memory);
      Sighting sighting = sight.of(name, photograph);
      turn.give(memory);
      turn.times().lap(Stage.DETECT);
      return sighting;
    }

    @Override
    public void close() {
      sight.close();
      converter.close();
    }
  }

  /** The writing thread's part. */
  private final class Storing implements OrderedWork.Settlement<Product> {
    @Override
    public void settle(int index, Product product, NativeBuffer bytes, StageClock times)
        throws IOException {
      if (product instanceof Product.Picture picture) {
        sink.append(picture.record(), bytes.bytes(0, picture.length()));
        written++;
        bytesWritten += picture.length();
      } else if (product instanceof Product.Nothing nothing) {
        skipped.add(source.name(index), source.location(index), nothing.quality());
        countSkipped(nothing.quality().label());
      }
    }

    @Override
    public void commit() throws IOException {
      sink.commit();
      skipped.commit();
    }
  }

  private Counts counts(OrderedWork<Product> work, WorkList list, long skippedBefore) {
    long leftOut = verdicts.values().stream().mapToLong(Long::longValue).sum();
    long stored = list.alreadyThere() - skippedBefore;
    return new Counts(
        written + work.refused() + leftOut + stored,
        written,
        work.refused(),
        leftOut,
        stored,
        work.bytesRead(),
        bytesWritten,
        work.reasons(),
        Map.copyOf(verdicts));
  }
}
