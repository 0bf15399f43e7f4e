package dev.instar.survey;

import dev.instar.crop.Detector;
import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.image.InputException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A detector for each worker, which is done with a photograph by itself. */
public final class DetectorLookout implements Lookout {
  private final Supplier<? extends Detector> detectors;
  private final BoxChoice choice;

  /**
   * Looks through detectors.
   *
   * @param detectors makes one for each worker
   * @param choice which of their boxes are kept
   */
  public DetectorLookout(Supplier<? extends Detector> detectors, BoxChoice choice) {
    this.detectors = detectors;
    this.choice = choice;
  }

  @Override
  public int batch() {
    return 1;
  }

  @Override
  public Worker worker() {
    return new Looking(detectors.get(), choice);
  }

  @Override
  public List<Observation> look(List<Glimpse> batch) {
    return batch.stream().map(glimpse -> ((Seen) glimpse).seen()).toList();
  }

  @Override
  public void close() {}

  private record Looking(Detector detector, BoxChoice choice) implements Worker {
    @Override
    public Glimpse glimpse(Photograph photograph) throws InputException {
      return new Seen(choice.of(detector.detect(photograph)));
    }

    @Override
    public long memoryFor(Photograph photograph) {
      return detector.memoryFor(photograph);
    }

    @Override
    public void close() {
      detector.close();
    }
  }

  private record Seen(Observation seen) implements Glimpse {
    @Override
    public Optional<Observation> observation() {
      return Optional.of(seen);
    }

    @Override
    public void close() {}
  }
}
