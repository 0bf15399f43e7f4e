package dev.instar.survey;

import dev.instar.convert.Conversion.Execution;
import dev.instar.convert.OrderedWork;
import dev.instar.convert.Quarantine;
import dev.instar.convert.RunResult;
import dev.instar.convert.Stage;
import dev.instar.convert.StageClock;
import dev.instar.convert.Stored;
import dev.instar.convert.WorkList;
import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.PixelBuffer;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.ImageSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for insects in the photographs of a source and writes what it sees, in the order of the
 * input.
 *
 * <p>A bad photograph goes to quarantine and never stops the run. What is written already is not
 * looked at again; where its overlay is missing, that is drawn. Batches are those of the
 * photographs' numbers in the source, so what is seen depends neither on threads nor on
 * interruptions. Use once, from one thread.
 */
public final class Survey {
  private final ImageSource source;
  private final Lookout lookout;
  private final SurveyBoxes boxes;
  private final Optional<OverlayFolder> overlays;
  private final Quarantine quarantine;
  private final long maxPixels;
  private final Execution execution;
  private final BitSet batches = new BitSet();
  private WorkList list;

  /**
   * Prepares a survey.
   *
   * @param overlays where pictures with their boxes go, if anywhere
   * @param maxPixels photographs with more are refused before anything is allocated
   */
  public Survey(
      ImageSource source,
      Lookout lookout,
      SurveyBoxes boxes,
      Optional<OverlayFolder> overlays,
      Quarantine quarantine,
      long maxPixels,
      Execution execution) {
    this.source = source;
    this.lookout = lookout;
    this.boxes = boxes;
    this.overlays = overlays;
    this.quarantine = quarantine;
    this.maxPixels = maxPixels;
    this.execution = execution;
  }

  /**
   * Runs to the end of the input, or until it is told to stop.
   *
   * @throws dev.instar.convert.BadRecordException if a record is bad and the run shall end at the
   *     first
   * @throws IOException if the boxes or an overlay cannot be written; what was committed stays and
   *     can be continued
   */
  public RunResult<SurveyCounts> run() throws IOException, InterruptedException {
    long started = System.nanoTime();
    list =
        WorkList.of(
            source, execution.shard(), new Done(), quarantine, execution.retryQuarantined());
    completeBatches();
    OrderedWork<Look> work = new OrderedWork<>(source, list, quarantine, execution);
    try (Looks looks = new Looks()) {
      boolean finished = work.run(Looking::new, looks);
      if (finished) {
        looks.finish();
        quarantine.finish();
      } else {
        quarantine.commit();
      }
      boxes.commit();
      Map<Stage, Long> stageNanos = work.stageNanos();
      stageNanos.values().removeIf(nanos -> nanos == 0);
      double seconds = (System.nanoTime() - started) / 1e9;
      return new RunResult<>(
          finished, counts(work, looks), seconds, execution.threads(), stageNanos);
    }
  }

  private SurveyCounts counts(OrderedWork<Look> work, Looks looks) {
    long alreadyThere = list.alreadyThere() + looks.drawn;
    Tally all = boxes.tally();
    return new SurveyCounts(
        looks.looked + work.refused() + alreadyThere,
        looks.looked,
        work.refused(),
        alreadyThere,
        looks.drawn,
        work.bytesRead(),
        work.reasons(),
        all.photographs(),
        all.withBox(),
        all.photographs() - all.withBox(),
        all.boxes(),
        all.verdicts());
  }

  /** What is looked at, and drawn where that is wanted. */
  private final class Done implements Stored {
    @Override
    public boolean contains(String name) {
      return boxes.contains(name)
          && (overlays.isEmpty() || overlays.get().contains(name) || boxes.find(name).isEmpty());
    }

    @Override
    public String keyOf(String name) {
      return boxes.keyOf(name);
    }
  }

  /**
   * Marks the batches in which something is to be looked at. All of each is looked at, since what a
   * network says of a photograph may depend, in the last bits, on those beside it.
   */
  private void completeBatches() {
    for (int i = list.indexAfter(-1); i >= 0; i = list.indexAfter(i)) {
      if (!boxes.contains(source.name(i))) {
        batches.set(batchOf(i));
      }
    }
    list.repeat(index -> batches.get(batchOf(index)));
  }

  private int batchOf(int index) {
    return index / lookout.batch();
  }

  /**
   * A photograph that a worker is done with.
   *
   * @param glimpse what the lookout made of it; none where an earlier run saw it
   * @param known what was seen in it, where that is known
   * @param shown the reduced picture to draw on, where an overlay is still to be drawn
   * @param overlay the length of a finished overlay in the turn's memory, or 0
   */
  private record Look(
      Optional<Lookout.Glimpse> glimpse,
      Optional<Observation> known,
      Optional<PixelBuffer> shown,
      int overlay)
      implements AutoCloseable {
    @Override
    public void close() {
      glimpse.ifPresent(Lookout.Glimpse::close);
      shown.ifPresent(PixelBuffer::close);
    }
  }

