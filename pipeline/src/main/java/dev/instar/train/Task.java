package dev.instar.train;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * What a network is taught: the batches of an epoch, its loss on one, and what it then knows. Told
 * by the one thread that trains.
 *
 * @param <M> what validation measures
 */
public interface Task<M extends Measured> {
  /** Batches of an epoch. */
  int batches();

  /**
   * The batches of an epoch from {@code first} on.
   *
   * @param epoch from 0; the batches are a function of it
   */
  Lessons epoch(int epoch, int first) throws IOException;

  /**
   * Measures the network as it is.
   *
   * @param progress is told the number of samples after every batch
   * @param stop asked after every batch
   * @return none if it was told to stop
   */
  Optional<M> validate(int epoch, IntConsumer progress, BooleanSupplier stop)
      throws IOException, InterruptedException;

  /** Samples that are validated. */
  int validated();

  /** Records that this session left out so far, each as often as it was. */
  long skipped();

  /** Which epoch is best. */
  Selection<M> selection();

  /** Gives the batches of an epoch, one after another. */
  @FunctionalInterface
  interface Batches {
    /** The next batch, waiting for it; none at the end of the epoch. */
    Optional<Lesson> next() throws IOException, InterruptedException;
  }

  /**
   * An epoch, to be closed.
   *
   * @param end frees what the batches hold
   */
  record Lessons(Batches batches, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  /**
   * A batch, to be closed.
   *
   * @param number in the epoch, from 0
   * @param samples how many there are
   * @param loss the network's on it; the asker's scope owns what is made
   * @param end gives its memory back
   */
  record Lesson(int number, int samples, Supplier<Loss> loss, Runnable end)
      implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  /**
   * A loss with a gradient.
   *
   * @param parts of it by name, for the record; none where it has one part
   */
  record Loss(Tensor total, Map<String, Double> parts) {}
}
