package dev.instar.taxonomy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One pass over a table: stretches of it are handed to threads in order, and each thread feeds its
 * part of every wanted column.
 */
final class TableScan {
  /** Bytes of a stretch: long enough to forget its borders, short enough for the caches. */
  static final int STRETCH = 1 << 20;

  private record Target(int column, ColumnPlan plan) {}

  private final TableFile file;
  private final int threads;
  private final List<Target> targets = new ArrayList<>();
  private final int stretches;
  private final int[] rows;
  private final List<BadRowLog> bad = new ArrayList<>();

  TableScan(TableFile file, int threads) throws MetadataException {
    this.file = file;
    long count = (file.size() - file.rowsFrom() + STRETCH - 1) / STRETCH;
    if (count > Integer.MAX_VALUE - 8) {
      throw new MetadataException(file.path() + " is too large to be a table of specimens");
    }
    stretches = (int) count;
    this.threads = Math.max(1, Math.min(threads, stretches));
    rows = new int[stretches];
  }

  void add(int column, ColumnPlan plan) {
    targets.add(new Target(column, plan));
  }

  /**
   * Scans the table.
   *
   * @return for each stretch the number of rows before it, and at the end that of all
   */
  int[] run() throws IOException {
    for (Target target : targets) {
      target.plan.begin(stretches);
    }
    boolean[] insideQuotes = file.dialect().quoting() ? quoteStates() : new boolean[stretches];
    AtomicInteger next = new AtomicInteger();
    List<Callable<Void>> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      RowCursor cursor = new RowCursor(file);
      bad.add(cursor.bad());
      int[] columns = new int[targets.size()];
      ColumnScan[] scans = new ColumnScan[targets.size()];
      for (int k = 0; k < columns.length; k++) {
        columns[k] = targets.get(k).column;
        scans[k] = targets.get(k).plan.newScan();
      }
      workers.add(
          () -> {
            for (int s = next.getAndIncrement(); s < stretches; s = next.getAndIncrement()) {
              cursor.open(from(s), to(s), insideQuotes[s]);
              scanStretch(cursor, s, columns, scans);
            }
            return null;
          });
    }
    runAll(workers);
    int[] before = new int[stretches + 1];
    long total = 0;
    for (int s = 0; s < stretches; s++) {
      before[s] = (int) total;
      total += rows[s];
      if (total > Integer.MAX_VALUE - 8) {
        throw new MetadataException(file.path() + " has more than 2^31 rows");
      }
    }
    before[stretches] = (int) total;
    return before;
  }

  private void scanStretch(RowCursor cursor, int stretch, int[] columns, ColumnScan[] scans)
      throws IOException {
    int count = 0;
    while (cursor.next()) {
      long appearance = (long) stretch << 32 | count;
      for (int k = 0; k < columns.length; k++) {
        cursor.feed(columns[k], scans[k], appearance);
      }
      count++;
    }
    for (ColumnScan scan : scans) {
      scan.endStretch(stretch);
    }
    rows[stretch] = count;
  }

  /** The rows that were kept out, after the scan. */
  BadRows bad() throws IOException {
    return BadRowLog.named(bad, file);
  }

  /** Whether each stretch starts inside a quoted field: an odd number of quotes lies before it. */
  private boolean[] quoteStates() throws IOException {
    long[] quotes = new long[stretches];
    AtomicInteger next = new AtomicInteger();
    List<Callable<Void>> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(
          () -> {
            byte[] buffer = new byte[STRETCH];
            for (int s = next.getAndIncrement(); s < stretches; s = next.getAndIncrement()) {
              int length = (int) (to(s) - from(s));
              file.read(from(s), buffer, 0, length);
              quotes[s] = RowScanner.count(buffer, 0, length, (byte) '"');
            }
            return null;
          });
    }
    runAll(workers);
    boolean[] inside = new boolean[stretches];
    for (int s = 1; s < stretches; s++) {
      inside[s] = inside[s - 1] ^ (quotes[s - 1] & 1) != 0;
    }
    return inside;
  }

  private long from(int stretch) {
    return file.rowsFrom() + (long) stretch * STRETCH;
  }

  private long to(int stretch) {
    return Math.min(file.size(), from(stretch) + STRETCH);
  }

  private void runAll(List<Callable<Void>> workers) throws IOException {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "table scan");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<Void>> running = new ArrayList<>();
      for (Callable<Void> worker : workers) {
        running.add(pool.submit(worker));
      }
      for (Future<Void> worker : running) {
        worker.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new MetadataException("cannot read " + file.path() + ": " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MetadataException("reading " + file.path() + " was interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
