package dev.instar.cli;

import dev.instar.convert.Stop;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C, SIGTERM and SIGUSR1 as a request to stop between two records: what is done is committed
 * before the process ends.
 *
 * <p>The process ends with the status that the signal gives (130, 143), or, after SIGUSR1, which
 * batch systems send as a warning, with {@link ExitStatus#STOPPED}.
 */
final class StopSignal implements Stop, AutoCloseable {
  /** Batch systems kill some 30 seconds after the first signal. */
  private static final long GRACE_SECONDS = 25;

  /** Open while a command may still have something to write or to say. */
  private static final CountDownLatch DONE = new CountDownLatch(1);

  private static final AtomicInteger LISTENING = new AtomicInteger();

  private final Thread hook;
  private final PrintStream log;
  private final String announcement;
  private volatile boolean requested;

  private StopSignal(PrintStream log, String announcement) {
    this.log = log;
    this.announcement = announcement;
    hook = new Thread(this::shutdown, "instar-stop");
  }

  /** As below, for commands that work on pictures. */
  static StopSignal listen(PrintStream log) {
    return listen(log, "stopping after the pictures in work; the same command continues");
  }

  /** Listens from now on until closed; a signal is answered with {@code announcement}. */
  static StopSignal listen(PrintStream log, String announcement) {
    StopSignal signal = new StopSignal(log, announcement);
    Runtime.getRuntime().addShutdownHook(signal.hook);
    LISTENING.incrementAndGet();
    if (!Signals.handle("USR1", number -> signal.request())) {
      log.println("instar: SIGUSR1 is not listened to here");
    }
    return signal;
  }

  /** Whether a command is there that a signal would ask to stop. */
  static boolean listening() {
    return LISTENING.get() > 0;
  }

  /** Everything is written and said: a process that was told to end needs to wait no longer. */
  static void release() {
    DONE.countDown();
  }

  @Override
  public boolean requested() {
    return requested;
  }

  private void shutdown() {
    request();
    try {
      if (!DONE.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
        log.println("instar: not stopped within " + GRACE_SECONDS + " s; what was committed stays");
        Instar.abandon(ExitStatus.STOPPED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void request() {
    if (!requested) {
      requested = true;
      // On a terminal the last line holds a bar, or the ^C that was typed.
      log.println((Terminal.onStandardError() ? "\n" : "") + "instar: " + announcement);
    }
  }

  @Override
  public void close() {
    LISTENING.decrementAndGet();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: the hook is what made us close.
    }
  }
}
