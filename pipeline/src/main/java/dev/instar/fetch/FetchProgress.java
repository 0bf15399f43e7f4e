package dev.instar.fetch;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Says how far a download is: a bar that is redrawn on a terminal, a line every 30 seconds in a
 * log, and remarks as they come. Thread-safe.
 */
public final class FetchProgress {
  private static final long REDRAW_NANOS = 200_000_000L;
  private static final long LOG_NANOS = 30_000_000_000L;

  /** The rate is that of about the last ten seconds. */
  private static final double RATE_SECONDS = 10;

  private static final int BAR = 16;

  /** A longer line would wrap on a narrow terminal, and could not be redrawn. */
  private static final int MOST_COLUMNS = 79;

  private final PrintStream out;
  private final boolean terminal;
  private final long started = System.nanoTime();
  private long shown = started;
  private long sampled = started;
  private long fetched;
  private double rate;
  private int width;

  private FetchProgress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Progress on {@code out}, which is a terminal or a log. */
  public static FetchProgress on(PrintStream out, boolean terminal) {
    return new FetchProgress(out, terminal);
  }

  /** Prints a remark on a line of its own. */
  synchronized void say(String remark) {
    clear();
    out.println("instar: " + remark);
  }

  /** Shows the state if it is time to. */
  synchronized void show(Collection<Meter> meters) {
    long now = System.nanoTime();
    if (now - sampled >= REDRAW_NANOS) {
      sample(meters, now);
    }
    if (now - shown < (terminal ? REDRAW_NANOS : LOG_NANOS)) {
      return;
    }
    shown = now;
    if (terminal) {
      redraw(line(meters));
    } else {
      out.println("instar: fetch " + line(meters));
    }
  }

  /** Clears the bar. */
  synchronized void end() {
    clear();
    out.flush();
  }

  private void sample(Collection<Meter> meters, long now) {
    long bytes = meters.stream().mapToLong(Meter::received).sum();
    double seconds = (now - sampled) / 1e9;
    double weight = Math.min(1, seconds / Math.min(RATE_SECONDS, (now - started) / 1e9));
    rate += weight * ((bytes - fetched) / seconds - rate);
    fetched = bytes;
    sampled = now;
  }

  /**
   * One line, such as {@code [####----] 1/3 files 3.10 GB of 7.17 GB 45.2 MB/s ETA 1m32s
   * cropped_256.zip}.
   */
  String line(Collection<Meter> meters) {
    long done = meters.stream().mapToLong(Meter::here).sum();
    long total = meters.stream().mapToLong(meter -> Math.max(meter.total(), meter.here())).sum();
    long settled = meters.stream().filter(meter -> meter.phase() == Meter.Phase.SETTLED).count();
    StringBuilder line = new StringBuilder();
    if (terminal) {
      int full = total == 0 ? 0 : (int) (BAR * Math.min(done, total) / total);
      line.append('[').append("#".repeat(full)).append("-".repeat(BAR - full)).append("] ");
    }
    line.append(
        String.format(
            Locale.ROOT,
            "%d/%d files  %s of %s",
            settled,
            meters.size(),
            Amount.bytes(done),
            Amount.bytes(total)));
    long outstanding = meters.stream().mapToLong(Meter::outstanding).sum();
    boolean fetching = meters.stream().anyMatch(meter -> meter.phase() == Meter.Phase.FETCHING);
    if (fetching) {
      line.append("  ").append(Amount.bytes(Math.round(rate))).append("/s");
      if (rate >= 1 && outstanding > 0) {
        line.append("  ETA ").append(Amount.seconds(outstanding / rate));
      }
    }
    line.append("  ").append(active(meters));
    if (terminal) {
      line.setLength(Math.min(line.length(), MOST_COLUMNS));
    }
    return line.toString().stripTrailing();
  }

  private static String active(Collection<Meter> meters) {
    List<String> names =
        meters.stream()
            .filter(meter -> meter.phase() != Meter.Phase.SETTLED)
            .filter(meter -> meter.phase() != Meter.Phase.WAITING)
            .map(FetchProgress::activity)
            .toList();
    return names.size() <= 2
        ? String.join(", ", names)
        : names.stream().limit(1).collect(Collectors.joining())
            + " and "
            + (names.size() - 1)
            + " more";
  }

  private static String activity(Meter meter) {
    if (meter.phase() == Meter.Phase.FETCHING) {
      return meter.name();
    }
    long percent = meter.total() <= 0 ? 0 : 100 * meter.done() / meter.total();
    return meter.phase().name().toLowerCase(Locale.ROOT) + " " + meter.name() + " " + percent + "%";
  }

  private void redraw(String line) {
    out.print('\r' + line + " ".repeat(Math.max(0, width - line.length())));
    out.flush();
    width = line.length();
  }

  private void clear() {
    if (width > 0) {
      redraw("");
      out.print('\r');
      width = 0;
    }
  }
}
