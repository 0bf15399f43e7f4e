package dev.instar.survey;

import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.image.InputException;
import java.util.List;
import java.util.Optional;

/**
 * How photographs are looked at: prepared by any number of threads, each with a worker of its own,
 * and then looked at by one thread, a batch at a time.
 */
public interface Lookout extends AutoCloseable {
  /** The most photographs that are looked at together, at least 1. */
  int batch();

  /** A worker's part; who asks for it closes it. */
  Worker worker();

  /**
   * Looks at prepared photographs of one batch.
   *
   * @return an observation for each, in their order
   */
  List<Observation> look(List<Glimpse> batch);

  @Override
  void close();

  /** Prepares photographs; not thread-safe. */
  interface Worker extends AutoCloseable {
    /**
     * Prepares one photograph; the result does not depend on this worker any more.
     *
     * @throws InputException if the photograph cannot be decoded
     */
    Glimpse glimpse(Photograph photograph) throws InputException;

    /** An upper bound of the memory that the glimpse of a photograph takes, in bytes. */
    long memoryFor(Photograph photograph);

    @Override
    void close();
  }

  /** A photograph that was prepared; who holds it closes it. */
  interface Glimpse extends AutoCloseable {
    /** What was seen, where nothing else is needed to tell. */
    Optional<Observation> observation();

    @Override
    void close();
  }
}
