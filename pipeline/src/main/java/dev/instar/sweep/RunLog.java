package dev.instar.sweep;

import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * Says what becomes of the cells that are run: remarks as they come, and on a terminal one line
 * below them that says how far all of it is. Not thread-safe.
 */
public final class RunLog {
  private static final long REDRAW_NANOS = 5_000_000_000L;

  /** Longer lines would wrap on a usual terminal, and then nothing clears them. */
  private static final int WIDEST = 79;

  private final PrintStream out;
  private final boolean terminal;
  private String line = "";
  private long shown = System.nanoTime() - REDRAW_NANOS;

  private RunLog(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** A log on {@code out}. */
  public static RunLog on(PrintStream out, boolean terminal) {
    return new RunLog(out, terminal);
  }

  /** Prints a line. */
  void say(String remark) {
    String state = line;
    redraw("");
    out.println("instar: " + remark);
    redraw(state);
  }

  /** Draws the line below anew if it is time to; {@code state} is only then asked. */
  void show(Supplier<String> state) {
    if (terminal && System.nanoTime() - shown >= REDRAW_NANOS) {
      String now = state.get();
      redraw(now.substring(0, Math.min(WIDEST, now.length())));
      shown = System.nanoTime();
    }
  }

  /** Clears the line. */
  void end() {
    redraw("");
  }

  private void redraw(String now) {
    if (!now.equals(line)) {
      out.print('\r' + now + " ".repeat(Math.max(0, line.length() - now.length())));
      out.print(now.isEmpty() ? "\r" : "");
      out.flush();
      line = now;
    }
  }
}
