package dev.instar.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A response's body, pulled piece by piece, with a limit on silence.
 *
 * <p>The client hands over at most {@value #AHEAD} pieces more than were taken, so memory is
 * bounded whatever the speed of the disk. One thread reads; whoever got the reader closes it, which
 * ends the transfer.
 */
final class BodyReader implements BodySubscriber<BodyReader>, AutoCloseable {
  private static final int AHEAD = 16;

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile Subscription subscription;
  private volatile boolean closed;

  /** What the client says: a piece of the body, its end, or why there is no end. */
  private record Event(List<ByteBuffer> piece, boolean last, Throwable failure) {}

  /**
   * The next piece, empty at the end of the body.
   *
   * @param silence the longest time without a byte
   * @throws TransferException if the connection broke or was silent for too long
   */
  List<ByteBuffer> next(Duration silence, Cancellation cancellation) throws IOException {
    Event event = await(silence, cancellation);
    if (event.failure != null) {
      throw new TransferException("the connection broke: " + reason(event.failure), event.failure);
    }
    if (event.last) {
      events.add(event);
      return List.of();
    }
    subscription.request(1);
    return event.piece;
  }

  /** The body as text, cut after {@code limit} bytes. */
  String text(int limit, Duration silence, Cancellation cancellation) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (bytes.size() < limit) {
      List<ByteBuffer> piece = next(silence, cancellation);
      if (piece.isEmpty()) {
        break;
      }
      for (ByteBuffer buffer : piece) {
        byte[] part = new byte[Math.min(buffer.remaining(), limit - bytes.size())];
        buffer.get(part);
        bytes.write(part);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private Event await(Duration silence, Cancellation cancellation) throws IOException {
    long end = System.nanoTime() + silence.toNanos();
    try {
      while (true) {
        cancellation.check();
        Event event = events.poll(Cancellation.SLICE.toNanos(), TimeUnit.NANOSECONDS);
        if (event != null) {
          return event;
        }
        if (System.nanoTime() - end >= 0) {
          throw new TransferException("no byte came for " + silence.toSeconds() + " s");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static String reason(Throwable failure) {
    return failure.getMessage() != null ? failure.getMessage() : failure.getClass().getSimpleName();
  }

  @Override
  public void close() {
    closed = true;
    Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
  }

  @Override
  public CompletionStage<BodyReader> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    if (closed) {
      given.cancel();
    } else {
      given.request(AHEAD);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> piece) {
    events.add(new Event(piece, false, null));
  }

  @Override
  public void onError(Throwable failure) {
    events.add(new Event(List.of(), false, failure));
  }

  @Override
  public void onComplete() {
    events.add(new Event(List.of(), true, null));
  }
}
