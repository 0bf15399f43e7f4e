package dev.instar.survey;

import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.crop.PhotographReader;
import dev.instar.detect.DetrDetector;
import dev.instar.detect.QualityFilter;
import dev.instar.image.InputException;
import dev.instar.image.PixelBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** DETR, which looks at batches, and the judgement of what it found. */
public final class DetrLookout implements Lookout {
  /** What {@link QualityFilter} asks for, in pixels. */
  private static final int SHORTER_SIDE = 240;

  private final DetrDetector detector;
  private final int batch;
  private final QualityFilter filter = new QualityFilter();

  /**
   * Looks through a detector.
   *
   * @param detector closed with this
   * @param batch the most photographs that are looked at together
   */
  public DetrLookout(DetrDetector detector, int batch) {
    this.detector = detector;
    this.batch = batch;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public Worker worker() {
    return new Preparing(detector.preparation());
  }

  @Override
  public List<Observation> look(List<Glimpse> batch) {
    List<DetrDetector.Prepared> prepared = new ArrayList<>();
    for (Glimpse glimpse : batch) {
      prepared.add(((Ready) glimpse).prepared());
    }
    List<Observation> observations = detector.detect(prepared);
    List<Observation> judged = new ArrayList<>();
    for (int i = 0; i < observations.size(); i++) {
      Observation seen = observations.get(i);
      PixelBuffer picture = ((Ready) batch.get(i)).picture();
      judged.add(
          new Observation(
              seen.photograph(),
              seen.detections(),
              Optional.of(filter.judge(picture, seen.photograph(), seen.detections()))));
    }
    return judged;
  }

  @Override
  public void close() {
    filter.close();
    detector.close();
  }

  private static final class Preparing implements Worker {
    private final DetrDetector.Preparation preparation;
    private final PhotographReader reader = new PhotographReader();

    Preparing(DetrDetector.Preparation preparation) {
      this.preparation = preparation;
    }

    @Override
    public Glimpse glimpse(Photograph photograph) throws InputException {
      PixelBuffer picture = OverlayPainter.copyOf(reader.reduced(photograph, SHORTER_SIDE));
      boolean success = false;
      try {
        Ready ready = new Ready(preparation.prepare(photograph), picture);
        success = true;
        return ready;
      } finally {
        if (!success) {
          picture.close();
        }
      }
    }

    @Override
    public long memoryFor(Photograph photograph) {
      // Of the reduced picture there is the reader's and a copy.
      return PhotographReader.memoryFor(photograph, SHORTER_SIDE)
          + PhotographReader.bytesOf(photograph, SHORTER_SIDE)
          + preparation.memoryFor(photograph);
    }

    @Override
    public void close() {
      preparation.close();
      reader.close();
    }
  }

  /**
   * A photograph as the network takes it.
   *
   * @param picture reduced, for the judgement
   */
  private record Ready(DetrDetector.Prepared prepared, PixelBuffer picture) implements Glimpse {
    @Override
    public Optional<Observation> observation() {
      return Optional.empty();
    }

    @Override
    public void close() {
      prepared.close();
      picture.close();
    }
  }
}
