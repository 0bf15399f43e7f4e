package dev.instar.train.detection;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Size;
import dev.instar.memory.NativeBuffer;
import dev.instar.train.detection.BatchOrder.Planned;
import dev.instar.train.detection.SetCriterion.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * The batches of one epoch, in their order. The reader's thread alone decides what is begun: the
 * next batch whenever a slab is free. Closing it waits for pictures in work. One reader.
 */
final class DetectionEpoch implements AutoCloseable {
  private final DetectionLoader loader;
  private final int number;
  private final Deque<Planned> planned;
  private final Deque<Begun> begun = new ArrayDeque<>();
  private boolean delivered;
  private boolean skippedSome;

  /** Why this epoch has no further batch, though not all were read. */
  private Optional<Throwable> failure = Optional.empty();

  /** Told to workers: pictures that are not begun yet need not be. */
  private volatile boolean stopped;

  /** A batch in work, and the slab that it is made in. */
  private record Begun(Planned plan, NativeBuffer slab, List<Future<Target>> pictures) {}

  DetectionEpoch(DetectionLoader loader, int number, List<Planned> planned) {
    this.loader = loader;
    this.number = number;
    this.planned = new ArrayDeque<>(planned);
    begin();
  }

  /** Begins as many batches as there are slabs. */
  void begin() {
    while (!stopped && !planned.isEmpty()) {
      Planned plan = planned.peek();
      int bytes = DetectionBatch.pictureBytes(plan.size());
      NativeBuffer slab = loader.slab(Math.multiplyExact(bytes, plan.samples().length));
      if (slab == null) {
        return;
      }
      planned.remove();
      List<Future<Target>> pictures = new ArrayList<>();
      for (int i = 0; i < plan.samples().length; i++) {
        long slot = slab.address() + (long) i * bytes;
        DetectionSample sample = loader.samples().get(plan.samples()[i]);
        pictures.add(loader.make(this, sample, plan.size(), slot));
      }
      begun.add(new Begun(plan, slab, pictures));
    }
  }

  /** Called by a worker. */
  Target make(PictureMaker maker, DetectionSample sample, Size picture, long slot)
      throws IOException {
    if (stopped) {
      throw new CancellationException();
    }
    return maker.make(number, sample, picture, slot);
  }

  /**
   * The next batch, waiting for it; none at the end of the epoch. Photographs that cannot be used
   * are left out.
   *
   * @throws IOException if the source cannot be read, or no photograph of the epoch can be used
   * @throws IllegalStateException if the reader holds all batches of the queue
   */
  Optional<DetectionBatch> next() throws IOException, InterruptedException {
    while (failure.isEmpty() && !begun.isEmpty()) {
      await(begun.element());
      Begun batch = begun.remove();
      boolean kept = false;
      try {
        List<DetectionSample> made = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        collect(batch, made, targets);
        if (failure.isEmpty() && !made.isEmpty()) {
          delivered = true;
          kept = true;
          Planned plan = batch.plan();
          return Optional.of(
              new DetectionBatch(
                  plan.number(), plan.size(), made, targets, batch.slab(), loader::release));
        }
      } finally {
        if (!kept) {
          loader.release(batch.slab());
        }
      }
    }
    if (failure.isEmpty() && !planned.isEmpty() && !stopped) {
      throw new IllegalStateException(
          "all batches of the queue are open; close one before taking the next");
    }
    if (failure.isEmpty() && skippedSome && !delivered) {
      fail(
          new InputException(
              Fault.CORRUPT, "none of the photographs of epoch " + number + " can be used"));
    }
    throwFailure();
    return Optional.empty();
  }

  private void await(Begun batch) throws InterruptedException {
    long since = System.nanoTime();
    for (Future<Target> picture : batch.pictures()) {
      try {
        picture.get();
      } catch (ExecutionException outcome) {
        // Looked at when all are done: the slab must not go while somebody writes to it.
        continue;
      }
    }
    loader.waited(System.nanoTime() - since);
  }

  /** Closes the gaps that unusable photographs leave. Pictures keep their order. */
  private void collect(Begun batch, List<DetectionSample> made, List<Target> targets)
      throws InterruptedException {
    int bytes = DetectionBatch.pictureBytes(batch.plan().size());
    ByteBuffer pixels = batch.slab().asByteBuffer();
    for (int i = 0; i < batch.pictures().size(); i++) {
      DetectionSample sample = loader.samples().get(batch.plan().samples()[i]);
      try {
        targets.add(batch.pictures().get(i).get());
        if (made.size() < i) {
          pixels.put(made.size() * bytes, pixels, i * bytes, bytes);
        }
        made.add(sample);
      } catch (ExecutionException outcome) {
        if (outcome.getCause() instanceof InputException reason) {
          skippedSome = true;
          loader.skip(sample, reason);
        } else {
          fail(named(sample, outcome.getCause()));
          return;
        }
      }
    }
  }

  private Throwable named(DetectionSample sample, Throwable cause) {
    if (cause instanceof Error) {
      return cause;
    }
    String location = loader.samples().source().location(sample.record());
    return cause instanceof IOException
        ? new IOException(location + ": " + cause.getMessage(), cause)
        : new IllegalStateException(location + ": unexpected " + cause, cause);
  }

  private void fail(Throwable reason) {
    failure = Optional.of(reason);
    stopped = true;
  }

  private void throwFailure() throws IOException {
    Throwable reason = failure.orElse(null);
    if (reason instanceof IOException input) {
      throw input;
    }
    if (reason instanceof Error error) {
      throw error;
    }
    if (reason instanceof RuntimeException defect) {
      throw defect;
    }
  }

  /** Gives the slabs back once nobody writes to them, whether or not the caller is interrupted. */
  @Override
  public void close() {
    stopped = true;
    boolean interrupted = false;
    while (!begun.isEmpty()) {
      try {
        await(begun.element());
        loader.release(begun.remove().slab());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    planned.clear();
    loader.ended(this);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
