package dev.instar.convert;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Says how far a long run is: a bar that is redrawn on a terminal, a line every 30 seconds in a
 * log. Not thread-safe: told by the one thread that writes.
 */
public final class Progress {
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final long LOG_NANOS = 30_000_000_000L;
  private static final int BAR = 12;

  /** Longer lines would wrap on a usual terminal, and then nothing clears them. */
  private static final int WIDEST = 79;

  private final PrintStream out;
  private final boolean terminal;
  private final String verb;
  private long total;
  private long started;
  private long shown;
  private int width;

  private Progress(PrintStream out, boolean terminal, String verb) {
    this.out = out;
    this.terminal = terminal;
    this.verb = verb;
  }

  /** Progress on {@code out}; {@code verb} starts each line, such as {@code convert}. */
  public static Progress on(PrintStream out, boolean terminal, String verb) {
    return new Progress(out, terminal, verb);
  }

  /** Progress that nobody sees. */
  public static Progress silent() {
    return new Progress(null, false, "");
  }

  /** Starts the clock for {@code total} records. */
  public void begin(long total) {
    this.total = total;
    started = System.nanoTime();
    shown = started;
  }

  /**
   * Shows the state if it is time to.
   *
   * @param done records stored
   * @param quarantined records refused
   * @param bytesRead of the photographs so far, 0 where that is not known
   */
  public void show(long done, long quarantined, long bytesRead) {
    long now = System.nanoTime();
    if (out == null || now - shown < (terminal ? REDRAW_NANOS : LOG_NANOS)) {
      return;
    }
    shown = now;
    double seconds = (now - started) / 1e9;
    String state = state(done, quarantined, bytesRead, seconds);
    if (terminal) {
      String line = bar(done + quarantined) + " " + state;
      redraw(line.substring(0, Math.min(WIDEST, line.length())));
    } else {
      out.println("instar: " + verb + " " + state);
    }
  }

  /** Clears the bar. */
  public void end() {
    if (out != null && terminal && width > 0) {
      redraw("");
      out.print('\r');
      out.flush();
    }
  }

  private String state(long done, long quarantined, long bytesRead, double seconds) {
    double rate = (done + quarantined) / seconds;
    StringBuilder state = new StringBuilder();
    state.append(
        String.format(Locale.ROOT, "%,d/%,d  %.1f images/s", done + quarantined, total, rate));
    if (bytesRead > 0) {
      state.append(String.format(Locale.ROOT, "  %.1f MB/s", bytesRead / 1e6 / seconds));
    }
    if (rate > 0 && done + quarantined < total) {
      state.append("  ETA ").append(duration((total - done - quarantined) / rate));
    }
    if (quarantined > 0) {
      state.append(String.format(Locale.ROOT, "  %,d quarantined", quarantined));
    }
    return state.toString();
  }

  private String bar(long settled) {
    int full = total == 0 ? BAR : (int) (BAR * settled / total);
    return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
  }

  private void redraw(String line) {
    out.print('\r' + line + " ".repeat(Math.max(0, width - line.length())));
    out.flush();
    width = line.length();
  }

  /** Seconds as people read them: {@code 42s}, {@code 3m07s}, {@code 2h05m}. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + "s";
    }
    return whole < 3600
        ? String.format(Locale.ROOT, "%dm%02ds", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%dh%02dm", whole / 3600, whole % 3600 / 60);
  }
}