  /** One worker. */
  private final class Looking implements OrderedWork.Worker<Look> {
    private final Lookout.Worker worker = lookout.worker();
    private final Optional<OverlayPainter> painter = overlays.map(OverlayFolder::painter);

    @Override
    public Look work(OrderedWork.Turn turn, Content content)
        throws InputException, InterruptedException {
      String name = source.name(turn.index());
      checkName(name);
      Photograph photograph = Photograph.of(content, maxPixels);
      turn.take(
          worker.memoryFor(photograph)
              + painter.map(each -> each.memoryFor(photograph)).orElse(0L));
      Optional<Observation> known =
          batches.get(batchOf(turn.index())) ? Optional.empty() : boxes.find(name);
      Optional<Lookout.Glimpse> glimpse =
          known.isPresent() ? Optional.empty() : Optional.of(worker.glimpse(photograph));
      boolean success = false;
      try {
        known = known.or(() -> glimpse.flatMap(Lookout.Glimpse::observation));
        turn.times().lap(Stage.DETECT);
        int length = 0;
        Optional<PixelBuffer> shown = Optional.empty();
        if (painter.isPresent()) {
          PixelBuffer picture = painter.get().show(photograph);
          turn.times().lap(Stage.DECODE);
          if (known.isPresent()) {
            length = painter.get().paint(picture, known.get(), turn.bytes());
            turn.times().lap(Stage.ENCODE);
          } else {
            shown = Optional.of(OverlayPainter.copyOf(picture));
          }
        }
        success = true;
        return new Look(glimpse, known, shown, length);
      } finally {
        if (!success) {
          glimpse.ifPresent(Lookout.Glimpse::close);
        }
      }
    }

    /** What would be refused once others of its batch are written is refused now. */
    private void checkName(String name) throws InputException {
      if (!boxes.fits(name)) {
        throw new InputException(
            Fault.UNSAFE_NAME, "a .tsv cannot hold its name; rename it, or write .csv or .json");
      }
      if (overlays.isPresent()) {
        overlays.get().fileOf(name);
      }
    }

    @Override
    public void close() {
      worker.close();
      painter.ifPresent(OverlayPainter::close);
    }
  }

  /** The settling thread's part: looks at whole batches, draws, and keeps what was seen. */
  private final class Looks implements OrderedWork.Settlement<Look>, AutoCloseable {
    private final List<Integer> indices = new ArrayList<>();
    private final List<Look> looks = new ArrayList<>();
    private final Optional<OverlayPainter> painter = overlays.map(OverlayFolder::painter);
    private final NativeBuffer jpeg = NativeBuffer.allocate(0);
    private long looked;
    private long drawn;

    @Override
    public void settle(int index, Look look, NativeBuffer bytes, StageClock times)
        throws IOException {
      if (look.overlay() > 0) {
        overlays.get().write(source.name(index), bytes.bytes(0, look.overlay()));
      }
      if (look.glimpse().isEmpty()) {
        drawn++;
        return;
      }
      // The last of a batch may have been refused.
      if (!indices.isEmpty() && batchOf(indices.get(0)) != batchOf(index)) {
        lookAtBatch(times);
      }
      indices.add(index);
      looks.add(look);
      int next = list.indexAfter(index);
      if (next < 0 || batchOf(next) != batchOf(index)) {
        lookAtBatch(times);
      }
    }

    private void lookAtBatch(StageClock times) throws IOException {
      times.lap(Stage.WRITE);
      List<Observation> observations =
          lookout.look(looks.stream().map(look -> look.glimpse().get()).toList());
      times.lap(Stage.DETECT);
      for (int i = 0; i < looks.size(); i++) {
        String name = source.name(indices.get(i));
        if (looks.get(i).shown().isPresent()) {
          draw(name, looks.get(i).shown().get(), observations.get(i));
          times.lap(Stage.ENCODE);
        }
        if (!boxes.contains(name)) {
          boxes.write(name, observations.get(i));
          looked++;
        } else if (!list.isThere(indices.get(i))) {
          drawn++;
        }
      }
      letGo();
    }

    private void draw(String name, PixelBuffer shown, Observation observation) throws IOException {
      int length = painter.get().paint(shown, observation, jpeg);
      overlays.get().write(name, jpeg.bytes(0, length));
    }

    /** Looks at the last batch, of which the last photograph may have been refused. */
    void finish() throws IOException {
      if (!looks.isEmpty()) {
        lookAtBatch(new StageClock());
      }
    }

    @Override
    public void discard(Look look) {
      look.close();
    }

    @Override
    public void commit() throws IOException {
      boxes.commit();
    }

    /** Lets go of a batch, looked at or not. */
    private void letGo() {
      looks.forEach(Look::close);
      looks.clear();
      indices.clear();
    }

    @Override
    public void close() {
      letGo();
      painter.ifPresent(OverlayPainter::close);
      jpeg.close();
    }
  }
}
