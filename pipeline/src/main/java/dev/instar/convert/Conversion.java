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
  public RunResult<Counts> run() throws IOException, InterruptedException {
    long started = System.nanoTime();
    WorkList list =
        WorkList.of(
            source,
            execution.shard(),
            new StoredOrSkipped(sink, skipped),
            quarantine,
            execution.retryQuarantined());
    verdicts.putAll(list.skipped());
    OrderedWork<Made> work = new OrderedWork<>(source, list, quarantine, execution);
    Storing storing = new Storing();
    boolean finished = work.run(Converting::new, storing);
    if (finished) {
      sink.finish();
      quarantine.finish();
      skipped.finish();
    } else {
      quarantine.commit();
      storing.commit();
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    return new RunResult<>(
        finished, counts(work, list), seconds, execution.threads(), work.stageNanos());
  }

  /** What the output has, and what was left out of it on purpose. */
  private record StoredOrSkipped(ImageSink sink, Skipped skipped) implements Stored {
    @Override
    public boolean contains(String name) {
      return sink.contains(name);
    }

    @Override
    public String keyOf(String name) {
      return sink.keyOf(name);
    }

    @Override
    public Optional<String> leftOut(String location) {
      return skipped.qualityAt(location);
    }
  }

  /** What a worker made of a record. */
  private sealed interface Made {
    /** A picture to store, whose {@code length} bytes lie in the memory of its turn. */
    record Picture(ImageRecord record, int length) implements Made {}

    /** It is of a quality that was not wanted. */
    record LeftOut(Quality quality) implements Made {}
  }

  /** One worker. */
  private final class Converting implements OrderedWork.Worker<Made> {
    private final Sight sight = plan.cropping().sights().get();
    private final PictureConverter converter = new PictureConverter(plan);

    @Override
    public Made work(OrderedWork.Turn turn, Content content)
        throws InputException, InterruptedException {
      String name = source.name(turn.index());
      Photograph photograph = sight.prepared(Photograph.of(content, plan.maxPixels()));
      turn.times().lap(Stage.DECODE);
      Sighting sighting = look(turn, name, photograph);
      Optional<Quality> unwanted = plan.cropping().skips(sighting);
      if (unwanted.isPresent()) {
        return new Made.LeftOut(unwanted.get());
      }
      Draft draft = converter.draft(photograph, sighting);
      long memory = converter.memoryFor(draft);
      turn.times().lap(Stage.DECODE);
      turn.take(memory);
      int length = converter.convert(draft, turn.bytes(), turn.times());
      turn.give(memory - length);
      return new Made.Picture(
          PictureConverter.recordOf(name, source.part(turn.index()), draft), length);
    }

    /** Looks at a photograph within the budget of memory. */
    private Sighting look(OrderedWork.Turn turn, String name, Photograph photograph)
        throws InputException, InterruptedException {
      long memory = sight.memoryFor(photograph);
      turn.take(memory);
      Sighting sighting = sight.of(name, photograph);
      turn.give(memory);
      turn.times().lap(Stage.DETECT);
      return sighting;
    }

    @Override
    public void close() {
      converter.close();
      sight.close();
    }
  }

  /** The writing thread's part. */
  private final class Storing implements OrderedWork.Settlement<Made> {
    @Override
    public void settle(int index, Made made, NativeBuffer bytes, StageClock times)
        throws IOException {
      if (made instanceof Made.Picture picture) {
        sink.append(picture.record(), bytes.bytes(0, picture.length()));
        written++;
        bytesWritten += picture.length();
      } else if (made instanceof Made.LeftOut out) {
        skipped.add(source.name(index), source.location(index), out.quality());
        verdicts.merge(out.quality().label(), 1L, Long::sum);
      }
    }

    @Override
    public void commit() throws IOException {
      sink.commit();
      skipped.commit();
    }
  }

  private Counts counts(OrderedWork<Made> work, WorkList list) {
    long leftOut = verdicts.values().stream().mapToLong(Long::longValue).sum();
    return new Counts(
        written + work.refused() + leftOut + list.alreadyThere(),
        written,
        work.refused(),
        leftOut,
        list.alreadyThere(),
        work.bytesRead(),
        bytesWritten,
        work.reasons(),
        Map.copyOf(verdicts));
  }
}
