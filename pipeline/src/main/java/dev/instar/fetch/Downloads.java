package dev.instar.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Fetches files into a folder, several at a time. One call at a time; its methods are for one
 * thread.
 */
public final class Downloads {
  private final Path folder;
  private final int parallel;
  private final Transfer.Context context;
  private final FetchProgress progress;

  /**
   * @param folder where the files appear; made if it is not there
   * @param environment of the process: proxies, {@code HF_TOKEN}
   * @param progress follows
   * @param stop the user's wish to end, asked for several times a second from several threads
   * @throws IllegalArgumentException if the environment's proxy or token makes no sense
   */
  public Downloads(
      Path folder,
      FetchSettings settings,
      Map<String, String> environment,
      FetchProgress progress,
      BooleanSupplier stop) {
    this(
        folder,
        settings,
        Network.of(environment, settings.silence()),
        Backoff.DEFAULT,
        DiskSpace.of(folder),
        progress,
        stop);
  }

  Downloads(
      Path folder,
      FetchSettings settings,
      Network network,
      Backoff backoff,
      DiskSpace space,
      FetchProgress progress,
      BooleanSupplier stop) {
    this.folder = folder;
    this.parallel = settings.parallel();
    this.progress = progress;
    this.context =
        new Transfer.Context(
            network, settings.retries(), backoff, space, new Cancellation(stop), progress::say);
  }

  /**
   * Fetches {@code files}, each once, and says what became of each, in the same order.
   *
   * @throws IOException if the folder cannot be made
   */
  public List<Outcome> fetch(List<PublishedFile> files) throws IOException {
    Files.createDirectories(folder);
    Map<String, PublishedFile> distinct = new LinkedHashMap<>();
    files.forEach(file -> distinct.putIfAbsent(file.name(), file));
    ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(parallel, distinct.size())),
            task -> {
              Thread thread = new Thread(task, "instar-fetch");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Meter> meters = new ArrayList<>();
      List<Future<Outcome>> running = new ArrayList<>();
      for (PublishedFile file : distinct.values()) {
        Meter meter = new Meter(file);
        meters.add(meter);
        running.add(workers.submit(new Download(file, folder, context, meter)::run));
      }
      return outcomes(running, meters);
    } finally {
      workers.shutdownNow();
      progress.end();
    }
  }

  private List<Outcome> outcomes(List<Future<Outcome>> running, List<Meter> meters)
      throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    for (Future<Outcome> future : running) {
      while (!future.isDone()) {
        progress.show(meters);
        awaitBriefly(future);
      }
      try {
        outcomes.add(future.get());
      } catch (InterruptedException e) {
        throw interrupted();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a download ended unexpectedly", e.getCause());
      }
    }
    return outcomes;
  }

  private static void awaitBriefly(Future<?> future) throws IOException {
    try {
      future.get(Cancellation.SLICE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // Asked again by the caller.
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }
}
