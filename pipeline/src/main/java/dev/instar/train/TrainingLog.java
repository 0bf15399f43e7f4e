package dev.instar.train;

import dev.instar.fetch.Amount;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Says how far training is: a bar that is redrawn on a terminal, a line every 30 seconds in a log,
 * and remarks as they come. Not thread-safe: told by the one thread that trains.
 */
public final class TrainingLog {
  private static final long REDRAW_NANOS = 200_000_000L;
  private static final long LOG_NANOS = 30_000_000_000L;
  private static final int BAR = 10;

  /** Longer lines would wrap on a usual terminal, and then nothing clears them. */
  private static final int WIDEST = 79;

  private final PrintStream out;
  private final boolean terminal;
  private long shown = System.nanoTime();
  private int width;

  private TrainingLog(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** On {@code out}, which is a terminal or a log. */
  public static TrainingLog on(PrintStream out, boolean terminal) {
    return new TrainingLog(out, terminal);
  }

  /** That nobody sees. */
  public static TrainingLog silent() {
    return new TrainingLog(new PrintStream(PrintStream.nullOutputStream()), false);
  }

  /** Prints a remark on a line of its own. */
  public void say(String remark) {
    redraw("");
    out.println("instar: " + remark);
  }

  /**
   * Whether it is time to show something; if so, the clock starts again.
   *
   * <p>Asked first, so that a fast loop does not make lines that nobody sees.
   */
  boolean due() {
    long now = System.nanoTime();
    if (now - shown < (terminal ? REDRAW_NANOS : LOG_NANOS)) {
      return false;
    }
    shown = now;
    return true;
  }

  /**
   * Shows where training stands.
   *
   * @param epoch that is under way, from 1
   * @param part of all epochs that is done
   * @param loss the mean of the epoch so far
   * @param recent what was measured since the last time
   * @param secondsLeft until the last epoch ends, as far as one can tell
   */
  void show(int epoch, int epochs, double part, double loss, Meter recent, double secondsLeft) {
    String rate = String.format(Locale.ROOT, "%,.1f images/s", recent.imagesPerSecond());
    String left = "ETA " + Amount.seconds(secondsLeft);
    if (terminal) {
      int full = (int) (BAR * part);
      redraw(
          String.format(
              Locale.ROOT,
              "[%s%s] epoch %d/%d  loss %.4f  %s  %s",
              "#".repeat(full),
              "-".repeat(BAR - full),
              epoch,
              epochs,
              loss,
              rate,
              left));
    } else {
      out.printf(
          Locale.ROOT,
          "instar: train epoch %d/%d  %.0f%%  loss %.4f  %s  %s  %s%n",
          epoch,
          epochs,
          100 * part,
          loss,
          rate,
          recent.shares(),
          left);
    }
  }

  /** Shows how far validation is. */
  void validating(int epoch, long done, long samples) {
    if (terminal && due()) {
      redraw(String.format(Locale.ROOT, "epoch %d: validating %,d/%,d", epoch, done, samples));
    }
  }

  /** Clears the bar. */
  void end() {
    redraw("");
    out.flush();
  }

  private void redraw(String line) {
    if (terminal && (width > 0 || !line.isEmpty())) {
      String fitting = line.substring(0, Math.min(WIDEST, line.length()));
      out.print('\r' + fitting + " ".repeat(Math.max(0, width - fitting.length())));
      if (fitting.isEmpty()) {
        out.print('\r');
      }
      out.flush();
      width = fitting.length();
    }
  }
}
