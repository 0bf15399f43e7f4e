package dev.instar.convert;

import dev.instar.convert.PictureConverter.Draft;
import dev.instar.image.InputException;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.ImageRecord;
import dev.instar.pack.ImageSink;
import dev.instar.pack.ImageSource;
import java.io.IOException;
import java.util.Map;

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
  private final ConversionPlan plan;
  private final Execution execution;

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
      ConversionPlan plan,
      Execution execution) {
    this.source = source;
    this.sink = sink;
    this.quarantine = quarantine;
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
            sink::contains,
            sink::keyOf,
            quarantine,
            execution.retryQuarantined());
    OrderedWork<Picture> work = new OrderedWork<>(source, list, quarantine, execution);
    boolean finished = work.run(Converting::new, new Storing());
    if (finished) {
      sink.finish();
      quarantine.finish();
    } else {
      sink.commit();
      quarantine.commit();
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    return new Result(
        finished, counts(work, list), seconds, execution.threads(), work.stageNanos());
  }

  /** A stored picture whose {@code length} bytes lie in the memory of its turn. */
  private record Picture(ImageRecord record, int length) {}

  /** One worker. */
  private final class Converting implements OrderedWork.Worker<Picture> {
    private final PictureConverter converter = new PictureConverter(plan);

    @Override
    public Picture work(OrderedWork.Turn turn, Content content)
        throws InputException, InterruptedException {
      String name = source.name(turn.index());
      Draft draft = converter.draft(name, content);
      long memory = converter.memoryFor(draft);
      turn.times().lap(Stage.DECODE);
      turn.take(memory);
      int length = converter.convert(draft, turn.bytes(), turn.times());
      turn.give(memory - length);
      return new Picture(PictureConverter.recordOf(name, source.part(turn.index()), draft), length);
    }

    @Override
    public void close() {
      converter.close();
    }
  }

  /** The writing thread's part. */
  private final class Storing implements OrderedWork.Settlement<Picture> {
    @Override
    public void settle(int index, Picture picture, NativeBuffer bytes, StageClock times)
        throws IOException {
      sink.append(picture.record(), bytes.bytes(0, picture.length()));
      written++;
      bytesWritten += picture.length();
    }

    @Override
    public void commit() throws IOException {
      sink.commit();
    }
  }

  private Counts counts(OrderedWork<Picture> work, WorkList list) {
    return new Counts(
        written + work.refused() + list.alreadyThere(),
        written,
        work.refused(),
        list.alreadyThere(),
        work.bytesRead(),
        bytesWritten,
        work.reasons());
  }
}
