package dev.instar.sweep;

import dev.instar.sweep.LeaseClocks.Moment;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The right to work on a cell, for one process at a time, among processes on any hosts that share a
 * file system. Thread-safe.
 *
 * <p>A lease is a file {@code lease.N} that is made exclusively, so that one of several that want
 * it gets it, on NFS too. Its holder writes to it every few seconds; one that was not written to
 * for {@link #STALE_SECONDS} by the file server's clock, and is not while somebody watches, is
 * dead, and whoever makes {@code lease.N+1} comes after it. On the host of the holder a process
 * that has ended is dead at once. No file is taken away from a living process: a holder that slept
 * takes the next number itself before it goes on, and stops if another has it.
 */
public final class Lease implements AutoCloseable {
  /** How often the holder gives a sign of life. */
  static final long BEAT_SECONDS = 5;

  /** Without a sign for so long a holder is dead. Attributes on NFS may be a minute old. */
  static final long STALE_SECONDS = 90;

  private static final Rhythm RHYTHM =
      new Rhythm(
          Duration.ofSeconds(BEAT_SECONDS),
          Duration.ofSeconds(3 * BEAT_SECONDS),
          Duration.ofSeconds(STALE_SECONDS));

  /** {@link Sweep#CANCELLED}, seen from the folder of a cell. */
  private static final Path CANCELLED = Path.of("..", "..", Sweep.CANCELLED);

  private final Path folder;
  private final Rhythm rhythm;
  private final LeaseClocks clocks;
  private final Holder holder;
  private LeaseFile file;
  private long beats;
  private boolean closed;

  /** When a sign of life was last begun that left no doubt. */
  private volatile Moment proved;

  private volatile boolean taken;
  private volatile boolean cancelled;

  /**
   * The times of a lease.
   *
   * @param beat from one sign of life to the next
   * @param watched how long a silent holder is looked at before it is dead: the clocks of cluster
   *     file systems may be those of their clients
   * @param stale how long without a sign makes a holder silent
   */
  record Rhythm(Duration beat, Duration watched, Duration stale) {
    /** For how long a sign of one's own proves that nobody else has the lease. */
    Duration trusted() {
      return stale.dividedBy(2);
    }
  }

  private Lease(
      Path folder,
      Rhythm rhythm,
      LeaseClocks clocks,
      Holder holder,
      LeaseFile file,
      Moment proved) {
    this.folder = folder;
    this.rhythm = rhythm;
    this.clocks = clocks;
    this.holder = holder;
    this.file = file;
    this.proved = proved;
  }

  /**
   * Takes the lease of a cell if nobody alive has it; until closed, a thread keeps it alive. Takes
   * a quarter of a minute where the holder is silent and its process not to be seen from here.
   *
   * @param folder of the cell; made if need be
   */
  public static Optional<Lease> take(Path folder) throws IOException {
    return take(folder, RHYTHM, LeaseClocks.REAL);
  }

  static Optional<Lease> take(Path folder, Rhythm rhythm, LeaseClocks clocks) throws IOException {
    Files.createDirectories(folder);
    long newest = LeaseFile.newest(folder);
    if (newest > 0 && !free(new LeaseFile(folder, newest), rhythm, clocks)) {
      return Optional.empty();
    }
    Holder holder = Holder.here();
    Moment begun = clocks.moment();
    Optional<LeaseFile> file =
        LeaseFile.create(folder, newest + 1, new LeaseFile.Content(holder, 0, false));
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Lease lease = new Lease(folder, rhythm, clocks, holder, file.get(), begun);
    lease.beat(); // making the file may have taken so long that others think us dead
    if (lease.taken) {
      return Optional.empty();
    }
    Thread thread = new Thread(lease::keepAlive, "instar-lease");
    thread.setDaemon(true);
    thread.start();
    return Optional.of(lease);
  }

  /** Whether the newest lease is given back or its holder dead. */
  private static boolean free(LeaseFile file, Rhythm rhythm, LeaseClocks clocks)
      throws IOException {
    Optional<LeaseFile.Sight> sight = file.look();
    if (sight.isEmpty()) {
      return false; // somebody came after its holder just now
    }
    if (sight.get().free()) {
      return true;
    }
    if (!silent(file, sight.get(), rhythm, clocks)) {
      return false;
    }
    try {
      Thread.sleep(rhythm.watched().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a lease was waited for");
    }
    return file.look().equals(sight);
  }

  private static boolean silent(
      LeaseFile file, LeaseFile.Sight sight, Rhythm rhythm, LeaseClocks clocks) throws IOException {
    // A file of the future says as little as an old one: somebody's clock is wrong.
    return Duration.between(sight.modified(), clocks.server().now(file.folder()))
            .abs()
            .compareTo(rhythm.stale())
        > 0;
  }

  /** Who holds the cell and is alive. */
  public static Optional<Holder> holder(Path folder) throws IOException {
    return holder(folder, RHYTHM, LeaseClocks.REAL);
  }

  static Optional<Holder> holder(Path folder, Rhythm rhythm, LeaseClocks clocks)
      throws IOException {
    LeaseFile file = new LeaseFile(folder, LeaseFile.newest(folder));
    Optional<LeaseFile.Sight> sight = file.number() == 0 ? Optional.empty() : file.look();
    if (sight.isEmpty() || sight.get().free() || silent(file, sight.get(), rhythm, clocks)) {
      return Optional.empty();
    }
    return Optional.of(sight.get().holder());
  }

  /** This process, as others see it. */
  public Holder holder() {
    return holder;
  }

  /**
   * Whether another process has taken the cell over, or the sweep was cancelled: the holder must
   * stop. Quick, but after a sleep it asks the file system.
   */
  public boolean lost() {
    return taken() || cancelled;
  }

  /**
   * Whether another process has taken the cell over, or may have: the holder must write nothing
   * more. As quick.
   */
  public boolean taken() {
    if (!taken && clocks.passed(rhythm.trusted(), proved)) {
      beat();
    }
    return taken;
  }

  private void keepAlive() {
    while (pause()) {
      beat();
    }
  }

  /** Until the next sign of life is due; false if there will be none. */
  private synchronized boolean pause() {
    long end = System.nanoTime() + rhythm.beat().toNanos();
    long left = rhythm.beat().toMillis();
    while (left > 0 && !closed && !taken) {
      try {
        wait(left);
      } catch (InterruptedException e) {
        return false; // nobody knows this thread but a virtual machine that ends
      }
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return !closed && !taken;
  }

  /** Gives a sign of life, and looks whether the lease is still ours. */
  synchronized void beat() {
    if (closed || taken) {
      return;
    }
    Moment begun = clocks.moment();
    try {
      if (Files.exists(folder.resolve(CANCELLED))) {
        cancelled = true;
      }
      file.write(content(false));
      // After a sleep others may be about to take the next number: it is theirs or ours.
      if (LeaseFile.newest(folder) > file.number()
          || clocks.passed(rhythm.trusted(), proved) && !renew()) {
        taken = true;
      }
      proved = begun;
    } catch (NoSuchFileException e) {
      taken = true; // removed by a newer holder
    } catch (IOException e) {
      // Others see no sign of life, which does no harm for a time.
      if (clocks.passed(rhythm.stale(), proved)) {
        taken = true;
      }
    }
  }

  private boolean renew() throws IOException {
    Optional<LeaseFile> next = LeaseFile.create(folder, file.number() + 1, content(false));
    file = next.orElse(file);
    return next.isPresent();
  }

  private LeaseFile.Content content(boolean released) {
    return new LeaseFile.Content(holder, ++beats, released);
  }

  /** The number of the file that is held. */
  synchronized long number() {
    return file.number();
  }

  /** Gives the lease back. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    notifyAll();
    if (!taken) {
      try {
        file.write(content(true));
      } catch (NoSuchFileException e) {
        taken = true; // somebody has come after us
      }
    }
  }
}
